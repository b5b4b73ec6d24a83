import { describe, expect, it } from "vitest";
import { Batched } from "@/server/db/batched";

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a batched look-up", () => {
  it("asks at once for the first and together for all who came meanwhile", async () => {
    const asked: number[][] = [];
    const answers: (() => void)[] = [];
    const batched = new Batched<object, number, string>(async (_, keys) => {
      asked.push([...keys]);
      await new Promise<void>((resolve) => answers.push(resolve));
      return keys.map((key) => `answer ${key}`);
    });
    const owner = {};
    const all = [1, 2, 3].map((key) => batched.ask(owner, key));
    expect(asked).toEqual([[1]]);
    answers[0]?.();
    expect(await all[0]).toBe("answer 1");
    await tick();
    expect(asked).toEqual([[1], [2, 3]]);
    const late = batched.ask(owner, 4);
    answers[1]?.();
    expect(await Promise.all(all)).toEqual(["answer 1", "answer 2", "answer 3"]);
    await tick();
    answers[2]?.();
    expect(await late).toBe("answer 4");
    expect(asked).toEqual([[1], [2, 3], [4]]);
  });

  it("that fails fails for those it was made for alone", async () => {
    let turns = 0;
    const batched = new Batched<object, number, number>(async (_, keys) => {
      turns += 1;
      await tick();
      if (turns === 2) throw new Error("gone");
      return [...keys];
    });
    const owner = {};
    const [first, second, third] = [batched.ask(owner, 1), batched.ask(owner, 2), batched.ask(owner, 3)];
    const refused = Promise.all([expect(second).rejects.toThrow("gone"), expect(third).rejects.toThrow("gone")]);
    expect(await first).toBe(1);
    await refused;
    expect(await batched.ask(owner, 4)).toBe(4);
  });

  it("of one database knows nothing of another's", async () => {
    const batched = new Batched<{ name: string }, number, string>(async ({ name }, keys) =>
      keys.map((key) => `${name} ${key}`),
    );
    const [one, two] = [{ name: "one" }, { name: "two" }];
    const asked = [batched.ask(one, 1), batched.ask(two, 1), batched.ask(one, 2), batched.ask(two, 2)];
    expect(await Promise.all(asked)).toEqual(["one 1", "two 1", "one 2", "two 2"]);
  });
});
