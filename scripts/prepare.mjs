import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { finishAssets } from "./asset.mjs";
import { fail, hashOf, readIfThere, root, run, step } from "./stage.mjs";

/** Stops with one line where Node is too old for what we use. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Gatehouse needs Node 20.19 or later; this is ${process.versions.node}. Install a newer one from https://nodejs.org`,
  );
}

/** Installs the packages unless exactly those of package-lock.json are there. */
export async function install() {
  if (isInstalled()) return;
  step("installing packages (npm ci)");
  // No package of ours needs its install script: server/db/binaries.ts makes the one set of links that matters.
  const status = await run("npm", ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], {
    NODE_ENV: "development",
  });
  if (status !== 0) fail("The packages could not be installed: see npm's messages above. Is the registry reachable?");
}

/** npm keeps its own account of what it installed, so no stamp of ours can be wrong about it. */
function isInstalled() {
  const wanted = readIfThere("package-lock.json");
  const present = readIfThere("node_modules/.package-lock.json");
  if (wanted === null || present === null) return false;
  /** @type {Record<string, { version?: string, optional?: boolean }>} */
  const installed = JSON.parse(present).packages;
  /** @type {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
  const packages = JSON.parse(wanted).packages;
  return Object.entries(packages).every(([name, { version, optional }]) => {
    if (name === "") return true;
    const there = installed[name];
    return there === undefined ? optional === true : there.version === version;
  });
}

/** Makes Prisma's client unless it is that of the schema. */
export async function generate() {
  const stampFile = "server/db/generated/.stamp";
  const stamp = hashOf(["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"]);
  if (readIfThere(stampFile) === stamp) return;
  step("generating the database client");
  const status = await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    // Prisma insists on a native engine, which it would download. Generating never runs it, so any program will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  if (status !== 0) fail("The database client could not be generated: see the messages above.");
  mkdirSync(path.dirname(path.join(root, stampFile)), { recursive: true });
  writeFileSync(path.join(root, stampFile), stamp);
}

const sources = [
  "app",
  "components",
  "lib",
  "server",
  "public",
  "scripts/asset.mjs",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the pages unless their sources are those of the last build. Answers whether they are there. */
export async function build() {
  const stampFile = ".next/gatehouse-build";
  const stamp = hashOf(sources, (file) => file.endsWith(".stamp"));
  if (readIfThere(stampFile) === stamp && readIfThere(".next/BUILD_ID") !== null) return true;
  step("building the pages (a minute or so, once)");
  rmSync(path.join(root, stampFile), { force: true });
  const status = await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  if (status !== 0) return false;
  await finishAssets();
  writeFileSync(path.join(root, stampFile), stamp);
  return true;
}
