import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import type { Desk } from "@/server/desk/desk";
import { createContext } from "./context";
import { appRouter } from "./router";
import { toWire } from "./trpc";

/** Bodies of calls are small; the largest is a form with a long note. Bytes. */
const maximumBody = 256 * 1024;

/** The HTTP side of the API, to be mounted at /api/trpc. Origin, sizes and timeouts are server/http's. */
export function createApiHandler(desk: Desk) {
  return createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    maxBodySize: maximumBody,
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
