import { type Browser, chromium, type Page, type Request } from "@playwright/test";
import { browserFlags, installedBrowser } from "../../scripts/browser.mjs";
import type { Stage } from "./stage";

/** In what a page asks: the request the event was about, and the newest one before. */
export const eventId = "{event}";
export const newestId = "{newest}";
/** What is asked within so long of the first call was not gathered before, ms. */
export const soonMs = 100;

/** A call the page made to the API, and how long after the first one, ms. */
export interface Asked {
  path: string;
  body: string;
  afterMs: number;
}

/** Now on a clock that all processes of this machine share, ms. */
export const now = () => performance.timeOrigin + performance.now();

/** As text, because tsx rewrites functions to use what is not in the page. Leaves a promise of the moment in `benchSeen`. */
const lookOut = (selector: string, words: string) => `{
  const isThere = () =>
    [...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.textContent.includes(${JSON.stringify(words)}));
  window.benchSeen = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      resolve(performance.timeOrigin + performance.now());
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  void 0;
}`;

/** A real Chromium with the real queue open, somebody signed in. */
export class Screen {
  /** How far the page's clock is ahead of ours, ms. */
  private ahead = 0;

  private constructor(private readonly page: Page) {}

  static async open(stage: Stage, url: string, cookie: string): Promise<Screen> {
    const executablePath = installedBrowser();
    if (executablePath === null) throw new Error("there is no Chromium here: name one with CHROMIUM_PATH");
    const browser: Browser = await chromium.launch({ executablePath, args: browserFlags });
    stage.own(() => browser.close());
    const context = await browser.newContext({ locale: "en-US" });
    const [name = "", value = ""] = cookie.split("=");
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
    const page = await context.newPage();
    await page.goto(`${url}/requests`);
    const screen = new Screen(page);
    await page.getByRole("heading", { level: 1, name: "Requests" }).waitFor();
    await page.locator("[role=status][data-state=live]").first().waitFor({ state: "attached" });
    await screen.setClock();
    return screen;
  }

  /** From now on the page looks out for a row that says `words`. Answers the way to the moment it was in the document. */
  expectRow(words: string): Promise<() => Promise<number>> {
    return this.expect("main [data-id]", words);
  }

  /** The same for the offer of one new row above rows that stand still. */
  expectOffer(): Promise<() => Promise<number>> {
    return this.expect("main button", "1 new");
  }

  /** Takes the offer. Resolves when the row is there. */
  async take(words: string): Promise<void> {
    await this.page.getByRole("button", { name: "1 new", exact: true }).click();
    await this.page.locator("main [data-id]", { hasText: words }).first().waitFor();
  }

  /** Resolves when no row is shown. */
  async empty(): Promise<void> {
    await this.page.locator("main [data-id]").waitFor({ state: "detached" });
  }

  private async expect(selector: string, words: string): Promise<() => Promise<number>> {
    await this.page.evaluate(lookOut(selector, words));
    return async () => {
      const at = await this.page.evaluate<number>("window.benchSeen");
      return at - this.ahead;
    };
  }

  /** Both clocks are the system's, but set by each process when it began: the quickest of some looks tells how far apart. */
  private async setClock(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    for (let look = 0; look < 20; look += 1) {
      const before = now();
      const theirs = await this.page.evaluate<number>("performance.timeOrigin + performance.now()");
      const took = now() - before;
      if (took >= quickest) continue;
      quickest = took;
      this.ahead = theirs - (before + took / 2);
    }
  }

  /** Notes what the page asks the API until `end` is called. */
  listen(): { end: () => Asked[] } {
    const startedAt = now();
    const asked: Asked[] = [];
    const note = (request: Request) => {
      const { pathname, search } = new URL(request.url());
      if (!pathname.startsWith("/api/trpc/") || request.method() !== "POST") return;
      asked.push({ path: pathname + search, body: request.postData() ?? "", afterMs: now() - startedAt });
    };
    this.page.on("request", note);
    return {
      end: () => {
        this.page.off("request", note);
        return asked;
      },
    };
  }

  /** Resolves when the page has asked nothing for so long, ms. */
  async rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        this.page.off("request", again);
        resolve();
      };
      let timer = setTimeout(done, ms);
      const again = (request: Request) => {
        if (request.method() !== "POST") return;
        clearTimeout(timer);
        timer = setTimeout(done, ms);
      };
      this.page.on("request", again);
    });
  }
}
