import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Deadline } from "@/server/platforms/deadline";
import { abortError } from "@/server/platforms/network";

/** Never done; rejects as a transport does when its signal aborts. */
function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(abortError(signal, true))));
}

describe("a time limit that calls share", () => {
  it("ends every call that takes too long as a timeout", async () => {
    const deadline = new Deadline(20);
    const { signal } = new AbortController();
    const calls = [deadline.within(signal, hang), deadline.within(signal, hang)];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "timeout" });
  });

  it("a call that nobody holds on to any more is ended all the same", async () => {
    const { signal } = new AbortController();
    const call = new Deadline(100).within(signal, hang);
    // AbortSignal.any over AbortSignal.timeout is collected here with its timer, and the call hangs for ever.
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    if (typeof collect !== "function") throw new Error("garbage cannot be collected on demand");
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    await expect(call).rejects.toMatchObject({ code: "timeout" });
  });

  it("a call that is done leaves the others their time", async () => {
    const deadline = new Deadline(20);
    const { signal } = new AbortController();
    const hanging = deadline.within(signal, hang);
    await expect(deadline.within(signal, async () => "done")).resolves.toBe("done");
    await expect(hanging).rejects.toMatchObject({ code: "timeout" });
  });

  it("after its time is over the next call has a time of its own", async () => {
    const deadline = new Deadline(20);
    const { signal } = new AbortController();
    await expect(deadline.within(signal, hang)).rejects.toMatchObject({ code: "timeout" });
    const isAborted = await deadline.within(signal, async (own) => own.aborted);
    expect(isAborted).toBe(false);
  });

  it("the caller's abort ends its calls and no others', also one that came before", async () => {
    const deadline = new Deadline(60_000);
    const [mine, other] = [new AbortController(), new AbortController()];
    let end = () => {};
    const others = deadline.within(
      other.signal,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const hanging = deadline.within(mine.signal, hang);
    mine.abort(new Error("no longer wanted"));
    await expect(hanging).rejects.toMatchObject({ code: "aborted" });
    await expect(deadline.within(mine.signal, async (own) => own.aborted)).resolves.toBe(true);
    end();
    await expect(others).resolves.toBeUndefined();
  });
});
