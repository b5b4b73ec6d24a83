import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mayHaveHappened, stateOf, toneOf } from "@/components/act-state";
import { ActRegister, cancelAfterMs, lineAfterMs } from "@/components/running-acts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("the acts under way", () => {
  test("a quick act shows nothing", () => {
    const acts = new ActRegister();
    const end = acts.begin(() => undefined);
    vi.advanceTimersByTime(lineAfterMs - 1);
    end();
    vi.advanceTimersByTime(cancelAfterMs);
    expect(acts.read()).toEqual({ isShown: false, late: [] });
  });

  test("a slow one shows a line, then offers to cancel it, and takes both away when it ends", () => {
    const acts = new ActRegister();
    const cancel = vi.fn();
    const told = vi.fn();
    acts.subscribe(told);
    const end = acts.begin(cancel);
    vi.advanceTimersByTime(lineAfterMs);
    expect(acts.read()).toEqual({ isShown: true, late: [] });
    vi.advanceTimersByTime(cancelAfterMs - lineAfterMs);
    acts.read().late[0]?.cancel();
    expect(cancel).toHaveBeenCalledOnce();
    end();
    expect(acts.read()).toEqual({ isShown: false, late: [] });
    expect(told).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("of several the oldest is offered first", () => {
    const acts = new ActRegister();
    acts.begin(() => undefined);
    const end = acts.begin(() => undefined);
    vi.advanceTimersByTime(cancelAfterMs);
    expect(acts.read().late.map(({ id }) => id)).toEqual([1, 2]);
    end();
    expect(acts.read().late.map(({ id }) => id)).toEqual([1]);
  });
});

describe("how an act went", () => {
  test("only what was seen to have happened is green", () => {
    expect(toneOf(stateOf({ state: "confirmed" }))).toBe("good");
    expect(toneOf(stateOf({ state: "sent" }))).toBe("busy");
    for (const result of [{ id: "1" }, null, undefined, "confirmed", { state: "failed" }])
      expect(toneOf(stateOf(result))).toBe("calm");
  });

  test("what may have happened is told apart from what did not", () => {
    for (const code of ["timeout", "aborted", "connection_lost", "result_unknown", "offline"] as const)
      expect(mayHaveHappened(code)).toBe(true);
    for (const code of ["forbidden", "not_connected", "platform_refused", "rejected_input"] as const)
      expect(mayHaveHappened(code)).toBe(false);
  });
});
