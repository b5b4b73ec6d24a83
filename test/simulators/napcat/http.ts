import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { envelope, toAnswer } from "./answer";
import type { Dispatcher } from "./dispatcher";
import { isAuthorized } from "./token";
import { asObject, stringify, type Wire } from "./wire";

export interface HttpOptions {
  dispatcher: Dispatcher;
  token: () => string;
}

/** NapCat's HTTP server for actions: `GET` and `POST /:action`, status 200 even for errors. It is not listening yet. */
export function createActionServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      // A caller that went away; anything else is a fault of the simulator and must not look like NapCat.
      if (!response.writableEnded) response.destroy(error instanceof Error ? error : undefined);
    });
  });
}

async function answer(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Any web page may drive a NapCat without a token.
  response.setHeader("access-control-allow-origin", "*");
  const body = await readBody(request);
  const sent = body === "" ? {} : parse(body);
  if (sent === undefined) {
    respond(response, 400, "text/html; charset=utf-8", "Invalid JSON");
    return;
  }
  if (!isAuthorized(options.token(), request)) {
    // Not OneBot's 401, and not JSON by its type.
    respond(response, 403, "text/html; charset=utf-8", JSON.stringify({ message: "token verify failed!" }));
    return;
  }
  const url = new URL(request.url ?? "/", "http://simulator");
  if (url.pathname === "/") {
    respondJson(response, envelope("ok", 0, {}, "NapCat4 Is Running", null));
    return;
  }
  // The query is merged over the body: whoever forwards a user's query string hands over the parameters.
  const params = { ...asObject(sent), ...Object.fromEntries(url.searchParams) };
  const name = decodeURIComponent(url.pathname.split("/")[1] ?? "");
  const outcome = await options.dispatcher.dispatch(name, params, "http");
  if (outcome.kind === "hang-up") {
    request.socket.destroy();
    return;
  }
  if (outcome.kind === "raw") {
    response.writeHead(outcome.raw.status ?? 200, outcome.raw.headers).end(outcome.raw.body);
    return;
  }
  const echo = toEcho(params.echo);
  respondJson(response, toAnswer(outcome.result, "http", echo));
}

/** New versions answer a random echo where none was given. */
function toEcho(echo: unknown): Wire {
  // Parsed from JSON or a query, so it is a value of the wire.
  return echo === undefined ? Math.random().toString(36).slice(2, 15) : (echo as Wire);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** Whatever the content type says, a body is read as JSON; undefined when it is none. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function respondJson(response: ServerResponse, value: Wire): void {
  respond(response, 200, "application/json; charset=utf-8", stringify(value));
}

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
}
