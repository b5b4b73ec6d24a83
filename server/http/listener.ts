import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "@/lib/errors";
import { maximumUpload, uploadPath } from "@/lib/file";
import { mediaPath } from "@/lib/media";
import type { Config } from "@/server/config";
import type { Logger } from "@/server/log";
import { StartError } from "@/server/start-error";
import { clientAddress, spokenForAddress } from "./address";
import type { Assets } from "./asset";
import { bodyLimit, isAnnouncedTooLarge, limitBody } from "./body";
import { type Checks, replyHealth, replyReadiness } from "./health";
import {
  canonicalPage,
  cleanRequest,
  isHostAllowed,
  isOriginAllowed,
  setPagePolicy,
  setSafetyHeaders,
} from "./hygiene";
import type { Metrics } from "./metrics";
import { type OneBotDoor, OneBotEntrance, oneBotId, refuseUpgrade } from "./onebot";
import { refuse, replyText } from "./reply";

/** What stands behind the port, given once everything runs. */
export interface Routes {
  config: Config;
  /** What the Next half shows when it asks on behalf of a browser; without it nobody is spoken for. */
  loopbackKey?: string;
  api: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** The record as a file. */
  exportAudit: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
  /** The members of a group as a file. */
  exportMembers: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
  /** What lies at an address of a platform. */
  media: (request: IncomingMessage, response: ServerResponse, token: string) => Promise<unknown>;
  /** A file for an act that follows. */
  upload: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
  oneBot: OneBotDoor;
  checks: Checks;
  metrics: Metrics;
  /** The pages' scripts and styles; without it `page` answers for them, too. */
  assets?: Assets;
  page: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
  /** Next's own socket, in dev mode only. */
  pageUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<unknown>;
}

/** How long a request may take to arrive, ms: a file on a slow line, and everything else. */
const uploadMs = 15 * 60_000;
const arrivalMs = 60_000;

/** What pages are asked with; nothing here answers TRACE and its like. */
const pageMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/**
 * The one port. It is bound at the very beginning of the start, so that a second Gatehouse finds out before it has
 * done anything, and answers 503 until `open` is called.
 */
export class Listener {
  readonly #log: Logger;
  readonly #isDev: boolean;
  readonly #server: Server;
  /** Sockets that were upgraded are no longer the server's, so closing it would wait for them for ever. */
  readonly #upgraded = new Set<Duplex>();
  #routes: Routes | null = null;
  #oneBot: OneBotEntrance | null = null;

