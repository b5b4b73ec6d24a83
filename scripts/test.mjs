import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, checkNode, generate, install } from "./prepare.mjs";
import { fail, run, step } from "./stage.mjs";
import { weigh } from "./weight.mjs";

/**
 * Everything, from a bare checkout: types, lint, unit and integration, build, browser. A stage that fails does not hide
 * the others. The last line is `N passed, M failed`, where a check counts as one and tests count one by one.
 * `--only checks|tests|e2e|screenshots` runs a part.
 */
const { only } = readArguments();
const scratch = mkdtempSync(path.join(tmpdir(), "gatehouse-report-"));
const total = { passed: 0, failed: 0 };

checkNode();
await install();
await generate();
if (only === null || only === "checks") await checks();
// Built before the tests: those of the start run the real server, pages and all.
const isBuilt = only === "checks" || (await check("build", async () => ((await build()) ? 0 : 1)));
if (isBuilt && only === null) await check("weight of the pages", weigh);
if (only === null || only === "tests") await tests();
if (isBuilt && (only === null || only === "e2e" || only === "screenshots")) await browser();
rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

async function checks() {
  const next = "node_modules/next/dist/bin/next";
  // Types of CSS modules and routes come from Next; on a bare checkout it has not written them yet.
  await check("types", async () => {
    const written = await run(process.execPath, [next, "typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
    return written || run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"]);
  });
  await check("lint", () =>
    run(process.execPath, ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]),
  );
}

async function tests() {
  step("unit and integration tests");
  const report = path.join(scratch, "vitest.json");
  const status = await run(process.execPath, [
    ...["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"],
    `--outputFile.json=${report}`,
  ]);
  const told = readReport(report);
  count(status, Number(told?.numPassedTests ?? 0), Number(told?.numFailedTests ?? 0));
}

async function browser() {
  const { findBrowser } = await import("./browser.mjs");
  const found = await findBrowser();
  if ("problem" in found) {
    console.error(found.problem);
    total.failed += 1;
    return;
  }
  step(`browser tests in ${found.path}`);
  const report = path.join(scratch, "playwright.json");
  const status = await run(
    process.execPath,
    [
      "node_modules/@playwright/test/cli.js",
      "test",
      "--reporter=list,json",
      ...(only === "screenshots" ? ["screenshots"] : []),
    ],
    {
      CHROMIUM_PATH: found.path,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      // Pictures are made when they are asked for: an ordinary run leaves the working copy as it was.
      ...(only === "screenshots" ? { SCREENSHOTS: "1" } : {}),
    },
  );
  const stats = readReport(report)?.stats;
  count(status, Number(stats?.expected ?? 0), Number(stats?.unexpected ?? 0) + Number(stats?.flaky ?? 0));
}

/** @param {string} name @param {() => Promise<number>} task */
async function check(name, task) {
  step(name);
  const status = await task();
  count(status, status === 0 ? 1 : 0, status === 0 ? 0 : 1);
  if (status !== 0) console.error(`${name}: failed`);
  return status === 0;
}

/** A stage that failed with no failed test (a crash, a broken file, nothing found) is a failure all the same. @param {number} status @param {number} passed @param {number} failed */
function count(status, passed, failed) {
  total.passed += passed;
  total.failed += failed > 0 || status === 0 ? failed : 1;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function readArguments() {
  const [flag, value, ...rest] = process.argv.slice(2);
  if (flag === undefined) return { only: null };
  const parts = ["checks", "tests", "e2e", "screenshots"];
  if (flag !== "--only" || value === undefined || !parts.includes(value) || rest.length > 0) {
    fail(`Usage: npm test [-- --only ${parts.join("|")}]`);
  }
  return { only: value };
}
