import type { IncomingMessage } from "node:http";
import type { Actor } from "@/lib/actor";
import { rememberTokens } from "@/server/auth/cookie";
import { readSession } from "@/server/auth/session";
import type { Desk } from "@/server/desk/desk";

/** What every procedure is given. */
export interface Context {
  desk: Desk;
  /** Null: not signed in. */
  actor: Actor | null;
  /** Who a stranger is in the record. */
  visitor: Actor;
  correlationId: string;
  /** Reads the session again: a stream outlives the check at its beginning. */
  reauthenticate(): Promise<Actor | null>;
}

const openToken = rememberTokens();

/** The context of one HTTP request. The address comes from server/http, never from the client's own headers. */
export async function createContext(desk: Desk, request: IncomingMessage): Promise<Context> {
  const address = header(request, "x-gatehouse-address");
  const userAgent = header(request, "user-agent")?.slice(0, 300) ?? null;
  const authenticate = () =>
    readSession(
      desk.database,
      desk.config,
      request.headers.cookie,
      { address: address ?? "", userAgent: userAgent ?? "" },
      openToken,
    );
  const visitor: Actor = {
    kind: "visitor",
    id: null,
    name: "",
    role: null,
    sessionId: null,
    address,
    userAgent,
    grants: [],
  };
  return {
    desk,
    actor: await authenticate(),
    visitor,
    correlationId: desk.correlation(),
    reauthenticate: authenticate,
  };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
