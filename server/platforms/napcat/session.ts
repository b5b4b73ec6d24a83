import type { Writable } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { Burst } from "../burst";
import { createCall } from "../client";
import { type Clock, Timers } from "../clock";
import { Correlator } from "../correlator";
import type { LinkHooks } from "../driver";
import { PlatformError } from "../error";
import type { Json } from "../json";
import { toPlatformError } from "../network";
import { createTimeWatch } from "../time-watch";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";
import { onebotCodec } from "./codec";
import type { Answer } from "./envelope";
import { deliver, type Frame, logFault, readFrame } from "./frame";

/** NapCat's own default, until a heartbeat says otherwise. */
const defaultInterval = 30_000;
const silentIntervals = 3;
const handshakeMs = 10_000;

export interface SessionOptions {
  socket: WebSocket;
  /** What an accepted socket writes to; one that is dialled tells it itself. */
  stream?: Writable | undefined;
  generation: number;
  token: string;
  accountId: string | null;
  clock: Clock;
  hooks: LinkHooks;
  /** The account answered: calls may flow. */
  onReady(account: { accountId: string; nickname: string }): void;
  /** Over, for whatever reason; called once, never after `end` by the owner. */
  onLost(error: PlatformError): void;
}

/**
 * One socket to one account, dialled or dialled in, from its opening to its end: calls and events share it. Not ready
 * until the account behind it has answered, because NapCat upgrades a socket with a wrong token too.
 */
