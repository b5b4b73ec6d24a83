/** How much is measured: so many runs of so many samples, after a warm-up that does not count. */
export interface Plan {
  runs: number;
  each: number;
  warmUp?: number;
}

/**
 * Times several things by turns, so that whatever else the machine does meanwhile hits them alike. Every `each` of a
 * run asks each of them once; the order turns with every round. Answers their samples in ms, in the order given.
 */
export async function takeTurns(plan: Plan, things: readonly (() => Promise<unknown>)[]): Promise<number[][]> {
  const samples = things.map((): number[] => []);
  for (let count = 0; count < (plan.warmUp ?? plan.each); count += 1) for (const thing of things) await thing();
  for (let count = 0; count < plan.runs * plan.each; count += 1) {
    for (let turn = 0; turn < things.length; turn += 1) {
      const at = (turn + count) % things.length;
      const thing = things[at];
      if (thing) samples[at]?.push(await time(thing));
    }
  }
  return samples;
}

/** How long it takes, ms. */
export async function time(thing: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await thing();
  return performance.now() - startedAt;
}

/** Runs `thing` `count` times, so many at once. Answers how often a second it went. */
export async function rate(count: number, atOnce: number, thing: (at: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      next += 1;
      await thing(next);
    }
  };
  const ms = await time(() => Promise.all(Array.from({ length: atOnce }, work)));
  return (count / ms) * 1_000;
}
