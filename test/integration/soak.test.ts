import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createTestDatabase } from "../database";
import { short } from "../soak/scale";
import { randomSeed } from "../soak/seed";
import { soak } from "../soak/soak";

const seed = Number(process.env.SEED ?? randomSeed());

it(`a desk killed under its operators does nothing twice and loses nothing (SEED=${seed}; the long form: npm run soak)`, {
  timeout: short.limitMs + 60_000,
}, async () => {
  const store = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), "gatehouse-test-"));
  try {
    const report = await soak({ databaseUrl: store.url, dataDir, scale: short, seed, say: () => undefined });
    expect(report.violations).toEqual([]);
    expect(report.deaths).toBe(short.kills);
    expect(Object.values(report.requests).reduce((sum, count) => sum + count, 0)).toBe(
      // At the end one more comes for each operator.
      short.requests + short.operators,
    );
  } finally {
    await store.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
