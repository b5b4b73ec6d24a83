import { spawn } from "node:child_process";
import { once } from "node:events";
import { arch, cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import { addressBook } from "./address-book";
import { auditAppend } from "./audit-append";
import { auditPage } from "./audit-page";
import { decision } from "./decision";
import { deskCall } from "./desk-call";
import type { Figure } from "./figure";
import { liveEvent } from "./live-event";
import { manyBots } from "./many-bots";
import { memory } from "./memory";
import { napcatClient } from "./napcat-client";
import { pageLoad } from "./page-load";
import type { Piece } from "./piece";
import { queuePage } from "./queue-page";
import { Stage } from "./stage";
import { start } from "./start";
import { toTable } from "./table";
import { typeCheck } from "./type-check";

/*
 * npm run bench: what the desk costs over what it cannot do without. Each figure stands beside its floor, measured in
 * the same run. Everything is on this machine and ends with the benchmark.
 */
const pieces: readonly Piece[] = [
  ...[deskCall, liveEvent, queuePage, auditPage, auditAppend, decision, start, memory],
  ...[pageLoad, napcatClient, addressBook, manyBots, typeCheck],
];

const usage = `npm run bench [-- options]
  --json         one JSON document on standard output
  --only NAME    this piece alone, may be repeated: ${pieces.map(({ name }) => name).join(", ")}
  --runs N       runs of each piece, at least 5 (default 5)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      runs: { type: "string", default: "5" },
    },
  });
  const runs = Number(values.runs);
  const isKnown = values.only.every((wanted) => pieces.some(({ name }) => name === wanted));
  if (!isKnown || !Number.isInteger(runs) || runs < 5) throw new Error(usage);
  const chosen = pieces.filter(({ name }) => values.only.length === 0 || values.only.includes(name));

  if (chosen.some(({ needsPages }) => needsPages)) await buildPages();

  const results: { name: string; figures: Figure[]; fault: string | null }[] = [];
  for (const piece of chosen) {
    if (isInterrupted) break;
    const { figures, fault } = await run(piece, runs);
    results.push({ name: piece.name, figures, fault });
    if (values.json) continue;
    console.log(`\n${piece.name}`);
    if (figures.length > 0) console.log(toTable(figures));
    if (fault !== null) console.log(`could not be measured: ${fault}`);
  }
  const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? "", platform: platform(), arch: arch() };
  if (values.json) console.log(JSON.stringify({ node: process.version, machine, runs, pieces: results }, null, 2));
  else
    console.log(`\nNode ${process.version}, ${machine.platform} ${machine.arch}, ${machine.cpus} x ${machine.model}`);
  if (isInterrupted || results.some(({ fault }) => fault !== null)) process.exitCode = 1;
}

/** As `npm start` does it; what it says goes where progress goes. */
async function buildPages(): Promise<void> {
  const script = 'import("./scripts/prepare.mjs").then(({ build }) => build()).then((is) => process.exit(is ? 0 : 1))';
  const [code] = await once(spawn(process.execPath, ["-e", script], { stdio: ["ignore", 2, 2] }), "exit");
  if (code !== 0) throw new Error("The pages could not be built.");
}

let current: Stage | null = null;
let isInterrupted = false;

/** One piece on a stage of its own, which is ended whatever comes of it. */
async function run(piece: Piece, runs: number): Promise<{ figures: Figure[]; fault: string | null }> {
  // Progress is not the result: standard output stays clean for --json.
  const say = (line: string) => process.stderr.write(`  ${piece.name}: ${line}\n`);
  const stage = new Stage(runs, say);
  current = stage;
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`given up after ${piece.limitMs / 1_000} s`)), piece.limitMs);
  });
  try {
    return { figures: await Promise.race([piece.measure(stage), late]), fault: null };
  } catch (error) {
    return { figures: [], fault: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(limit);
    await stage.end();
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    void current?.end();
  });
}

main().then(
  // What a piece that was given up has left hanging must not hold the process.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
