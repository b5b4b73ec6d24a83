import { describe, expect, it } from "vitest";
import { Shared } from "@/server/db/shared";

/** A read that answers when it is told to, and says how often it began. */
function slowRead() {
  const begun: PromiseWithResolvers<string>[] = [];
  const run = () => {
    const read = withResolvers<string>();
    begun.push(read);
    return read.promise;
  };
  return { begun, run };
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

/** Promise.withResolvers is not in Node 20. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe("a shared read", () => {
  const owner = {};

  it("is begun once for all who ask while another is under way, and only after that one", async () => {
    const shared = new Shared<string>();
    const { begun, run } = slowRead();
    const first = shared.read(owner, "key", run);
    const late = [shared.read(owner, "key", run), shared.read(owner, "key", run)];
    expect(begun).toHaveLength(1);
    begun[0]?.resolve("before the change");
    expect(await first).toBe("before the change");
    await Promise.resolve();
    expect(begun).toHaveLength(2);
    begun[1]?.resolve("after the change");
    expect(await Promise.all(late)).toEqual(["after the change", "after the change"]);
  });

  it("that has begun is not shared with who asks later, however many turns there were", async () => {
    const shared = new Shared<string>();
    const { begun, run } = slowRead();
    const answers: Promise<string>[] = [shared.read(owner, "key", run)];
    for (let turn = 0; turn < 5; turn += 1) {
      answers.push(shared.read(owner, "key", run));
      begun[turn]?.resolve(`turn ${turn}`);
      await answers[turn];
      await Promise.resolve();
      expect(begun).toHaveLength(turn + 2);
    }
    begun[5]?.resolve("turn 5");
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3, 4, 5].map((turn) => `turn ${turn}`));
  });

  it("is not remembered when it is over", async () => {
    const shared = new Shared<string>();
    let reads = 0;
    const run = async () => String(++reads);
    expect(await shared.read(owner, "key", run)).toBe("1");
    expect(await shared.read(owner, "key", run)).toBe("2");
  });

  it("fails for those who share it and for nobody after them", async () => {
    const shared = new Shared<string>();
    const { begun, run } = slowRead();
    const first = shared.read(owner, "key", run);
    const second = shared.read(owner, "key", run);
    begun[0]?.reject(new Error("gone"));
    await expect(first).rejects.toThrow("gone");
    await Promise.resolve();
    begun[1]?.resolve("back");
    expect(await second).toBe("back");
  });

  it("of another key or another database is another read", () => {
    const shared = new Shared<string>();
    const { begun, run } = slowRead();
    void shared.read(owner, "key", run);
    void shared.read(owner, "other", run);
    void shared.read({}, "key", run);
    expect(begun).toHaveLength(3);
  });
});
