import { v4 as uuid } from "uuid";
import { Watch } from "../simulators/napcat/watch";
import type { Visitor } from "../simulators/visitor";

/** One operator's browser tab: hears the live stream, as the page does, and knows when there is something to read again. */
export class Tab {
  readonly id = uuid();
  /** How many times the desk has said that something changed. */
  heard = 0;
  isOpen = false;
  private readonly watch = new Watch();
  private ending = new AbortController();

  constructor(private readonly visitor: Visitor) {}

  /** Opens the stream; resolves when it stands. Rejects when the desk cannot be reached. */
  async open(): Promise<void> {
    const ending = new AbortController();
    this.ending = ending;
    const input = encodeURIComponent(JSON.stringify({ json: { tab: this.id } }));
    const answer = await this.visitor.fetch(`/api/trpc/live?input=${input}`, {
      headers: { accept: "text/event-stream" },
      signal: ending.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`The live stream answered ${answer.status}.`);
    this.isOpen = true;
    void this.listen(answer.body).finally(() => {
      this.isOpen = false;
      this.touch();
    });
  }

  /** Waits until something changed since `heard` was read, the stream has ended, or `leave` was called. */
  async changed(heard: number): Promise<void> {
    if (!this.isOpen) return;
    await this.watch.until("news", () => (this.heard > heard || !this.isOpen ? true : undefined));
  }

  /** Closes the tab, as a browser does: without a word. */
  close(): void {
    this.ending.abort();
  }

  /** Somebody outside has news for who waits here. */
  touch(): void {
    this.heard += 1;
    this.watch.touch();
  }

  private async listen(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        // Pings and tRPC's own events have a name; ours have none.
        const blocks = decoder.decode(chunk, { stream: true }).split("\n\n");
        if (blocks.some((block) => /^data:/m.test(block) && !/^event:/m.test(block))) this.touch();
      }
    } catch {
      // Cut off by the desk's death, or closed from here.
    }
  }
}