export class Session {
  readonly send: Send;
  readonly #options: SessionOptions;
  readonly #correlator: Correlator<Answer>;
  readonly #timers: Timers<"handshake" | "watch">;
  readonly #seeTime: (theirs: number) => void;
  #accountId: string | null;
  #interval = defaultInterval;
  /** Intervals without an event, and when the last one came, by the clock. */
  #silent = 0;
  #heardAt: number;
  #hasHeartbeat = false;
  #isReady = false;
  #isEnded = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#accountId = options.accountId;
    this.#timers = new Timers(options.clock);
    this.#heardAt = options.clock.now();
    this.#seeTime = createTimeWatch(options.hooks);
    const { socket } = options;
    const write = new Burst(socket, options.stream).write;
    this.#correlator = new Correlator(onebotCodec, write, options.generation);
    this.send = this.#correlator.send;
    this.#timers.set("handshake", handshakeMs, () => this.#lose(new PlatformError("timeout", { isSent: true })));
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // Stays attached to the end: a socket that is torn down while connecting emits its error later.
    socket.on("error", (error) => {
      if (!this.#isEnded) this.#lose(this.#explain(error));
    });
    socket.on("close", (code) =>
      this.#lose(new PlatformError("connection_lost", { isSent: true, detail: { closeCode: code } })),
    );
    if (socket.readyState === socket.OPEN) void this.#greet();
    else socket.on("open", () => void this.#greet());
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Ends it from our side; `onLost` is not called. Resolves when the socket is gone. */
  end(error: PlatformError): Promise<void> {
    this.#finish(error);
    const { socket } = this.#options;
    if (socket.readyState === socket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once("close", () => resolve());
      // The goodbye is written at once; waiting for the other side's would leave a timer behind.
      if (socket.readyState === socket.OPEN) socket.close(1000);
      socket.terminate();
    });
  }

  #finish(error: PlatformError): boolean {
    if (this.#isEnded) return false;
    this.#isEnded = true;
    this.#isReady = false;
    this.#timers.clear();
    this.#correlator.close(error);
    return true;
  }

  #lose(error: PlatformError): void {
    if (!this.#finish(error)) return;
    const { socket, onLost } = this.#options;
    if (socket.readyState !== socket.CLOSED) socket.terminate();
    onLost(error);
  }

  #explain(error: Error): PlatformError {
    if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      this.#options.hooks.log("error", "frame_too_large", {});
      return new PlatformError("answer_too_large", { isSent: true, cause: error });
    }
    const status = /^Unexpected server response: (\d+)/.exec(error.message)?.[1];
    if (status === "401" || status === "403")
      return new PlatformError("token_rejected", { isSent: true, detail: { status: Number(status) } });
    return toPlatformError(error);
  }

  /** Asks who is there. Its time is the handshake's timer: the connection's end rejects it. */
  async #greet(): Promise<void> {
    const call = createCall(catalogue, this.send, new AbortController().signal);
    try {
      const info = await call("get_login_info", {});
      if (!this.#meet(info.user_id)) return;
      this.#timers.cancel("handshake");
      this.#isReady = true;
      this.#heardAt = this.#options.clock.now();
      this.#watch(this.#interval);
      this.#options.onReady({ accountId: info.user_id, nickname: info.nickname });
    } catch (error) {
      this.#lose(toPlatformError(error));
    }
  }

  /** Is this the account we expect? The first one met is, when none is known. */
  #meet(accountId: string): boolean {
    if (this.#isEnded) return false;
    if (this.#accountId === null) {
      this.#accountId = accountId;
      this.#options.hooks.account(accountId);
    }
    if (this.#accountId === accountId) return true;
    const detail = { expected: this.#accountId, found: accountId };
    this.#lose(new PlatformError("wrong_account", { isSent: true, detail }));
    return false;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isEnded) return;
    const text = isBinary ? "" : data.toString();
    const frame: Frame = isBinary
      ? { type: "fault", code: "bad_shape", field: "binary", isEvent: false }
      : readFrame(text);
    if (frame.type === "fault") {
      logFault(this.#options.hooks, frame, text, this.#options.token);
      if (frame.key !== undefined) this.#correlator.spoil(frame.key, frame.field);
      if (!this.#isReady && !frame.isEvent) this.#lose(new PlatformError("not_onebot", { isSent: true }));
      return;
    }
    if (frame.type === "answer") {
      this.#answered(frame.answer);
      return;
    }
    if (!this.#meet(frame.selfId)) return;
    this.#silent = 0;
    this.#heardAt = this.#options.clock.now();
    if (frame.inbound.type === "heartbeat") this.#beat(frame.inbound.interval, timeIn(frame.raw));
    deliver(this.#options.hooks, frame);
  }

  #answered(answer: Answer): void {
    // Where heartbeats are switched off, an answer is the only sign of life.
    if (!this.#hasHeartbeat) this.#silent = 0;
    const outcome = this.#correlator.receive(answer);
    if (outcome === "late") this.#options.hooks.log("info", "late_reply", { retcode: answer.retcode });
    // A wrong token is told in a frame that answers nothing, after an upgrade that succeeded.
    if (outcome !== "foreign") return;
    if (answer.retcode === 1403 || answer.retcode === 1401)
      this.#lose(new PlatformError("token_rejected", { isSent: true, text: answer.wording || answer.message || null }));
    else this.#options.hooks.log("info", "foreign_reply", { retcode: answer.retcode });
  }

  #beat(interval: number, theirs: number): void {
    this.#hasHeartbeat = true;
    this.#seeTime(theirs);
    if (interval < 1_000 || interval === this.#interval) return;
    this.#interval = interval;
    if (this.#isReady) this.#watch(interval);
  }

  /**
   * One interval without an event is asked about, three end the socket: it looks open and is dead. Events do not set the
   * timer anew, which would be most of the work with one: it finds out when it fires.
   */
  #watch(ms: number): void {
    this.#timers.set("watch", ms, () => {
      const left = this.#heardAt + (this.#silent + 1) * this.#interval - this.#options.clock.now();
      // Timers may fire a little early.
      if (left >= 1) return this.#watch(left);
      this.#silent++;
      if (this.#silent >= silentIntervals) {
        const seconds = Math.round((this.#interval * silentIntervals) / 1000);
        this.#options.hooks.log("warn", "silent", { seconds });
        return this.#lose(
          new PlatformError("connection_lost", { isSent: true, detail: { reason: "silent", seconds } }),
        );
      }
      this.#watch(this.#interval);
      // A server with heartbeats off sends nothing by itself; a call makes it speak.
      if (!this.#hasHeartbeat)
        this.send(catalogue.get_status, {}, { signal: new AbortController().signal }).catch(() => undefined);
    });
  }
}

/** A heartbeat's own time, ms; NaN where it has none. */
function timeIn(raw: Json): number {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return Number.NaN;
  return typeof raw.time === "number" ? raw.time * 1_000 : Number.NaN;
}
