import { type RawData, WebSocket } from "ws";
import { type Clock, Timers } from "../clock";
import { Correlator } from "../correlator";
import { checkLiteral, guardedLookup, type Resolve } from "../destination";
import { type LinkHooks, maxFrameBytes } from "../driver";
import { PlatformError } from "../error";
import { excerpt } from "../excerpt";
import { toPlatformError } from "../network";
import type { Send } from "../transport";
import { helperCodec } from "./codec";
import type { AnswerFrame } from "./envelope";
import { type Frame, readFrame } from "./frame";

const handshakeMs = 10_000;

/** A socket to the helper, not yet open. Throws PlatformError `destination_refused` for an address that is not allowed. */
export function dial(wsUrl: string, resolve?: Resolve): WebSocket {
  const url = new URL(wsUrl);
  checkLiteral(url);
  return new WebSocket(url, {
    lookup: guardedLookup(resolve),
    maxPayload: maxFrameBytes,
    followRedirects: false,
    perMessageDeflate: false,
  });
}

export interface SessionOptions {
  socket: WebSocket;
  generation: number;
  clock: Clock;
  hooks: Pick<LinkHooks, "event" | "log">;
  /** The helper has greeted: calls may flow. */
  onHello(): void;
  /** Over, for whatever reason; called once, never after `end` by the owner. */
  onLost(error: PlatformError): void;
}

/** One socket to the helper, from its opening to its end. Nothing is sent before the helper's greeting. */
export class Session {
  readonly post: Send;
  readonly #options: SessionOptions;
  readonly #correlator: Correlator<AnswerFrame>;
  readonly #timers: Timers<"handshake">;
  #hasHello = false;
  #isEnded = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
    const { socket } = options;
    this.#correlator = new Correlator(helperCodec, (text, done) => socket.send(text, done), options.generation);
    this.post = (row, body, options) => {
      if (!row.transports.includes("ws"))
        return Promise.reject(new PlatformError("not_offered", { isSent: false, detail: { transport: "ws" } }));
      if (!this.#hasHello) return Promise.reject(new PlatformError("not_connected", { isSent: false }));
      return this.#correlator.send(row, body, options);
    };
    this.#timers.set("handshake", handshakeMs, () => this.lose(new PlatformError("timeout", { isSent: true })));
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // Stays attached to the end: a socket that is torn down while connecting emits its error later.
    socket.on("error", (error) => {
      if (!this.#isEnded) this.lose(this.#explain(error));
    });
    socket.on("close", (code) =>
      this.lose(new PlatformError("connection_lost", { isSent: true, detail: { closeCode: code } })),
    );
  }

  /** Ends it from our side; `onLost` is not called. Resolves when the socket is gone. */
  end(error: PlatformError): Promise<void> {
    this.#finish(error);
    const { socket } = this.#options;
    if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once("close", () => resolve());
      // The goodbye is written at once; waiting for the other side's would leave a timer behind.
      if (socket.readyState === WebSocket.OPEN) socket.close(1000);
      socket.terminate();
    });
  }

  /** Gives it up as lost; every waiting call is rejected. */
  lose(error: PlatformError): void {
    if (!this.#finish(error)) return;
    const { socket, onLost } = this.#options;
    if (socket.readyState !== WebSocket.CLOSED) socket.terminate();
    onLost(error);
  }

  #finish(error: PlatformError): boolean {
    if (this.#isEnded) return false;
    this.#isEnded = true;
    this.#hasHello = false;
    this.#timers.clear();
    this.#correlator.close(error);
    return true;
  }

  #explain(error: Error): PlatformError {
    if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      this.#options.hooks.log("error", "frame_too_large", {});
      return new PlatformError("answer_too_large", { isSent: true, cause: error });
    }
    const known = toPlatformError(error);
    return known.code === "not_onebot" ? new PlatformError("bad_answer", { isSent: true, cause: error }) : known;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isEnded) return;
    const { hooks, onHello } = this.#options;
    const text = isBinary ? "" : data.toString();
    const frame: Frame = isBinary ? { type: "fault", code: "bad_shape", field: "binary" } : readFrame(text);
    switch (frame.type) {
      case "hello":
        if (this.#hasHello) return;
        this.#hasHello = true;
        this.#timers.cancel("handshake");
        onHello();
        return;
      case "answer":
        this.#answered(frame.answer);
        return;
      case "push":
        for (const inbound of frame.inbounds) hooks.event(inbound, frame.raw);
        return;
      case "fault":
        hooks.log("warn", frame.code, { field: frame.field, length: text.length, start: excerpt(text, []) });
        if (frame.key !== undefined) this.#correlator.spoil(frame.key, frame.field);
        if (!this.#hasHello)
          this.lose(new PlatformError("bad_answer", { isSent: true, detail: { field: frame.field } }));
        return;
    }
  }

  #answered(answer: AnswerFrame): void {
    const outcome = this.#correlator.receive(answer);
    if (outcome === "late") this.#options.hooks.log("info", "late_reply", {});
    if (outcome === "foreign") this.#options.hooks.log("info", "foreign_reply", {});
  }
}
