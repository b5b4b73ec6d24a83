import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { Watch } from "./napcat/watch";
import { actions, type Said } from "./yunhu/action";
import { message } from "./yunhu/bytes";
import { readAsked, toBook, toRequestList } from "./yunhu/list";
import { say, toPush } from "./yunhu/talk";
import { type Said as Message, World } from "./yunhu/world";

/** Starts a simulated Yunhu on loopback: its API and its push socket on one free port. */
export async function start(): Promise<Yunhu> {
  const yunhu = new Yunhu();
  await yunhu.listen();
  return yunhu;
}

const noUser = { code: 1003, msg: "未登录" };
const devices = new Set(["windows", "macos", "android", "linux", "ios", "fuchsia", "Web"]);

/** Yunhu as its network sees it: 1 is success, protobuf by numbers only, errors in JSON whatever was asked. */
export class Yunhu {
  token = "yunhu-Token";
  /** The account's own id, as pushes name it. */
  selfId = "100";
  /** Newer servers write the remark where the document has the name. */
  isNewer = false;
  readonly world = new World();
  readonly calls: { path: string; contentType: string; body: Buffer }[] = [];
  readonly frames: { cmd: string; data: Record<string, unknown> }[] = [];
  /** Answers that are sent instead, as they are. */
  readonly rawAnswers: { status: number; body: string | Buffer }[] = [];
  /** How often the push socket was dialled. */
  dials = 0;
  /** Does the push socket acknowledge heartbeats? */
  isAcknowledging = true;
  readonly #watch = new Watch();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });
  readonly #sockets = new WebSocketServer({ server: this.#server });

  get #port(): number {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the simulator is not listening");
    return address.port;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  async listen(): Promise<void> {
    this.#sockets.on("connection", (socket) => {
      this.dials += 1;
      socket.on("message", (data) => this.#take(socket, data.toString()));
    });
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  /** Waits for the `times`-th frame of that command. */
  framed(cmd: string, times = 1): Promise<{ data: Record<string, unknown> }> {
    return this.#watch.until(`${cmd} ${times}`, () => this.frames.filter((frame) => frame.cmd === cmd)[times - 1]);
  }

  /** Pushes a frame that has nothing but its command. */
  push(cmd: string): void {
    this.pushRaw(message([1, message([1, "1"], [2, cmd])]));
  }

  /** Somebody says something in a group, or without one to the account alone, and it is pushed. */
  hear(from: { id: string; name: string }, content: string, groupId?: string): Message {
    const said = say(this.world, from, content, groupId);
    this.pushRaw(toPush(said, this.selfId));
    return said;
  }

  /** It is taken back, and that is pushed. */
  takeBack(said: Message): void {
    said.takenBackAt = BigInt(Date.now());
    this.pushRaw(toPush(said, this.selfId));
  }

  pushRaw(data: Buffer | string): void {
    for (const socket of this.#sockets.clients) socket.send(data);
  }

  dropSockets(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** The MD5 by which the server knows that the caller has the book already. */
  get md5(): string {
    return this.world.md5;
  }

  of(operation: string): { path: string; contentType: string; body: Buffer }[] {
    return this.calls.filter(({ path }) => path.endsWith(`/${operation}`));
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.dropSockets();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #take(socket: WebSocket, text: string): void {
    // What a client sends is JSON or the test is wrong.
    const frame = JSON.parse(text) as { seq: unknown; cmd: string; data: Record<string, unknown> };
    this.frames.push(frame);
    const { token, platform, userId, deviceId } = frame.data;
    const isWelcome = token === this.token && devices.has(String(platform)) && userId !== "" && deviceId !== "";
    if (frame.cmd === "login" && !isWelcome) socket.close();
    if (frame.cmd === "heartbeat" && this.isAcknowledging)
      socket.send(message([1, message([1, String(frame.seq)], [2, "heartbeat_ack"])]));
    this.#watch.touch();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const path = request.url ?? "/";
    const contentType = request.headers["content-type"] ?? "";
    this.calls.push({ path, contentType, body });
    this.#watch.touch();
    const json = (value: unknown) =>
      void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const raw = this.rawAnswers.shift();
    if (raw !== undefined) return void response.writeHead(raw.status).end(raw.body);
    // Only its own header counts; the Authorization of others is not looked at.
    if (request.headers.token !== this.token) return json(noUser);
    if (request.method !== "POST") return void response.writeHead(404).end("404 page not found");
    const binary = (bytes: Buffer) => void response.writeHead(200).end(bytes);
    const bad = { code: -1, msg: "参数错误" };
    if (path === "/v1/friend/address-book-list") {
      const known = contentType.startsWith("application/octet-stream") ? readAsked(body) : null;
      return known === null ? json(bad) : binary(toBook(this.world, known, this.isNewer));
    }
    // Read whatever stands in it: the document shows no body, newer clients send one.
    if (path === "/v1/friend/request-list") return binary(toRequestList(this.world));
    const action = actions[path];
    if (action === undefined) return void response.writeHead(404).end("404 page not found");
    if (!contentType.startsWith("application/json")) return json(bad);
    return json(this.#carryOut(action, body) ?? bad);
  }

  /** What the service says to a body of the right types; null for any other. */
  #carryOut(action: (typeof actions)[string], body: Buffer): Said | null {
    const input: unknown = JSON.parse(body.toString("utf8"));
    const parsed = action.input.safeParse(input);
    return parsed.success ? action.run(this.world, parsed.data) : null;
  }
}
