import { randomUUID } from "node:crypto";
import type { Fact } from "@/lib/live";

/** So many facts are remembered; who was away longer reads everything again. */
const most = 1_000;

/**
 * What was told lately, so that a browser that begins to listen can be told what came between the drawing of its page
 * and now. A position is `<span>.<facts told in it>`; a span ends when facts may have been missed.
 */
export class Recent {
  #span = randomUUID();
  #told = 0;
  #facts: Fact[] = [];

  add(fact: Fact): void {
    this.#told += 1;
    this.#facts.push(fact);
    // Not one by one: taking the first away moves all others.
    if (this.#facts.length >= 2 * most) this.#facts = this.#facts.slice(-most);
  }

  /** Facts may have been missed: what anybody heard before says nothing of what there is to read. */
  begin(): void {
    this.#span = randomUUID();
    this.#told = 0;
    this.#facts = [];
  }

  /** Where the telling stands. Ask before reading, so that what changes meanwhile is told afterwards. */
  position(): string {
    return `${this.#span}.${this.#told}`;
  }

  /** What was told after `position`, oldest first; null when that is not known any more. Any text may be handed in. */
  since(position: string): readonly Fact[] | null {
    const [, span, count = ""] = /^(.+)\.(\d{1,15})$/.exec(position) ?? [];
    const behind = this.#told - Number(count);
    if (span !== this.#span || behind < 0 || behind > this.#facts.length) return null;
    return behind === 0 ? [] : this.#facts.slice(-behind);
  }
}
