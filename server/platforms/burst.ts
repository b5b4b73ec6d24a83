import type { Writable } from "node:stream";
import type { WebSocket } from "ws";

/**
 * Writes to a WebSocket so that all frames of one turn of the event loop leave in one system call: with many calls in
 * flight, answers come in bunches and so do the calls that they let start. Nothing waits longer than the turn.
 */
export class Burst {
  #stream: Writable | null;
  #isHeld = false;

  /** @param stream what `socket` writes to, when it is open already. */
  constructor(
    private readonly socket: WebSocket,
    stream: Writable | null = null,
  ) {
    this.#stream = stream;
    socket.once("upgrade", (response) => {
      this.#stream = response.socket;
    });
  }

  readonly write = (text: string, done: (error?: Error | null) => void): void => {
    if (this.#stream !== null && !this.#isHeld) {
      this.#isHeld = true;
      this.#stream.cork();
      process.nextTick(this.#release);
    }
    this.socket.send(text, done);
  };

  readonly #release = (): void => {
    this.#isHeld = false;
    this.#stream?.uncork();
  };
}
