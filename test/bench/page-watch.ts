import type { CDPSession, Page } from "@playwright/test";

/** What a page was seen to do from its first byte until it had come to rest. Times in ms since navigation began. */
export interface Load {
  /** Bodies, kB, as compressed with gzip: what a browser gets on plain http. Over https it takes brotli, an eighth less. */
  script: number;
  style: number;
  firstPaint: number;
  largestPaint: number;
  /** The first row is in the document and bound: a click on it is heard. */
  firstRow: number;
  /** What of tasks after the first paint went beyond 50 ms each. */
  blocking: number;
}

/** What it did while things happened. */
export interface Life {
  /** The slowest of the interactions: from the input to the next paint, ms. */
  interaction: number;
  longestTask: number;
}

/** As text, because tsx rewrites functions to use what is not in the page. Runs before anything of the page does. */
const watchman = (row: string) => `{
  const seen = { tasks: [], paint: 0, largest: 0, row: 0, interactions: [] };
  window.benchWatch = seen;
  const watch = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  watch("longtask", ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  watch("paint", ({ name, startTime }) => { if (name === "first-contentful-paint") seen.paint = startTime; });
  watch("largest-contentful-paint", ({ startTime }) => { seen.largest = startTime; });
  watch("event", ({ interactionId, duration }) => { if (interactionId > 0) seen.interactions.push(duration); }, { durationThreshold: 16 });
  const look = () => {
    const first = document.querySelector(${JSON.stringify(row)});
    // React leaves its mark on an element when it has taken it over; until then nobody hears a click.
    if (first && Object.keys(first).some((key) => key.startsWith("__reactProps"))) seen.row = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}`;

/** How many times slower than this machine the page's processor is. */
export const slowedTimes = 4;
/** The window around a page of 1,280 by 720 pixels. */
const windowSize = { width: 1_280, height: 900 };
/** The page is at rest when it has had nothing long to do for so long, ms. */
const restMs = 1_500;

/** Looks at one page of a browser whose processor is slowed and whose cache is empty. */
export class PageWatch {
  private constructor(
    private readonly page: Page,
    private readonly wire: CDPSession,
  ) {}

  /** @param row finds what stands for a row of the page. */
  static async begin(page: Page, row: string): Promise<PageWatch> {
    const wire = await page.context().newCDPSession(page);
    // As high as the page, the window would hide the page's lower end behind its own frame: what changes there, such as
    // the field one writes in, would be told as drawn only when something above changes.
    const { windowId } = await wire.send("Browser.getWindowForTarget");
    await wire.send("Browser.setWindowBounds", { windowId, bounds: windowSize });
    await wire.send("Emulation.setCPUThrottlingRate", { rate: slowedTimes });
    await wire.send("Network.enable");
    await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.addInitScript(watchman(row));
    return new PageWatch(page, wire);
  }

  /** Goes to the page and waits until its first row is bound and it is at rest. */
  async load(url: string): Promise<Load> {
    await this.page.goto(url, { waitUntil: "load" });
    // Not waitForFunction: the page's own policy forbids what it does.
    await this.page.evaluate(`new Promise((resolve) => {
      const look = () => (window.benchWatch.row > 0 ? resolve() : requestAnimationFrame(look));
      look();
    })`);
    await this.rest();
    const [script, style] = [await this.size(".js"), await this.size(".css")];
    const seen = await this.page.evaluate<Omit<Load, "script" | "style">>(`(() => {
      const { tasks, paint, largest, row } = window.benchWatch;
      const blocking = tasks.filter(({ startTime }) => startTime >= paint)
        .reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
      return { firstPaint: paint, largestPaint: largest, firstRow: row, blocking };
    })()`);
    return { script, style, ...seen };
  }

  /** Of everything with this ending that the page asked for, kB, with gzip. */
  private async size(ending: string): Promise<number> {
    const names = await this.page.evaluate<string[]>(
      `performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => new URL(name).pathname.endsWith("${ending}"))`,
    );
    const sizes = names.map(async (name) => {
      const answer = await this.page.request.head(name, { headers: { "accept-encoding": "gzip" } });
      const { "content-encoding": encoding, "content-length": length } = answer.headers();
      if (encoding !== "gzip") throw new Error(`${name} did not come compressed`);
      return Number(length) / 1000;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  /** What was seen while `happen` went on. */
  async during(happen: () => Promise<void>): Promise<Life> {
    await this.page.evaluate("window.benchWatch.tasks = []; window.benchWatch.interactions = []; void 0");
    await happen();
    await this.rest();
    return await this.page.evaluate<Life>(`(() => {
      const { tasks, interactions } = window.benchWatch;
      return {
        interaction: Math.max(0, ...interactions),
        longestTask: Math.max(0, ...tasks.map(({ duration }) => duration)),
      };
    })()`);
  }

  /** What the page's scripts hold in memory after everything that can be thrown away was, MB. */
  async heap(): Promise<number> {
    await this.wire.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.wire.send("Runtime.getHeapUsage");
    return usedSize / 1_000_000;
  }

  /** Resolves when no task of over 50 ms ended within the last while. */
  private async rest(): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      let timer = setTimeout(resolve, ${restMs});
      const again = () => { clearTimeout(timer); timer = setTimeout(resolve, ${restMs}); };
      new PerformanceObserver(again).observe({ type: "longtask" });
    })`);
  }
}
