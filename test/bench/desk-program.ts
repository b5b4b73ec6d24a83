import type { AddressInfo } from "node:net";
import { openAuditExport } from "@/server/api/export";
import { createApiHandler } from "@/server/api/handler";
import { Downloads } from "@/server/http/export";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { createLogger } from "@/server/log";
import { startDesk, testConfig } from "../desk";
import type { Message } from "./desk-server";

/**
 * The desk behind its real port, without the pages, in a process of its own, so that those who listen do not take its
 * time. On DATABASE_URL; started by test/bench/desk-server.ts only.
 */
async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const log = createLogger("error");
  const listener = new Listener(log, { isDev: false });
  const port: AddressInfo["port"] = await listener.listen("127.0.0.1", 0);
  const config = { ...testConfig(databaseUrl), port, publicUrl: new URL(`http://127.0.0.1:${port}`) };
  const { desk, stop } = await startDesk(databaseUrl, { config });
  const exports = new Downloads((request, fields) => openAuditExport(desk, request, fields), log);
  listener.open({
    config,
    loopbackKey: "",
    metrics: new Metrics(async () => ({ queue: {}, bots: {} })),
    api: createApiHandler(desk),
    exportAudit: (request, response) => exports.post(request, response),
    oneBot: desk,
    checks: {},
    page: async (_request, response) => response.writeHead(404).end(),
  });
  const say = (message: Message) => process.send?.(message);
  process.on("message", () => say({ rss: process.memoryUsage.rss() }));
  process.once("disconnect", () => {
    // Whoever would have waited for a clean end is gone when this hangs.
    setTimeout(() => process.exit(1), 5_000).unref();
    void Promise.all([listener.close(), stop()]).finally(() => process.exit(0));
  });
  say({ port });
}

await main();
