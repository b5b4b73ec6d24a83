import { PlatformError } from "./error";
import { abortError } from "./network";
import type { Row } from "./row";
import type { HttpCall, Send } from "./transport";

/** A platform's way of marking which answer belongs to which call. */
export interface Codec<Frame> {
  encode(row: Row, input: unknown, key: string): string;
  /** The same call as HTTP would carry it. */
  toHttp(row: Row, input: unknown): HttpCall;
  /** The key of the call that `frame` answers, or null. */
  keyOf(frame: Frame): string | null;
  /** The unwrapped data. Throws PlatformError when the platform said no. */
  decode(row: Row, frame: Frame): unknown;
}

/**
 * The calls under way that one signal ends. One listener for all of them: adding one to a signal that has many walks
 * through them all, and calls of the same moment share a signal (see deadline.ts). It stays when the last of them is
 * done, until calls come with another signal: one at a time would each time add and remove it.
 */
class Company {
  readonly #calls = new Set<Waiting>();

  constructor(
    private readonly signal: AbortSignal,
    private readonly all: Map<AbortSignal, Company>,
  ) {
    all.set(signal, this);
    signal.addEventListener("abort", this);
  }

  add(call: Waiting): void {
    this.#calls.add(call);
  }

  remove(call: Waiting): void {
    this.#calls.delete(call);
  }

  /** Nobody is left in it: lets go of the signal. */
  leaveWhenEmpty(): void {
    if (this.#calls.size > 0) return;
    this.signal.removeEventListener("abort", this);
    this.all.delete(this.signal);
  }

  handleEvent(): void {
    for (const call of [...this.#calls]) call.reject(abortError(this.signal, true));
  }
}

/** One call under way. */
class Waiting {
  constructor(
    private readonly key: string,
    readonly row: Row,
    private readonly company: Company,
    private readonly all: Map<string, Waiting>,
    private readonly settle: { resolve(data: unknown): void; reject(error: PlatformError): void },
  ) {
    all.set(key, this);
    company.add(this);
  }

  resolve(data: unknown): void {
    if (this.leave()) this.settle.resolve(data);
  }

  reject(error: PlatformError): void {
    if (this.leave()) this.settle.reject(error);
  }

  private leave(): boolean {
    if (!this.all.delete(this.key)) return false;
    this.company.remove(this);
    return true;
  }
}

/**
 * Matches answers to calls on one connection. It lives and dies with its socket: `generation` is part of every key, so
 * that nothing an older socket still delivers can answer a call of this one. Time is the caller's signal.
 */
export class Correlator<Frame> {
  readonly #waiting = new Map<string, Waiting>();
  readonly #companies = new Map<AbortSignal, Company>();
  #closed: PlatformError | null = null;
  #count = 0;

  constructor(
    private readonly codec: Codec<Frame>,
    private readonly write: (text: string, done: (error?: Error | null) => void) => void,
    private readonly generation: number,
  ) {}

  readonly send: Send = (row, input, { signal, onWire }) =>
    new Promise((resolve, reject) => {
      if (this.#closed !== null) return reject(new PlatformError("not_connected", { isSent: false }));
      if (signal.aborted) return reject(abortError(signal, false));
      const key = `${this.generation}.${++this.#count}`;
      // Registered before it is sent: an answer may arrive before `write` returns.
      const company = this.#companies.get(signal) ?? this.#join(signal);
      const waiting = new Waiting(key, row, company, this.#waiting, { resolve, reject });
      const text = this.codec.encode(row, input, key);
      onWire?.({ over: "ws", frame: JSON.parse(text), http: this.codec.toHttp(row, input) });
      this.write(text, (error) => {
        if (error) waiting.reject(new PlatformError("connection_lost", { isSent: true, cause: error }));
      });
    });

  /** `settled` a call; `late`: its call is over, dropped; `foreign`: not an answer to a call of this connection. */
  receive(frame: Frame): "settled" | "late" | "foreign" {
    const key = this.codec.keyOf(frame);
    if (key === null) return "foreign";
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return key.startsWith(`${this.generation}.`) ? "late" : "foreign";
    try {
      waiting.resolve(this.codec.decode(waiting.row, frame));
    } catch (error) {
      waiting.reject(
        error instanceof PlatformError ? error : new PlatformError("bad_answer", { isSent: true, cause: error }),
      );
    }
    return "settled";
  }

  /** An answer under this key came and cannot be read: the call that waits for it, if any, is told at once. */
  spoil(key: string, field: string): void {
    this.#waiting.get(key)?.reject(new PlatformError("bad_answer", { isSent: true, detail: { field } }));
  }

  #join(signal: AbortSignal): Company {
    for (const other of this.#companies.values()) other.leaveWhenEmpty();
    return new Company(signal, this.#companies);
  }

  /** Rejects every waiting call: each may have been carried out. Later calls are `not_connected`. */
  close(error: PlatformError): void {
    this.#closed ??= error;
    for (const waiting of [...this.#waiting.values()]) {
      waiting.reject(new PlatformError(error.code, { isSent: true, text: error.text, cause: error }));
    }
    for (const company of this.#companies.values()) company.leaveWhenEmpty();
  }

  get size(): number {
    return this.#waiting.size;
  }
}
