import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { Watch } from "./napcat/watch";
import { message, readSecond } from "./yunhu/bytes";

export interface Chat {
  id: string;
  name: string;
  remark?: string;
  level?: number;
}
export interface Asked {
  id: number;
  inviterId: string;
  name: string;
  note: string;
  groupName?: string;
  targetId?: string;
  targetType?: number;
  result?: number;
  inviteAt: bigint;
}

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
  /** Newer servers write the remark where the document has the name. */
  isNewer = false;
  readonly friends: Chat[] = [];
  readonly groups: Chat[] = [];
  readonly requests: Asked[] = [];
  readonly calls: { path: string; contentType: string; body: Buffer }[] = [];
  readonly frames: { cmd: string; data: Record<string, unknown> }[] = [];
  /** Answers that are sent instead, as they are. */
  readonly rawAnswers: { status: number; body: string | Buffer }[] = [];
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
    this.#sockets.on("connection", (socket) => socket.on("message", (data) => this.#take(socket, data.toString())));
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

  pushRaw(data: Buffer | string): void {
    for (const socket of this.#sockets.clients) socket.send(data);
  }

  dropSockets(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** The MD5 by which the server knows that the caller has the book already. */
  get md5(): string {
    return createHash("md5")
      .update(JSON.stringify([this.friends, this.groups]))
      .digest("hex");
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
    if (path === "/v1/friend/address-book-list") {
      const number = readSecond(body);
      return number === null ? json({ code: -1, msg: "参数错误" }) : binary(this.#book(number));
    }
    if (path === "/v1/friend/request-list") return binary(this.#requestList());
    if (!contentType.startsWith("application/json")) return json({ code: -1, msg: "参数错误" });
    if (path === "/v1/friend/agree-apply") return json(this.#agree(body));
    return void response.writeHead(404).end("404 page not found");
  }

  #agree(body: Buffer): { code: number; msg: string } {
    // As above.
    const { id, agree } = JSON.parse(body.toString("utf8")) as { id: unknown; agree: unknown };
    const asked = this.requests.find((each) => each.id === id);
    if (typeof agree !== "number" || asked === undefined) return { code: -1, msg: "申请不存在" };
    asked.result = agree;
    return { code: 1, msg: "success" };
  }

  get #status(): Buffer {
    return message([1, 9_007_199_254_740_993n], [2, 1], [3, "success"]);
  }

  #book(number: string): Buffer {
    if (number === this.md5) return message([1, this.#status], [3, this.md5]);
    const entry = ({ id, name, remark = "", level = 0 }: Chat) =>
      this.isNewer ? message([1, id], [2, remark], [4, level], [8, name]) : message([1, id], [2, name], [4, level]);
    const section = (title: string, type: number, chats: Chat[]) =>
      message([1, title], ...chats.map((chat) => [2, entry(chat)] as const), [3, this.isNewer ? type : 0]);
    const sections = [
      section("用户", 1, this.friends),
      section("我加入的群聊", 2, this.groups),
      section("机器人", 3, []),
    ];
    return message(
      [1, this.#status],
      ...sections.map((each) => [2, each] as const),
      ...(this.isNewer ? [[3, this.md5] as const] : []),
    );
  }

  #requestList(): Buffer {
    const list = this.requests.map((asked) =>
      message(
        [3, asked.name],
        [5, asked.groupName ?? ""],
        [7, asked.inviterId],
        [8, asked.inviterId],
        [10, asked.targetType ?? 0],
        [11, asked.targetId ?? ""],
        [13, asked.result ?? 0],
        [16, asked.inviteAt],
        [17, "1231-23-12 31:23:00"],
        [18, asked.id],
        [23, asked.note],
      ),
    );
    const pending = this.requests.filter(({ result }) => result === undefined).length;
    return message([1, this.#status], ...list.map((each) => [2, each] as const), [3, list.length], [4, pending]);
  }
}
