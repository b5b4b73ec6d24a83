import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chosenZoneCookie, localeCookie, timeZoneCookie } from "@/lib/locale";
import { browserFlags, installedBrowser } from "../../scripts/browser.mjs";
import { type Figure, toFigure, type Unit } from "./figure";
import { Ground, type Scene, scenes } from "./page-scene";
import { type Life, type Load, PageWatch } from "./page-watch";
import type { Piece } from "./piece";
import type { Stage } from "./stage";

/** What every browser that signed in has told: the language, its time zone, and that none was chosen. */
const settled = { [localeCookie]: "en", [timeZoneCookie]: "UTC", [chosenZoneCookie]: "" };
/** Events that arrive while the page is used: so many a second, for so long. */
const eventsASecond = 20;
const livelySeconds = 6;
/** Between two acts of somebody who uses the page, ms. */
const pauseMs = 100;
/** The browser goes on ending the page before for a while, which is not the next one's to pay for, ms. */
const breathMs = 1_000;
/** What an hour brings at one event a second; replayed as fast as the desk takes them. */
const hour = 3_600;

const loads: readonly { key: keyof Load; what: string; unit: Unit; most?: number }[] = [
  { key: "script", what: "script, compressed", unit: "kB", most: 250 },
  { key: "style", what: "style, compressed", unit: "kB" },
  { key: "firstPaint", what: "first contentful paint", unit: "ms" },
  { key: "largestPaint", what: "largest contentful paint", unit: "ms" },
  { key: "firstRow", what: "first row can be acted on", unit: "ms", most: 1_000 },
  { key: "blocking", what: "total blocking time", unit: "ms", most: 250 },
];

const lives: readonly { key: keyof Life; what: string; most: number }[] = [
  { key: "interaction", what: "interaction to next paint", most: 100 },
  { key: "longestTask", what: "longest task", most: 100 },
];

/**
 * The pages that are open all day, in Chromium with the processor slowed four times and an empty cache, with data on
 * them: how heavy they are, when they can be used, and how they stay usable while 20 events a second arrive. Beside each
 * stands the barest page there is, the door, measured in the same run.
 */
export const pageLoad: Piece = {
  name: "page-load",
  limitMs: 1_500_000,
  needsPages: true,
  async measure(stage) {
    const executablePath = installedBrowser();
    if (executablePath === null) throw new Error("there is no Chromium here: name one with CHROMIUM_PATH");
    const browser = await chromium.launch({ executablePath, args: browserFlags });
    stage.own(() => browser.close());
    const ground = await Ground.lay(stage);
    const bare = await repeat(stage, () => load(browser, ground, { path: "/sign-in", row: "form input" }, null));
    const figures: Figure[] = [];
    // All of them before anything happens: the desk is busy for minutes with what an hour brings in one go.
    const paths = new Map<Scene, string>();
    for (const scene of scenes) {
      stage.say(scene.name);
      const path = await scene.path(ground);
      paths.set(scene, path);
      const found = await repeat(stage, () => load(browser, ground, { path, row: scene.row }, ground.cookie));
      for (const { key, what, unit, most } of loads)
        figures.push(
          toFigure({
            ...{ what: `${scene.name}: ${what}`, unit, samples: found.map((one) => one[key]) },
            ...(key === "style" || key === "script" || key === "firstPaint" || key === "blocking"
              ? { floor: { what: "the door", samples: bare.map((one) => one[key]) } }
              : {}),
            ...(most === undefined ? {} : { aim: atMost(most, unit) }),
          }),
        );
    }
    for (const [scene, path] of paths) {
      stage.say(`${scene.name}, in use`);
      figures.push(...(await live(stage, browser, ground, scene, path)));
    }
    return figures;
  },
};

function atMost(most: number, unit: Unit) {
  return { text: `at most ${most} ${unit}`, isMet: ({ median }: { median: number }) => median <= most };
}

async function repeat(stage: Stage, once: () => Promise<Load>): Promise<Load[]> {
  const found: Load[] = [];
  // The first one of a page has the server's own first time in it.
  await once();
  for (let run = 0; run < stage.runs; run += 1) found.push(await once());
  return found;
}

async function load(
  browser: Browser,
  ground: Ground,
  { path, row }: { path: string; row: string },
  cookie: string | null,
): Promise<Load> {
  const { watch, close } = await open(browser, ground, row, cookie);
  await pause(breathMs);
  try {
    return await watch.load(ground.server.url + path);
  } finally {
    await close();
  }
}

/** The page while things happen on it and somebody uses it; then after an hour's worth of them. */
async function live(stage: Stage, browser: Browser, ground: Ground, scene: Scene, path: string): Promise<Figure[]> {
  const { page, watch, close } = await open(browser, ground, scene.row, ground.cookie);
  try {
    await watch.load(ground.server.url + path);
    await page.locator("[role=status][data-state=live]").first().waitFor({ state: "attached" });
    const seen: Life[] = [];
    for (let run = 0; run < stage.runs; run += 1)
      seen.push(
        await watch.during(async () => {
          const ending = new AbortController();
          const happening = ground
            .stir(scene, eventsASecond * livelySeconds, eventsASecond)
            .finally(() => ending.abort());
          await Promise.all([happening, use(page, scene, ending.signal)]);
        }),
      );
    const before = await watch.heap();
    const heaps: number[] = [];
    await ground.stir(scene, hour, null);
    await watch.during(async () => undefined);
    heaps.push(await watch.heap());
    return [
      ...lives.map(({ key, what, most }) =>
        toFigure({
          ...{ what: `${scene.name}: ${what}, ${eventsASecond} events a second`, samples: seen.map((one) => one[key]) },
          aim: atMost(most, "ms"),
        }),
      ),
      toFigure({
        ...{ what: `${scene.name}: heap after ${hour} events`, unit: "MB", samples: heaps },
        floor: { what: "before them", samples: [before] },
        aim: { text: "flat: at most 1.2 times", isMet: ({ median, floor }) => median <= 1.2 * floor },
      }),
    ];
  } finally {
    await close();
  }
}

/**
 * Somebody who goes on using the page until told to stop, faster than people write. Without a pause each act would stand
 * behind the one before, and a page would be said to answer late that was never let draw.
 */
async function use(page: Page, scene: Scene, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    await scene.use(page, turn);
    await pause(pauseMs);
  }
}

async function open(browser: Browser, ground: Ground, row: string, cookie: string | null) {
  const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC" });
  if (cookie !== null) {
    const [name = "", value = ""] = cookie.split("=");
    const { url } = ground.server;
    await context.addCookies([
      { name, value, url, httpOnly: true, sameSite: "Lax" },
      // Whoever is signed in has been at the door, which learned these; without them a page is drawn twice.
      ...Object.entries(settled).map(([name, value]) => ({ name, value, url })),
    ]);
  }
  const page = await context.newPage();
  const watch = await PageWatch.begin(page, row);
  return { page, watch, close: () => context.close() };
}
