import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { Refused, type Wire } from "./chat68/wire";
import { World } from "./chat68/world";
import { Watch } from "./napcat/watch";

/** One call as it arrived. */
export interface Call {
  transport: "http" | "ws";
  type: string;
  /** The echo id; null over HTTP. */
  id: unknown;
  body: Wire;
}

const httpTypes = new Set(["request", "getGroups", "sendMsg", "sendFile", "deleteMsg", "getApiUrl", "restart68"]);
const socketTypes = new Set(["request", "getGroups", "sendMsg", "sendFile", "getApiUrl", "restart68"]);

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the simulator is not listening");
  return address.port;
}

/** Starts a simulated 68 helper on loopback, both its servers on free ports. */
export async function start(): Promise<Chat68> {
  const helper = new Chat68();
  await helper.listen();
  return helper;
}

/** A 68 helper as its network sees it: no password, a greeting on every socket, two shapes of errors. */
export class Chat68 {
  readonly world = new World();
  readonly calls: Call[] = [];
  /** Does a socket greet? A server of another kind does not. */
  isGreeting = true;
  /** How many sockets there have been. */
  sockets = 0;
  /** Calls of these types are taken and never answered. */
  readonly silent = new Set<string>();
  /** Texts that the next HTTP answers are instead, with their status. */
  readonly rawAnswers: { status: number; body: string }[] = [];
  readonly #watch = new Watch();
  #held: Wire[] | null = null;
  readonly #http = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });
  readonly #upgrade = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#upgrade });

  get httpUrl(): string {
    return `http://127.0.0.1:${portOf(this.#http)}`;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${portOf(this.#upgrade)}`;
  }

  async listen(): Promise<void> {
    this.world.tell = (frame) => {
      // What a call brings about is told after it was answered.
      if (this.#held === null) this.push(frame);
      else this.#held.push(frame);
    };
    this.#sockets.on("connection", (socket) => {
      this.sockets++;
      if (this.isGreeting) socket.send(JSON.stringify({ message: "Hello" }));
      socket.on("message", (data) => this.#take(socket, data.toString()));
      this.#watch.touch();
    });
    for (const server of [this.#http, this.#upgrade])
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  }

  /** Calls of one type or relayed type, oldest first. */
  of(name: string): Call[] {
    return this.calls.filter(({ type, body }) => {
      const relayed = typeof body === "object" && body !== null && !Array.isArray(body) ? body.type : undefined;
      return type === name || (type === "request" && relayed === name);
    });
  }

  /** Waits for the call of that name that is the `times`-th. */
  asked(name: string, times = 1): Promise<Call> {
    return this.#watch.until(`${name} ${times}`, () => this.of(name)[times - 1]);
  }

  /** A frame on every socket, as it is. */
  push(frame: Wire | string): void {
    const text = typeof frame === "string" ? frame : JSON.stringify(frame);
    for (const socket of this.#sockets.clients) socket.send(text);
  }

  dropSockets(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.dropSockets();
    this.#sockets.close();
    for (const server of [this.#http, this.#upgrade]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  #note(call: Call): void {
    this.calls.push(call);
    this.#watch.touch();
  }

  /** Answers a call, and then pushes what it has brought about. */
  #answered(carryOut: () => Wire, reply: (answer: Wire) => void): void {
    const held: Wire[] = [];
    this.#held = held;
    try {
      reply(carryOut());
    } finally {
      this.#held = null;
      for (const frame of held) this.push(frame);
    }
  }

  #take(socket: WebSocket, text: string): void {
    // What a client sends is JSON or the test is wrong.
    const { id, type, data } = JSON.parse(text) as { id: unknown; type: string; data?: Wire };
    this.#note({ transport: "ws", type, id, body: data });
    if (this.silent.has(type) || (type === "request" && this.silent.has(relayedType(data)))) return;
    const reply = (content: { [key: string]: Wire }) => socket.send(JSON.stringify({ id, type, ...content }));
    try {
      if (typeof id !== "string" || !socketTypes.has(type)) throw new Refused(400, "bad frame");
      this.#answered(
        () => this.world.answer(type, data, true),
        (answer) => reply({ data: answer }),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply({ error: { errorCode: error.errorCode, errorDesc: error.errorDesc } });
    }
    if (type === "restart68") this.dropSockets();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const type = (request.url ?? "/").slice(1);
    const respond = (status: number, value: Wire) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const raw = this.rawAnswers.shift();
    if (raw !== undefined) return void response.writeHead(raw.status).end(raw.body);
    if (request.method !== "POST" || !httpTypes.has(type)) return void response.writeHead(404).end("Not Found");
    if (!request.headers["content-type"]?.startsWith("application/json"))
      return void respond(400, { errorCode: 400, errorDesc: "not JSON" });
    const text = Buffer.concat(chunks).toString("utf8");
    // As above.
    const body = (text === "" ? undefined : JSON.parse(text)) as Wire;
    this.#note({ transport: "http", type, id: null, body });
    if (this.silent.has(type) || (type === "request" && this.silent.has(relayedType(body)))) return;
    try {
      const isWhole = type === "request" || type === "getGroups";
      this.#answered(
        () => this.world.answer(type, body, false),
        (data) => respond(200, isWhole ? data : { data }),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      respond(200, { errorCode: error.errorCode, errorDesc: error.errorDesc });
    }
  }
}

function relayedType(data: Wire): string {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? String(data.type) : "";
}
