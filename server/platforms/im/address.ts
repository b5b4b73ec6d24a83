import { PlatformError } from "../error";
import type { Row } from "../row";
import { type Field, toFields } from "./form";

/** Several DELETE paths begin with another one (`/friends` with `/friends/groups`): a path is whole or it is not sent. */
const whole = /^(?:\/[A-Za-z]+)+$/;

/** The base with a path at its end. A slash that the base ends in is not doubled. */
function under(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  return url;
}

function withQuery(url: URL, fields: readonly Field[]): URL {
  for (const [name, value] of fields) url.searchParams.append(name, value);
  return url;
}

/**
 * The address of a call: the row's path as it stands in the row, after the base; the input as a query where the method is
 * GET, which has no body. Throws `unknown_operation` for a path that is not whole.
 */
export function addressOf(baseUrl: string, row: Row, input: unknown): URL {
  const { method, path } = row.route;
  if (!whole.test(path))
    throw new PlatformError("unknown_operation", { isSent: false, detail: { operation: row.operation } });
  const url = under(baseUrl, path);
  return method === "GET" ? withQuery(url, toFields(input)) : url;
}

/** The address of the socket. It holds the token, as the server wants it: never to be logged or put into an error. */
export function socketAddress(baseUrl: string, token: string): URL {
  const url = under(baseUrl, "/ws");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return withQuery(url, [
    ["t", token],
    ["platform", "h5"],
    ["protocol", "json"],
  ]);
}
