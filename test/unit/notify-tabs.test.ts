import { describe, expect, it } from "vitest";
import { type Election, type TabChannel, type TabLife, type TabMessage, Tabs } from "@/components/notify/tabs";

/** The tabs of one browser: what one posts the others hear, and one holds the lock at a time, in order of asking. */
function browser() {
  const listeners = new Set<(message: TabMessage) => void>();
  const channel = (lost: Promise<void>): TabChannel => {
    let own: ((message: TabMessage) => void) | null = null;
    void lost.then(() => own && listeners.delete(own));
    return {
      post: (message) => {
        for (const listener of listeners) if (listener !== own) listener(message);
      },
      hear: (listener) => {
        own = listener;
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  };
  let before: Promise<void> = Promise.resolve();
  const electUntil =
    (lost: Promise<void>): Election =>
    (signal, lead) => {
      const turn = before.then(async () => {
        if (!signal.aborted) await Promise.race([lead(signal), lost]);
      });
      before = turn;
      return turn;
    };
  const ends = new Map<string, Promise<void>>();
  const lifeUntil = (lost: Promise<void>): TabLife => ({
    hold: (tab, signal) => {
      const closed = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      ends.set(tab, Promise.race([closed, lost]));
    },
    ended: async (tab) => await ends.get(tab),
  });
  /** @param lost ends the tab without a word of it, as the end of its process does. */
  return (name: string, lost = new Promise<void>(() => undefined)) =>
    new Tabs(name, channel(lost), electUntil(lost), lifeUntil(lost));
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("of the tabs of one browser", () => {
  it("one speaks, and another takes over when it closes", async () => {
    const open = browser();
    const [one, two, three] = [open("one"), open("two"), open("three")];
    await settle();
    expect([one, two, three].map((tab) => tab.mayTell("/bots/1"))).toEqual([true, false, false]);
    two.close();
    one.close();
    await settle();
    expect([one, two, three].map(({ isSpeaker }) => isSpeaker)).toEqual([false, false, true]);
  });

  it("the one that speaks is silent about what somebody looks at in any of them", async () => {
    const open = browser();
    const [one, two] = [open("one"), open("two")];
    await settle();
    two.look("/requests?kind=friend");
    expect(one.mayTell("/requests?kind=friend")).toBe(false);
    expect(one.mayTell("/requests")).toBe(true);
    two.look(null);
    expect(one.mayTell("/requests?kind=friend")).toBe(true);
    one.look("/requests");
    expect(one.mayTell("/requests")).toBe(false);
  });

  it("whoever takes over asks the others where they look", async () => {
    const open = browser();
    const one = open("one");
    await settle();
    const two = open("two");
    two.look("/bots/1");
    const three = open("three");
    await settle();
    one.close();
    await settle();
    expect(two.isSpeaker).toBe(true);
    expect(two.mayTell("/bots/1")).toBe(false);
    two.close();
    await settle();
    // A closed tab looks at nothing any more.
    expect(three.mayTell("/bots/1")).toBe(true);
  });

  it("one that ended without a word is silent about nothing, whoever speaks", async () => {
    const open = browser();
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    const one = open("one");
    const two = open("two", lost);
    await settle();
    two.look("/bots/1");
    two.look("/bots/2");
    expect(one.mayTell("/bots/2")).toBe(false);
    lose();
    await settle();
    expect(one.mayTell("/bots/2")).toBe(true);
  });

  it("one that spoke and ended without a word is not thought to look anywhere", async () => {
    const open = browser();
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    const one = open("one", lost);
    const [two, three] = [open("two"), open("three")];
    await settle();
    one.look("/bots/1");
    two.look("/bots/2");
    three.look("/bots/3");
    lose();
    await settle();
    expect(["/bots/1", "/bots/2", "/bots/3"].map((place) => two.mayTell(place))).toEqual([true, false, false]);
  });
});
