import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "@/server/db/embedded";
import { migrate } from "@/server/db/migrate";
import { createLogger } from "@/server/log";
import { long, type Scale, short } from "./scale";
import { randomSeed } from "./seed";
import { soak } from "./soak";

/*
 * npm run soak: many operators, a platform where everything goes wrong, and a desk killed again and again; nothing may
 * happen twice and nothing may be lost. Exits with 1 when something did, and says what.
 *
 * What a seed replays: who asks, how, and which of them share a second; which call of which action goes wrong, and how;
 * after how many calls, acts or answers the desk is killed; and what each operator is up to in each of their turns. What
 * it cannot replay is the order in which twenty operators, a server and a database come to their turns: which requests
 * an operator sees is the moment's, and with it what their choice hits. The same seed makes the same kind of storm, and
 * a fault that depends on a race may need more than one run of it.
 */
const usage = `npm run soak [-- options]
  --seed N        the seed of an earlier run
  --short         as in npm test: ${short.operators} operators, ${short.requests} requests, ${short.kills} kills
  --operators N, --requests N, --kills N`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      short: { type: "boolean", default: false },
      operators: { type: "string" },
      requests: { type: "string" },
      kills: { type: "string" },
    },
  });
  const base = values.short ? short : long;
  const scale: Scale = {
    ...base,
    operators: toCount(values.operators, base.operators),
    requests: toCount(values.requests, base.requests),
    kills: toCount(values.kills, base.kills),
  };
  const seed = toCount(values.seed, randomSeed());
  const startedAt = performance.now();
  const say = (line: string) =>
    console.log(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s] ${line}`);
  say(`seed ${seed}: ${scale.operators} operators, ${scale.requests} requests, ${scale.kills} kills`);
  const directory = await mkdtemp(path.join(tmpdir(), "gatehouse-soak-"));
  owned.push(() => rm(directory, { recursive: true, force: true }));
  const embedded = await startEmbedded(path.join(directory, "database"), createLogger("error"));
  owned.push(() => embedded.stop());
  await migrate(embedded.url);
  const { violations, ...figures } = await soak({
    ...{ databaseUrl: embedded.url, dataDir: path.join(directory, "desk"), scale, seed, say },
  });
  console.log(JSON.stringify(figures, null, 2));
  for (const violation of violations) console.error(`VIOLATION ${violation}`);
  const verdict = violations.length === 0 ? "nothing twice, nothing lost" : `${violations.length} violations`;
  say(`seed ${seed}: ${verdict}`);
  return violations.length === 0 ? 0 : 1;
}

const owned: (() => Promise<unknown>)[] = [];

function toCount(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(usage);
  return value;
}

async function end(code: number): Promise<never> {
  for (const each of owned.splice(0).toReversed()) await each().catch((cause: unknown) => console.error(cause));
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end(130));

main().then(end, async (cause: unknown) => {
  console.error(cause instanceof Error ? (cause.stack ?? cause.message) : cause);
  await end(1);
});
