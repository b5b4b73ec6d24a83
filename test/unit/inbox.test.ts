import { describe, expect, it } from "vitest";
import { Inbox } from "@/server/desk/inbox";
import type { Inbound } from "@/server/platforms/arrival";

const event = (name: number): Inbound => ({ type: "other", name: String(name) });
const nameOf = (inbound: Inbound) => (inbound.type === "other" ? Number(inbound.name) : Number.NaN);

/** An inbox whose handling is let go by hand. */
function heldInbox(limit: number) {
  const [handled, overflows]: [number[], string[]] = [[], []];
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const inbox = new Inbox<{ id: string }>(
    async (_bot, inbound) => {
      await gate;
      handled.push(nameOf(inbound));
    },
    (bot) => overflows.push(bot.id),
    limit,
  );
  return { inbox, handled, overflows, release };
}

describe("the inbox of a bot", () => {
  it("hands its events in one after another, in their order", async () => {
    const { inbox, handled, release } = heldInbox(10);
    for (let at = 0; at < 5; at += 1) inbox.put({ id: "a" }, event(at));
    release();
    await inbox.drain();
    expect(handled).toEqual([0, 1, 2, 3, 4]);
  });

  it("keeps no more than its limit, says so once, and takes events again afterwards", async () => {
    const { inbox, handled, overflows, release } = heldInbox(3);
    for (let at = 0; at < 1_000; at += 1) inbox.put({ id: "a" }, event(at));
    expect(overflows).toEqual(["a"]);
    release();
    await inbox.drain();
    expect(handled).toEqual([0, 1, 2]);
    inbox.put({ id: "a" }, event(7));
    await inbox.drain();
    expect(handled).toEqual([0, 1, 2, 7]);
  });

  it("does not make another bot wait or lose anything", async () => {
    const { inbox, handled, overflows, release } = heldInbox(2);
    for (let at = 0; at < 9; at += 1) inbox.put({ id: "flooded" }, event(at));
    inbox.put({ id: "quiet" }, event(42));
    release();
    await inbox.drain();
    expect(handled).toContain(42);
    expect(overflows).toEqual(["flooded"]);
  });
});
