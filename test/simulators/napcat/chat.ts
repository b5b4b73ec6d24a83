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

  constructor(private readonly now: () => number) {}

  add(peer: Stored["peer"], senderId: string, message: unknown): Stored {
    this.#last += 1;
    const seq = this.of(peer).length + 1;
    const stored = { messageId: this.#last, seq, peer, senderId, time: this.now(), message, faces: new Set<string>() };
    this.messages.push(stored);
    return stored;
  }

  of(peer: Stored["peer"]): Stored[] {
    return this.messages.filter((each) => each.peer.to === peer.to && each.peer.id === peer.id);
  }

  find(messageId: unknown): Stored | undefined {
    return this.messages.find((each) => String(each.messageId) === String(messageId));
  }

  remove(stored: Stored): void {
    this.messages.splice(this.messages.indexOf(stored), 1);
  }
}
