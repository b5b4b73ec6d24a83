import { existsSync } from "node:fs";
import path from "node:path";
import { run, step } from "./stage.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const wellKnown = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** What Chromium needs where it runs as root or without a display, and what keeps it off the network. */
export const browserFlags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A Chromium for the tests: CHROMIUM_PATH, else an installed one, else Playwright's download, else (Debian, root) the
 * distribution's package.
 * @returns {Promise<{ path: string } | { problem: string }>}
 */
export async function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted !== undefined && wanted !== "") {
    return existsSync(wanted)
      ? { path: wanted }
      : { problem: `CHROMIUM_PATH: there is no ${wanted}. Example: CHROMIUM_PATH=/usr/bin/chromium` };
  }
  const installed = findInstalled();
  if (installed !== null) return { path: installed };
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath() };
  step("no browser here: trying Playwright's own");
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath() };
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    step("trying the distribution's chromium");
    await run("apt-get", ["update", "-q"]);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
      DEBIAN_FRONTEND: "noninteractive",
    });
    const packaged = findInstalled();
    if (packaged !== null) return { path: packaged };
  }
  return { problem: "No browser: install Chromium or Chrome, or name one with CHROMIUM_PATH=/path/to/chromium." };
}

/** The Chromium named by CHROMIUM_PATH or installed here, or null; nothing is downloaded. */
export function installedBrowser() {
  return process.env.CHROMIUM_PATH || findInstalled();
}

function findInstalled() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const candidates = [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...wellKnown];
  return candidates.find((file) => existsSync(file)) ?? null;
}
