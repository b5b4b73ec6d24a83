import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { request as ask } from "undici";
import { WebSocket, WebSocketServer } from "ws";
import { Watch } from "./simulators/napcat/watch";

/** What the server behind answered. */
export interface Answered {
  status: number;
  contentType: string;
  body: Buffer;
}

/** Answers in the server's place. `answered` asks the server itself, which then has done it. */
export type HttpFault = (response: ServerResponse, answered: () => Promise<Answered>) => void | Promise<void>;

/** What reaches the client in place of one frame of the server's. */
export type FrameFault = (text: string) => (string | Buffer)[] | "close";

/** Between a client and a server that works: everything passes through, until a fault is set. */
export class HostileFront {
  /** Of the calls to paths that end so, what happens instead. Stays until it is taken back. */
  httpFault: { path: string; fault: HttpFault } | null = null;
  /** Of the next frame that `matches`, what arrives instead. Used up by it. */
  frameFault: { matches: (text: string) => boolean; fault: FrameFault } | null = null;
  readonly #watch = new Watch();
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });
  #spoiled = 0;

  private constructor(private readonly behind: { http: string; ws: string | null }) {
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Starts a front on a free port; `ws` where sockets go somewhere else than `http`. */
  static async start(behind: { http: string; ws?: string }): Promise<HostileFront> {
    const front = new HostileFront({ http: behind.http, ws: behind.ws ?? null });
    await new Promise<void>((done) => front.#server.listen(0, "127.0.0.1", done));
    return front;
  }

  get httpUrl(): string {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the front is not listening");
    return `http://127.0.0.1:${address.port}`;
  }

  get wsUrl(): string {
    return this.httpUrl.replace("http:", "ws:");
  }

  /** Waits until faults have hit so often. */
  spoiled(times: number): Promise<unknown> {
    return this.#watch.until(`spoiled ${times}`, () => (this.#spoiled >= times ? true : undefined));
  }

  get count(): number {
    return this.#spoiled;
  }

  /** Waits until a client's socket stands. */
  attached(): Promise<unknown> {
    return this.#watch.until("attached", () => (this.#sockets.clients.size > 0 ? true : undefined));
  }

  /** A frame that nobody asked for, on every socket. */
  inject(frame: string | Buffer): void {
    for (const socket of this.#sockets.clients) socket.send(frame);
  }

  async close(): Promise<void> {
    this.#watch.close();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #hit(): void {
    this.#spoiled += 1;
    this.#watch.touch();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const answered = () => this.#ask(request, Buffer.concat(chunks));
    const path = new URL(request.url ?? "/", this.httpUrl).pathname;
    if (this.httpFault !== null && path.endsWith(this.httpFault.path)) {
      const { fault } = this.httpFault;
      this.#hit();
      await fault(response, answered);
      return;
    }
    const { status, headers, body } = await answered();
    response.writeHead(status, headers).end(body);
  }

  async #ask(request: IncomingMessage, body: Buffer) {
    const { method, url, rawHeaders } = request;
    const dropped = new Set(["host", "connection", "content-length", "transfer-encoding", "keep-alive"]);
    const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
    const answer = await ask(this.behind.http + (url ?? "/"), {
      // Clients here use these only.
      method: method as "GET" | "POST" | "PUT" | "DELETE",
      headers: Object.fromEntries(pairs.filter(([name]) => !dropped.has(name.toLowerCase()))),
      body: body.length === 0 ? null : body,
    });
    const headers = Object.fromEntries(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        dropped.has(name) || value === undefined ? [] : [[name, value]],
      ),
    );
    const contentType = typeof headers["content-type"] === "string" ? headers["content-type"] : "";
    return { status: answer.statusCode, headers, contentType, body: Buffer.from(await answer.body.arrayBuffer()) };
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const base = this.behind.ws ?? this.behind.http.replace("http:", "ws:");
    const url = new URL(request.url ?? "/", base);
    const { authorization } = request.headers;
    const far = new WebSocket(url, { headers: authorization === undefined ? {} : { authorization } });
    // What the server says before the client's side stands is kept.
    const early: (string | Buffer)[] = [];
    let near: WebSocket | null = null;
    far.on("message", (data: Buffer, isBinary) => {
      for (const frame of this.#spoil(isBinary ? data : data.toString(), far))
        if (near === null) early.push(frame);
        else near.send(frame);
    });
    far.on("error", () => socket.destroy());
    far.on("close", () => near?.terminate());
    far.on("open", () => {
      this.#sockets.handleUpgrade(request, socket, head, (opened) => {
        near = opened;
        this.#watch.touch();
        for (const frame of early) opened.send(frame);
        opened.on("message", (data: Buffer, isBinary) => far.send(isBinary ? data : data.toString()));
        opened.on("ping", () => far.ping());
        opened.on("close", () => far.terminate());
      });
    });
  }

  #spoil(frame: string | Buffer, far: WebSocket): (string | Buffer)[] {
    if (typeof frame !== "string" || this.frameFault === null || !this.frameFault.matches(frame)) return [frame];
    const result = this.frameFault.fault(frame);
    this.frameFault = null;
    this.#hit();
    if (result !== "close") return result;
    far.terminate();
    return [];
  }
}
