import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { createLogger } from "@/server/log";

const lines: string[] = [];
const listener = new Listener(createLogger("info", { write: (line) => void lines.push(line) }), { isDev: false });
const starting = new Listener(createLogger("silent"), { isDev: false });
let port: number;

beforeAll(async () => {
  port = await listener.listen("127.0.0.1", 0);
  const publicUrl = new URL(`http://127.0.0.1:${port}`);
  listener.open({
    config: {
      ...{ port, host: "127.0.0.1", publicUrl, dataDir: "/nonexistent", databaseUrl: null },
      ...{ secret: "x".repeat(32), trustProxy: 0, logLevel: "info", metricsToken: null },
    },
    metrics: new Metrics(async () => ({ queue: {}, bots: {} })),
    ...{ checks: {}, loopbackKey: "" },
    api: async (_request, response) => response.end("api"),
    exportAudit: async (_request, response) => response.end("export"),
    exportMembers: async (_request, response) => response.end("members"),
    media: async (_request, response) => response.end("media"),
    upload: async (_request, response) => response.end("upload"),
    page: async (request, response) => {
      if (request.url?.includes("fails")) throw new Error("a page failed");
      response.end("page");
    },
    oneBot: {
      refuseSocket: () => 401,
      acceptSocket: () => false,
      acceptPost: () => ({ status: 404 }),
    },
  });
});
afterAll(async () => {
  await listener.close();
  await starting.close();
});

async function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; to?: number } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const { method = "GET", headers = {}, to = port } = options;
  return await new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port: to, path, method, headers, agent: false });
    request.once("error", reject);
    request.once("response", (response) => {
      response.resume();
      response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.end();
  });
}

describe("every answer, whoever makes it", () => {
  it.each(["/healthz", "/readyz", "/metrics", "/api/trpc/x", "/onebot/x", "/requests", "/_next/static/x.js", "/fails"])(
    "has a policy: %s",
    async (path) => {
      const { headers } = await ask(path);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
    },
  );

  it("has one while the desk is starting, and for a foreign host", async () => {
    const to = await starting.listen("127.0.0.1", 0);
    for (const answer of [await ask("/", { to }), await ask("/", { headers: { host: "evil.example" } })]) {
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    }
  });
});

describe("metrics", () => {
  it("are closed to a page whose name was rebound to this machine", async () => {
    expect((await ask("/metrics")).status).toBe(200);
    expect((await ask("/metrics", { headers: { host: `evil.example:${port}` } })).status).toBe(404);
  });
});

describe("a method no page knows", () => {
  it.each(["TRACE", "OPTIONS", "PUT", "DELETE"])("is refused: %s", async (method) => {
    const headers = { origin: `http://127.0.0.1:${port}` };
    expect((await ask("/requests", { method, headers })).status).toBe(405);
  });
});

describe("the log", () => {
  it("holds no invite's token, whatever went wrong with its page", async () => {
    await ask("/invite/t0ken-of-an-invite", { method: "POST" });
    await ask("/invite/t0ken-of-an-invite-fails");
    const kept = lines.join("");
    expect(kept).toContain("wrong origin");
    expect(kept).toContain("a page failed");
    expect(kept).not.toContain("t0ken");
  });
});

describe("a refused upgrade", () => {
  it.each(["/anything", "/onebot/0190aaaa-0000-7000-8000-000000000001"])(
    "leaves no socket behind, even for a client that never closes its side: %s",
    async (path) => {
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      await once(socket, "connect");
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
      );
      socket.resume();
      await once(socket, "end");
      // What is written to a socket that is gone over there comes back as a reset; to a half-open one it would be taken.
      const gone = new Promise((resolve) => socket.once("error", resolve).once("close", resolve));
      const write = (): void => void (socket.writable && socket.write("x", () => setImmediate(write)));
      write();
      await gone;
    },
  );
});