  constructor(log: Logger, options: { isDev: boolean }) {
    this.#log = log;
    this.#isDev = options.isDev;
    this.#server = createServer(
      // A request must have arrived within these; how long an answer takes (a stream of events) is not their business.
      {
        headersTimeout: 15_000,
        requestTimeout: uploadMs,
        keepAliveTimeout: 65_000,
        connectionsCheckingInterval: 5_000,
      },
      (request, response) => this.#request(request, response),
    );
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Binds and answers the port. @throws StartError when that is impossible. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error) => reject(toStartError(error, host, port)));
      this.#server.listen(port, host, () => {
        this.#server.removeAllListeners("error");
        this.#server.on("error", (error) => this.#log.error({ err: error }, "listener failed"));
        // A server listening on a port has an address of this shape; a string is a pipe's.
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** From now on requests are served. */
  open(routes: Routes): void {
    this.#oneBot = new OneBotEntrance(routes.oneBot);
    this.#routes = routes;
  }

  /** Takes no more connections; those under way may finish. Streams are for `close` to end. */
  stopAccepting(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** Ends whatever is still open. */
  async close(): Promise<void> {
    this.#routes = null;
    this.#oneBot?.close();
    for (const socket of this.#upgraded) socket.destroy();
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    this.#route(request, response).catch((error: unknown) => {
      // A client that went away in the middle is no fault of ours.
      if (!request.destroyed) this.#log.error({ err: error, path: shown(pathOf(request)) }, "request failed");
      replyText(response, 500, "Internal error\n");
    });
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const routes = this.#routes;
    const path = pathOf(request);
    setSafetyHeaders(response, routes?.config ?? null);
    if (path === "/healthz") return replyHealth(response);
    if (routes === null) {
      response.setHeader("retry-after", "2");
      return replyText(response, 503, "Gatehouse is starting or stopping.\n");
    }
    const { config } = routes;
    if (path === "/readyz") return replyReadiness(response, routes.checks);
    if (path === "/metrics") return routes.metrics.reply(request, response, config);
    const browser = spokenForAddress(request, routes.loopbackKey ?? "");
    cleanRequest(request, browser ?? clientAddress(request, config.trustProxy));
    // Platforms are no browsers: they have no origin, and their own names for this host. The bot's token guards this.
    if (path.startsWith("/onebot/")) return this.#oneBot?.post(oneBotId(path), request, response);
    if (!isHostAllowed(request, config)) {
      return replyText(response, 421, `This Gatehouse is at ${config.publicUrl.origin} (PUBLIC_URL).\n`);
    }
    if (request.method !== "GET" && request.method !== "HEAD" && !isOriginAllowed(request, config)) {
      this.#log.warn(
        { path: shown(path), origin: request.headers.origin, expected: config.publicUrl.origin },
        "wrong origin",
      );
      return refuse(response, 403, "wrong_origin");
    }
    const limit = bodyLimit(path);
    if (path === uploadPath) {
      if (isAnnouncedTooLarge(request, limit)) return refuseBody(request, response, "file_too_large");
      // It counts what comes itself: a body that is cut here would only end too early there.
      return routes.upload(request, response);
    }
    limitTime(request);
    if (isAnnouncedTooLarge(request, limit)) return refuseBody(request, response);
    limitBody(request, limit, () => refuseBody(request, response));
    if (path === "/api/trpc" || path.startsWith("/api/trpc/")) return routes.api(request, response);
    if (path === "/api/export/audit") return routes.exportAudit(request, response);
    if (path === "/api/export/members") return routes.exportMembers(request, response);
    if (path.startsWith(mediaPath)) return routes.media(request, response, path.slice(mediaPath.length));
    if (!pageMethods.has(request.method ?? "")) {
      response.setHeader("allow", [...pageMethods].join(", "));
      return replyText(response, 405);
    }
    const elsewhere = canonicalPage(request, config);
    if (elsewhere !== null) {
      response.writeHead(307, { location: elsewhere, "cache-control": "no-store" });
      return response.end();
    }
    if (routes.assets?.answer(request, response, path)) return;
    setPagePolicy(request, response, this.#isDev);
    return routes.page(request, response);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const routes = this.#routes;
    if (routes === null) {
      refuseUpgrade(socket, 503);
      return;
    }
    this.#upgraded.add(socket);
    socket.once("close", () => this.#upgraded.delete(socket));
    const path = pathOf(request);
    if (path.startsWith("/onebot/")) {
      cleanRequest(request, clientAddress(request, routes.config.trustProxy));
      this.#oneBot?.upgrade(oneBotId(path), request, socket, head);
      return;
    }
    // A browser's socket is not held to its own origin by anything but this.
    if (routes.pageUpgrade === undefined || !isOriginAllowed(request, routes.config)) {
      refuseUpgrade(socket, 404);
      return;
    }
    routes.pageUpgrade(request, socket, head).catch((error: unknown) => {
      this.#log.warn({ err: error }, "upgrade failed");
      socket.destroy();
    });
  }
}

/** Ends a request whose body does not arrive in time. */
function limitTime(request: IncomingMessage): void {
  const hasBody = request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"]) > 0;
  if (!hasBody) return;
  const late = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, arrivalMs);
  request.once("close", () => clearTimeout(late));
}

/** The rest of the body is not read: the connection ends with the answer. */
function refuseBody(request: IncomingMessage, response: ServerResponse, code: ErrorCode = "invalid_input"): void {
  response.once("finish", () => request.destroy());
  if (!response.headersSent) response.setHeader("connection", "close");
  refuse(response, 413, code, code === "file_too_large" ? { limit: maximumUpload } : {});
}

/** A path as the log may hold it: an invite's token stands in its address, what somebody looked at in another. */
function shown(path: string): string {
  return path.replace(/^\/(invite|media)\/.+/, "/$1/[redacted]").slice(0, 200);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function toStartError(error: Error, host: string, port: number): StartError {
  const code = "code" in error ? error.code : undefined;
  const options = { cause: error };
  if (code === "EADDRINUSE") {
    return new StartError(
      `PORT: ${port} on ${host} is taken by another program. Stop that one, or choose another: PORT=${port + 1}`,
      options,
    );
  }
  if (code === "EACCES") {
    return new StartError(`PORT: ${port} is reserved for the administrator. Choose one above 1023: PORT=3000`, options);
  }
  return new StartError(`HOST: cannot listen on ${host}:${port} (${error.message}). Example: HOST=127.0.0.1`, options);
}
