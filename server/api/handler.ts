import type { IncomingMessage, ServerResponse } from "node:http";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { canSomewhere } from "@/lib/actor";
import { maximumBatch } from "@/lib/batch";
import { fileCallPath } from "@/lib/file";
import type { Desk } from "@/server/desk/desk";
import { createContext } from "./context";
import { appRouter } from "./router";
import { toWire } from "./trpc";

/** Bodies of calls are small; the largest is a form with a long note. Bytes. */
const maximumBody = 256 * 1024;

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/** The HTTP side of the API, to be mounted at /api/trpc. Origin, overall sizes and timeouts are server/http's. */
export function createApiHandler(desk: Desk): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const handle = createHandler(desk, maximumBody);
  // server/http has its own limit, which this must not undercut.
  const handleFile = createHandler(desk, Number.MAX_SAFE_INTEGER);
  return async (request, response) => {
    if (!methods.has(request.method ?? "")) {
      response.writeHead(405, { allow: [...methods].join(", "), "cache-control": "no-store" }).end();
    } else if (await mayCarryFile(desk, request)) {
      await handleFile(request, response);
    } else {
      await handle(request, response);
    }
  };
}

/** Asked before a large body is read: a stranger must not be able to fill the memory. */
async function mayCarryFile(desk: Desk, request: IncomingMessage): Promise<boolean> {
  if (request.url?.split("?", 1)[0] !== fileCallPath) return false;
  if (Number(request.headers["content-length"] ?? 0) <= maximumBody) return false;
  const { actor } = await createContext(desk, request);
  return actor !== null && canSomewhere(actor, "bots.view");
}

function createHandler(desk: Desk, maxBodySize: number) {
  return createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    maxBodySize,
    maxBatchSize: maximumBatch,
    // A query may come by POST, which keeps its input (the token of an invite) out of addresses and so out of logs.
    allowMethodOverride: true,
    createContext: ({ req }) => createContext(desk, req),
    onError({ error, path, type }) {
      // Refusals are in the record; only what nobody expected is for the log.
      if (toWire(error).code === "internal")
        desk.log.error({ err: error.cause ?? error, path, type }, "a procedure failed");
    },
    // Answers are an operator's own: no cache between may keep them.
    responseMeta: () => ({ headers: new Headers([["cache-control", "no-store"]]) }),
  });
}
