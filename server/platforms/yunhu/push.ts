import { WebSocket } from "ws";
import { Backoff } from "../backoff";
import { type Clock, Timers } from "../clock";
import { checkLiteral, guardedLookup, type Resolve } from "../destination";
import { type LinkHooks, maxFrameBytes } from "../driver";
import { PlatformError } from "../error";
import { toPlatformError } from "../network";
import { decodePush, toInbound } from "./inbound";
import type { Connection } from "./settings";

const beatEvery = 30_000;

export interface PushOptions {
  pushUrl: string;
  connection: Connection;
  token: string;
  hooks: Pick<LinkHooks, "event" | "log">;
  clock: Clock;
  random: () => number;
  resolve?: Resolve | undefined;
}

/**
 * The socket that pushes, kept up by itself until `close`. Calls do not need it: while it is down requests come by the
 * list alone, so its failures are a line in the log and no lost connection. It logs in by a frame of JSON and is answered
 * in protobuf; a heartbeat without an acknowledgement by the next one ends it.
 */
export class PushSocket {
  readonly #options: PushOptions;
  readonly #timers: Timers<"beat" | "reconnect">;
  readonly #backoff: Backoff;
  #socket: WebSocket | null = null;
  #sequence = 0;
  #isAcknowledged = true;
  #hasToldFailure = false;
  #isClosed = false;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
    this.#backoff = new Backoff(options.random);
    this.#timers.set("reconnect", 0, () => this.#dial());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timers.clear();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null || socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      socket.once("close", () => resolve());
      socket.terminate();
    });
  }

  #dial(): void {
    const { pushUrl, resolve } = this.#options;
    try {
      const url = new URL(pushUrl);
      checkLiteral(url);
      const socket = new WebSocket(url, {
        lookup: guardedLookup(resolve),
        maxPayload: maxFrameBytes,
        followRedirects: false,
        perMessageDeflate: false,
      });
      this.#socket = socket;
      socket.on("open", () => this.#login());
      socket.on("message", (data, isBinary) => {
        if (this.#socket === socket) this.#receive(data, isBinary);
      });
      // A close follows every error, and only that dials anew.
      socket.on("error", (error) => this.#tell(toPlatformError(error)));
      socket.on("close", (closeCode) => {
        if (this.#socket === socket)
          this.#lose(new PlatformError("connection_lost", { isSent: true, detail: { closeCode } }));
      });
    } catch (error) {
      this.#lose(toPlatformError(error));
    }
  }

  #write(cmd: "login" | "heartbeat", data: Record<string, string>): void {
    // A socket that cannot be written to closes, which is heard.
    this.#socket?.send(JSON.stringify({ seq: String(++this.#sequence), cmd, data }), () => undefined);
  }

  #login(): void {
    if (this.#isClosed) return;
    const { connection, token } = this.#options;
    const { userId, platform, deviceId } = connection;
    this.#write("login", { userId, token, platform, deviceId });
    this.#isAcknowledged = true;
    this.#beat();
  }

  #beat(): void {
    if (!this.#isAcknowledged) {
      this.#options.hooks.log("warn", "silent", { seconds: beatEvery / 1000, part: "push" });
      this.#socket?.terminate();
      return;
    }
    this.#isAcknowledged = false;
    this.#write("heartbeat", {});
    this.#timers.set("beat", beatEvery, () => this.#beat());
  }

  #receive(data: unknown, isBinary: boolean): void {
    const { hooks, connection } = this.#options;
    try {
      if (!isBinary || !Buffer.isBuffer(data))
        throw new PlatformError("bad_answer", { isSent: true, detail: { field: isBinary ? "" : "text" } });
      const raw = decodePush(data);
      const inbound = toInbound(raw, connection.userId);
      if (inbound.type === "other" && inbound.name === "heartbeat_ack") {
        this.#isAcknowledged = true;
        this.#hasToldFailure = false;
        this.#backoff.reset();
        return;
      }
      hooks.event(inbound, raw);
    } catch (error) {
      hooks.log("warn", "bad_shape", { ...toPlatformError(error).detail, part: "push" });
    }
  }

  #tell(error: PlatformError): void {
    if (this.#isClosed || this.#hasToldFailure) return;
    this.#hasToldFailure = true;
    this.#options.hooks.log("warn", "disconnected", { ...error.detail, error: error.code, part: "push" });
  }

  #lose(error: PlatformError): void {
    this.#socket = null;
    this.#timers.cancel("beat");
    if (this.#isClosed) return;
    this.#tell(error);
    this.#timers.set("reconnect", this.#backoff.next(), () => this.#dial());
  }
}
