import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Gather } from "@/components/shell/gather";

// The clock is the thing itself here: nothing is waited for.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what comes in bursts", () => {
  it("is handed on at once, then together after each pause, then at once again", () => {
    const handed: number[][] = [];
    const gather = new Gather<number>(250, (items) => handed.push([...items]));
    gather.put(1);
    expect(handed).toEqual([[1]]);
    gather.put(2);
    gather.put(3);
    vi.advanceTimersByTime(249);
    expect(handed).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    expect(handed).toEqual([[1], [2, 3]]);
    gather.put(4);
    expect(handed).toHaveLength(2);
    vi.advanceTimersByTime(250);
    expect(handed).toEqual([[1], [2, 3], [4]]);
    vi.advanceTimersByTime(250);
    gather.put(5);
    expect(handed).toEqual([[1], [2, 3], [4], [5]]);
  });

  it("is dropped when nobody wants it any more", () => {
    const handed: number[][] = [];
    const gather = new Gather<number>(250, (items) => handed.push([...items]));
    gather.put(1);
    gather.put(2);
    gather.stop();
    vi.advanceTimersByTime(1_000);
    expect(handed).toEqual([[1]]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
