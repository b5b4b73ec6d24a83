import { type RawData, WebSocket } from "ws";
import { type Clock, Timers } from "../clock";
import { checkLiteral, guardedLookup, type Resolve } from "../destination";
import { type LinkHooks, maxFrameBytes } from "../driver";
import { PlatformError } from "../error";
import { excerpt } from "../excerpt";
import { toPlatformError } from "../network";
import { socketAddress } from "./address";
import { readFrame } from "./inbound";

const openMs = 10_000;
/** Servers of one version ping every ten seconds and others never: we ask by ourselves. */
const watchMs = 30_000;
const silentWatches = 3;
/** Whatever looks like a token: the account's has been renewed many times since the socket was dialled. */
const jwt = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}/g;

export interface SocketOptions {
  baseUrl: string;
  token: string;
  /** The account's id. */
  ownId: string | null;
  clock: Clock;
  hooks: Pick<LinkHooks, "event" | "log">;
  resolve?: Resolve | undefined;
  onOpen(): void;
  /** Over, for whatever reason, and gone; called once, never after `end`. */
  onLost(error: PlatformError): void;
}

/**
 * The one socket an account has: closing any socket of an account ends the pushes to all of them, so the owner waits for
 * `onLost` or `end` before it makes the next. The token stands in its address, as the server wants it; nothing here puts
 * that address into a log or an error.
 */
export class PushSocket {
  readonly #options: SocketOptions;
  readonly #socket: WebSocket;
  readonly #timers: Timers<"open" | "watch">;
  #error: PlatformError | null = null;
  #silent = 0;
  #isEnded = false;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
    const url = socketAddress(options.baseUrl, options.token);
    checkLiteral(url);
    this.#socket = new WebSocket(url, {
      lookup: guardedLookup(options.resolve),
      maxPayload: maxFrameBytes,
      followRedirects: false,
      perMessageDeflate: false,
    });
    this.#timers.set("open", openMs, () => this.#lose(new PlatformError("timeout", { isSent: true })));
    this.#socket.on("open", () => this.#opened());
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on("pong", () => {
      this.#silent = 0;
    });
    this.#socket.on("error", (error) => {
      this.#error ??= explain(error);
    });
    this.#socket.on("close", (code) => {
      this.#timers.clear();
      if (this.#isEnded) return;
      this.#isEnded = true;
      const closed = new PlatformError("connection_lost", { isSent: true, detail: { closeCode: code } });
      options.onLost(this.#error ?? closed);
    });
  }

  /** Writes one frame; nothing will answer it. Rejects with `connection_lost` when it cannot be written. */
  write(text: string): Promise<void> {
    return new Promise((done, fail) => {
      if (this.#socket.readyState !== WebSocket.OPEN)
        return fail(new PlatformError("not_connected", { isSent: false }));
      this.#socket.send(text, (error) =>
        error ? fail(new PlatformError("connection_lost", { isSent: true, cause: error })) : done(),
      );
    });
  }

  /** Ends it from our side; `onLost` is not called. Resolves when the socket is gone. */
  end(): Promise<void> {
    this.#isEnded = true;
    this.#timers.clear();
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((done) => {
      this.#socket.once("close", () => done());
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
      this.#socket.terminate();
    });
  }

  #lose(error: PlatformError): void {
    this.#error ??= error;
    this.#socket.terminate();
  }

  #opened(): void {
    this.#timers.cancel("open");
    this.#watch();
    this.#options.onOpen();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isEnded) return;
    this.#silent = 0;
    const { hooks, token, ownId } = this.#options;
    const text = isBinary ? "" : data.toString();
    const frame = isBinary ? ({ type: "fault", code: "bad_shape", field: "binary" } as const) : readFrame(text, ownId);
    switch (frame.type) {
      case "ping":
        this.write('{"type":"ping"}').catch(() => undefined);
        return;
      case "event":
        hooks.event(frame.inbound, frame.raw);
        return;
      case "fault":
        hooks.log("warn", frame.code, {
          field: frame.field,
          length: text.length,
          start: excerpt(text, [token, ...(text.match(jwt) ?? [])]),
        });
    }
  }

  /** A socket that answers no ping for three intervals looks open and is dead. */
  #watch(): void {
    this.#timers.set("watch", watchMs, () => {
      this.#silent++;
      if (this.#silent > silentWatches) {
        const seconds = Math.round((watchMs * silentWatches) / 1000);
        this.#options.hooks.log("warn", "silent", { seconds });
        const detail = { reason: "silent", seconds };
        return this.#lose(new PlatformError("connection_lost", { isSent: true, detail }));
      }
      this.#watch();
      this.#socket.ping(undefined, undefined, () => undefined);
    });
  }
}

function explain(error: Error): PlatformError {
  if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH")
    return new PlatformError("answer_too_large", { isSent: true, cause: error });
  const status = /^Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (status === "401") return new PlatformError("signed_out_there", { isSent: true, detail: { status: 401 } });
  const known = toPlatformError(error);
  if (known.code !== "not_onebot") return known;
  return new PlatformError("bad_answer", {
    isSent: true,
    detail: status === undefined ? {} : { status: Number(status) },
  });
}
