/** One message of one conversation. */
export interface Stored {
  messageId: number;
  /** Its place in the conversation. */
  seq: number;
  peer: { to: "private" | "group"; id: string };
  senderId: string;
  time: number;
  message: unknown;
  /** Faces put under it. */
  faces: Set<string>;
}

/** Everything that was said, oldest first, and which conversations were read. */
export class Chat {
  readonly messages: Stored[] = [];
  readonly read = new Set<string>();
  /** Which name of the reversed order this version listens to; the other is dropped without a word. */
  orderName: "reverseOrder" | "reverse_order" | null = "reverse_order";
  #last = 1_000_000;
  readonly #lines = new Map<string, { said: Stored[]; seq: number }>();

  constructor(private readonly now: () => number) {}

  /** @param time when it was said, for what lies behind; messages are added in their order. */
  add(peer: Stored["peer"], senderId: string, message: unknown, time = this.now()): Stored {
    this.#last += 1;
    const { said, seq } = this.#line(peer);
    const stored = { messageId: this.#last, seq, peer, senderId, time, message, faces: new Set<string>() };
    this.messages.push(stored);
    said.push(stored);
    return stored;
  }

  of(peer: Stored["peer"]): Stored[] {
    return this.#lines.get(`${peer.to} ${peer.id}`)?.said ?? [];
  }

  find(messageId: unknown): Stored | undefined {
    return this.messages.find((each) => String(each.messageId) === String(messageId));
  }

  remove(stored: Stored): void {
    for (const list of [this.messages, this.of(stored.peer)]) {
      const at = list.indexOf(stored);
      if (at >= 0) list.splice(at, 1);
    }
  }

  /** A conversation, and the next place in it: a place is not given twice, although its message was taken back. */
  #line(peer: Stored["peer"]): { said: Stored[]; seq: number } {
    const key = `${peer.to} ${peer.id}`;
    const line = this.#lines.get(key) ?? { said: [], seq: 0 };
    this.#lines.set(key, line);
    line.seq += 1;
    return line;
  }
}
