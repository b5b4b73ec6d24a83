import type { Row } from "./row";

/** A call as HTTP carries it, its token left out. */
export interface HttpCall {
  method: Row["route"]["method"];
  /** After the address that the bot is reached at. */
  path: string;
  /** How the token travels: `Authorization: Bearer …`, `Authorization: …`, `token: …`, or not at all. */
  token: "bearer" | "raw" | "token" | "none";
  kind: NonNullable<Row["body"]>;
  /** The body, or what stands in the query; of protobuf, as it was before it was encoded. */
  content: unknown;
  /** The bytes of a protobuf body, in base64. */
  bytes?: string;
}

/** What goes out for a call. */
export interface Wire {
  over: "http" | "ws";
  /** Over a socket: the frame. Null over HTTP. */
  frame: unknown;
  /** Over a socket: the same call by HTTP, null where it has none. */
  http: HttpCall | null;
}

export interface SendOptions {
  signal: AbortSignal;
  /** Told what goes out, when it does; once more when it is sent again. Must not throw. */
  onWire?: ((wire: Wire) => void) | undefined;
}

/**
 * One transport. `input` is already parsed by the row. Answers the vendor's unwrapped data (OneBot's `data`), not yet
 * parsed; throws PlatformError and nothing else. The timeout is the caller's: abort with a TimeoutError (as
 * `AbortSignal.timeout` does) for `timeout`, with anything else for `aborted`.
 */
export type Send = (row: Row, input: unknown, options: SendOptions) => Promise<unknown>;
