import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pace } from "@/server/gateway/pace";

const never = new AbortController().signal;

/** A piece of work that ends when told to. */
function latch() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("the pace of one bot", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  it("never has two writes under way, however many are asked for", async () => {
    const pace = new Pace({ writeGapMs: 0, readLimit: 4, writeLimit: 1 });
    let running = 0;
    let most = 0;
    const write = () =>
      pace.run("write", never, async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
      });
    const all = Promise.all([write(), write(), write(), write()]);
    await vi.runAllTimersAsync();
    await all;
    expect(most).toBe(1);
  });

  it("keeps the gap between two writes", async () => {
    const pace = new Pace({ writeGapMs: 400, readLimit: 4, writeLimit: 1 });
    await pace.run("write", never, async () => {});
    let hasRun = false;
    const second = pace.run("write", never, async () => {
      hasRun = true;
    });
    await vi.advanceTimersByTimeAsync(399);
    expect(hasRun).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    await second;
    expect(hasRun).toBe(true);
  });

  it("has no more writes under way than it may, and never begins two within the gap", async () => {
    const pace = new Pace({ writeGapMs: 100, readLimit: 4, writeLimit: 2 });
    const gate = latch();
    const started: number[] = [];
    const write = () =>
      pace.run("write", never, async () => {
        started.push(performance.now());
        await gate.opened;
      });
    const all = Promise.all([write(), write(), write()]);
    await vi.advanceTimersByTimeAsync(99);
    expect(started).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(started).toHaveLength(2);
    gate.open();
    await vi.runAllTimersAsync();
    await all;
    expect(started).toHaveLength(3);
  });

  it("runs reads beside a write, in a bounded number", async () => {
    const pace = new Pace({ writeGapMs: 0, readLimit: 2, writeLimit: 1 });
    const gate = latch();
    let started = 0;
    const work = async () => {
      started += 1;
      await gate.opened;
    };
    const all = [pace.run("write", never, work), ...[1, 2, 3].map(() => pace.run("read", never, work))];
    await vi.runAllTimersAsync();
    expect(started).toBe(3);
    gate.open();
    await Promise.all(all);
    expect(started).toBe(4);
  });

  it("never starts a call that was aborted while it waited", async () => {
    const pace = new Pace({ writeGapMs: 0, readLimit: 1, writeLimit: 1 });
    const gate = latch();
    const first = pace.run("write", never, () => gate.opened);
    const abort = new AbortController();
    const act = vi.fn(async () => {});
    const second = pace.run("write", abort.signal, act);
    const refused = expect(second).rejects.toThrow("given up");
    abort.abort(new Error("given up"));
    await refused;
    gate.open();
    await first;
    await vi.runAllTimersAsync();
    expect(act).not.toHaveBeenCalled();
  });

  it("gives the place back when the work fails", async () => {
    const pace = new Pace({ writeGapMs: 0, readLimit: 1, writeLimit: 1 });
    await expect(pace.run("write", never, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(pace.run("write", never, async () => "next")).resolves.toBe("next");
  });

  it("rejects everybody who waits when it is closed, and leaves no timer", async () => {
    const pace = new Pace({ writeGapMs: 400, readLimit: 1, writeLimit: 1 });
    await pace.run("write", never, async () => {});
    const waiting = expect(pace.run("write", never, async () => {})).rejects.toThrow("closed");
    pace.close(new Error("closed"));
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });
});
