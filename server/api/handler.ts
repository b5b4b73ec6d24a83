import type { IncomingMessage, ServerResponse } from "node:http";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { maximumBatch } from "@/lib/batch";
import type { Desk } from "@/server/desk/desk";
import { createContext } from "./context";
import { appRouter } from "./router";
import { toWire } from "./trpc";

/** Bodies of calls are small; the largest is a form with a long note. Bytes. */
const maximumBody = 256 * 1024;

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/** The HTTP side of the API, to be mounted at /api/trpc. Origin, sizes and timeouts are server/http's. */
export function createApiHandler(desk: Desk): (request: IncomingMessage, response: ServerResponse) => void {
  const handle = createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    maxBodySize: maximumBody,
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
  return (request, response) => {
    if (methods.has(request.method ?? "")) return handle(request, response);
    response.writeHead(405, { allow: [...methods].join(", "), "cache-control": "no-store" }).end();
  };
}
