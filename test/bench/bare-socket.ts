import { once } from "node:events";
import WebSocket from "ws";

/** The floor of everything that goes to a simulator: a bare socket, no checks, no record, nothing but the wire. */
export class BareSocket {
  private readonly waiting = new Map<string, () => void>();
  private calls = 0;
  /** Told each event's raw text. */
  onEvent: (text: string) => void = () => {};

  private constructor(private readonly socket: WebSocket) {
    socket.on("message", (data) => {
      const text = String(data);
      // Written by `call`, digits only; an event has none.
      const echo = /"echo":"(\d+)"/.exec(text)?.[1];
      if (echo === undefined) return this.onEvent(text);
      this.waiting.get(echo)?.();
      this.waiting.delete(echo);
    });
  }

  static async open({ wsUrl, token }: { wsUrl: string; token: string }): Promise<BareSocket> {
    const socket = new WebSocket(wsUrl, { headers: { authorization: `Bearer ${token}` } });
    const bare = new BareSocket(socket);
    await once(socket, "open");
    return bare;
  }

  /** Resolves when the answer is there, whatever it says. */
  call(action: string, params: Record<string, unknown> = {}): Promise<void> {
    this.calls += 1;
    const echo = String(this.calls);
    return new Promise((resolve) => {
      this.waiting.set(echo, resolve);
      this.socket.send(JSON.stringify({ action, params, echo }));
    });
  }

  async close(): Promise<void> {
    this.socket.terminate();
  }
}
