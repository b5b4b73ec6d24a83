import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { root } from "./stage.mjs";

/** Script of a page before anything in it is opened, gzip, bytes. */
const most = 250_000;

/** Where the day is spent. One that is not built has no weight. */
const pages = ["requests", "audit", "groups", "groups/[bot]/[group]", "chats", "friends"];

/**
 * Weighs the built pages by Next's own manifests: what every page starts with, and what the page and the frames around it
 * ask for. Answers 0 when each is within the limit.
 */
export async function weigh() {
  let found = 0;
  const heavy = pages.filter((page) => {
    const files = scriptsOf(page);
    if (files === null) return false;
    found += 1;
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(root, ".next", `${file}.gz`)).size, 0);
    console.log(`/${page}: ${Math.round(bytes / 1000)} kB of script, at most ${most / 1000}`);
    return bytes > most;
  });
  if (found === 0) throw new Error("No page was found where Next puts them");
  if (heavy.length === 0) return 0;
  console.error(
    `${heavy.map((page) => `/${page}`).join(", ")}: too heavy. What is drawn only when it is opened comes with next/dynamic; menus, tips, dialogues and drawers stand in components/.`,
  );
  return 1;
}

/** @param {string} page @returns {string[] | null} */
function scriptsOf(page) {
  const file = path.join(root, ".next/server/app/(desk)", page, "page_client-reference-manifest.js");
  /** @type {string} */
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  // The manifest is a script that puts its table under a global name.
  /** @type {{ globalThis: { __RSC_MANIFEST?: Record<string, { entryJSFiles: Record<string, string[]> }> } }} */
  const place = { globalThis: {} };
  vm.runInNewContext(text, place);
  const [manifest] = Object.values(place.globalThis.__RSC_MANIFEST ?? {});
  if (!manifest) throw new Error(`${file} is not as Next wrote it when this was made`);
  /** @type {{ rootMainFiles: string[] }} */
  const { rootMainFiles } = JSON.parse(readFileSync(path.join(root, ".next/build-manifest.json"), "utf8"));
  return [...new Set([...rootMainFiles, ...Object.values(manifest.entryJSFiles).flat()])];
}
