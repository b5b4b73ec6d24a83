import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { actions } from "./im/action";
import { Digits, Refusal, toJson } from "./im/call";
import { type Fields, readFields } from "./im/form";
import { type Person, World } from "./im/world";
import { Watch } from "./napcat/watch";

const prefix = "/api/v1";

export interface SeenCall {
  /** Method and path, as in `GET /me/info`. */
  operation: string;
  fields: Fields;
  authorization: string | undefined;
  contentType: string | undefined;
}

/** Stands in the place of the server for one call; `next` lets the server answer after all. */
type Interruption = (response: ServerResponse, next: () => void) => void;

/** An IM server on a free port: REST and socket, as strict and as odd as the vendor's. */
export class Im {
  readonly world = new World();
  readonly calls: SeenCall[] = [];
  /** Dials of the socket that were refused, by status. */
  readonly refusedDials: number[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly interruptions = new Map<string, Interruption[]>();
  private readonly open = new Set<{ socket: WebSocket; accountId: string }>();
  /** Where pushes go. Closing one socket of an account takes all of them out of it. */
  private pushTable = new Map<string, Set<WebSocket>>();
  private readonly server: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly watch = new Watch();
  private serial = 0;
  private pings = 0;
  /** The second at which the next token is made. */
  second = 1_760_000_000;

  constructor() {
    this.server = createServer((request, response) => {
      this.take(request, response).catch(() => response.destroy());
    });
    this.server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head));
  }

  get baseUrl(): string {
    // A TCP server that listens has an AddressInfo; text is for pipes only.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${prefix}`;
  }

  /** A token for an account, as signing in makes it. */
  mint(person: Person): string {
    const part = (value: unknown) => Buffer.from(toJson(value)).toString("base64url");
    const claims = { id: new Digits(person.id), iat: this.second, exp: this.second + 604_800, iss: "SZKJ" };
    const token = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.signature${++this.serial}`;
    this.tokens.set(token, person.id);
    return token;
  }

  /** Every token so far is worth nothing any more. */
  signOutAll(): void {
    this.tokens.clear();
  }

  /** The next call of an operation is answered like this. */
  interrupt(operation: string, how: Interruption): void {
    this.interruptions.set(operation, [...(this.interruptions.get(operation) ?? []), how]);
  }

  of(operation: string): SeenCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  /** Waits until an operation has been called so often. */
  called(operation: string, times = 1): Promise<SeenCall> {
    return this.watch.until(`${operation} ${times}`, () => this.of(operation)[times - 1]);
  }

  /** Waits until exactly so many sockets stand. */
  async connected(count: number): Promise<void> {
    await this.watch.until(`${count} sockets`, () => (this.open.size === count ? true : undefined));
  }

  push(to: string, message: Record<string, unknown>): void {
    this.pushRaw(to, toJson(message));
  }

  pushRaw(to: string, text: string): void {
    for (const socket of this.pushTable.get(to) ?? []) socket.send(text);
  }

  /** Every socket stays open and is heard no more. */
  deafen(): void {
    for (const { socket } of this.open) socket.pause();
  }

  /** Waits until sockets have been pinged so often. */
  async pinged(times: number): Promise<void> {
    await this.watch.until(`ping ${times}`, () => (this.pings >= times ? true : undefined));
  }

  dropSockets(): void {
    for (const { socket } of this.open) socket.terminate();
  }

  async close(): Promise<void> {
    this.watch.close();
    this.dropSockets();
    this.sockets.close();
    await new Promise<void>((done) => {
      this.server.close(() => done());
      this.server.closeAllConnections();
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return this;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://im.example");
    const operation = `${request.method} ${url.pathname.slice(prefix.length)}`;
    const fields = await readFields(request, url.searchParams);
    const { authorization, "content-type": contentType } = request.headers;
    this.calls.push({ operation, fields: fields ?? [], authorization, contentType });
    this.watch.touch();
    const interruption = this.interruptions.get(operation)?.shift();
    const next = () =>
      this.answer(url.pathname, operation, fields, authorization ?? url.searchParams.get("t"), response);
    if (interruption) interruption(response, next);
    else next();
  }

  private answer(
    path: string,
    operation: string,
    fields: Fields | null,
    token: string | null,
    response: ServerResponse,
  ): void {
    const say = (status: number, code: number, result: unknown, message: string) =>
      response.writeHead(status, { "content-type": "application/json" }).end(toJson({ code, result, message }));
    const action = path.startsWith(prefix) ? actions[operation] : undefined;
    if (!action) return void response.writeHead(404).end("404 page not found");
    // The token as it is: with "Bearer " before it, it is another text.
    const me = this.world.people.get(this.tokens.get(token ?? "") ?? "");
    if (!action.isAnonymous) {
      if (!me) return void say(401, 1, {}, "登录超时");
      response.setHeader("authorization", this.mint(me));
    }
    if (fields === null) return void say(415, 1, {}, "Unsupported Media Type");
    const text = (name: string) => fields.find(([each]) => each === name)?.[1] ?? "";
    const all = (name: string) => fields.filter(([each]) => each === name).map(([, value]) => value);
    const isNumber = (value: string) => /^[1-9]\d*$/.test(value);
    const isMissing = (need: string) => {
      const name = need.replace(/[#*]$/, "");
      if (need.endsWith("*")) return all(name).length === 0 || !all(name).every(isNumber);
      return need.endsWith("#") ? !isNumber(text(name)) : text(name) === "";
    };
    if (action.needs.some(isMissing)) return void say(200, 1, {}, "参数错误");
    try {
      const push = (to: string, message: Record<string, unknown>) => this.push(to, message);
      const call = { world: this.world, me: me ?? null, text, all, push, mint: (person: Person) => this.mint(person) };
      // Anonymous actions do not look at who calls.
      const result = action.run(call, me ?? this.nobody);
      say(200, 0, result ?? null, "成功");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(200, 1, {}, error.message);
    }
  }

  private readonly nobody: Person = { id: "0", username: "", nickname: "", email: "", mobile: "", password: "" };

  private upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", "http://im.example");
    const accountId = this.tokens.get(url.searchParams.get("t") ?? "");
    const status = url.pathname !== `${prefix}/ws` ? 404 : accountId === undefined ? 401 : null;
    if (status !== null || accountId === undefined) {
      this.refusedDials.push(status ?? 401);
      duplex.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.sockets.handleUpgrade(request, duplex, head, (socket) => {
      const entry = { socket, accountId };
      this.open.add(entry);
      this.pushTable.set(accountId, (this.pushTable.get(accountId) ?? new Set()).add(socket));
      socket.on("error", () => undefined);
      socket.on("ping", () => {
        this.pings++;
        this.watch.touch();
      });
      socket.on("message", (data) => {
        this.calls.push({
          operation: `WS ${data.toString()}`,
          fields: [],
          authorization: undefined,
          contentType: undefined,
        });
        this.watch.touch();
      });
      socket.once("close", () => {
        this.open.delete(entry);
        this.pushTable.delete(accountId);
        this.watch.touch();
      });
      this.watch.touch();
    });
  }
}

/** Starts an IM server on a free port. */
export function start(): Promise<Im> {
  return new Im().listen();
}
