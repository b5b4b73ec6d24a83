import { rm } from "node:fs/promises";
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { chosenZoneCookie, timeZoneCookie } from "@/lib/locale";
import { DeskProcess } from "../simulators/desk-process";
import { type Napcat, start } from "../simulators/napcat";
import { Visitor } from "../simulators/visitor";
import { makeDataDirectory } from "./data-directory";

export interface Person {
  name: string;
  email: string;
  password: string;
}

export const owner: Person = {
  name: "Ada Quill",
  email: "ada@desk.example",
  password: "plum-kettle-orbit-91",
};
export const moderator: Person = {
  name: "Bram Holt",
  email: "bram@desk.example",
  password: "violet-anchor-7-mist",
};

/** Each test's browsers end with it: one that is left open goes on asking a desk that is gone for its news. */
export const test = base.extend<{ endsBrowsers: undefined }>({
  endsBrowsers: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});

/** A real desk as its own process on a data directory that is thrown away, and a simulated NapCat beside it. */
export class Desk {
  private constructor(
    private process: DeskProcess,
    private readonly dataDir: string,
    readonly url: string,
    readonly setupToken: string,
    readonly napcat: Napcat,
  ) {}

  /** @param given its data directory; without it, one with a migrated database nobody has used. */
  static async start(given?: string): Promise<Desk> {
    const dataDir = given ?? (await makeDataDirectory());
    const process = new DeskProcess(dataDir, 0, () => undefined);
    const napcat = await start({ account: { userId: "80000000001", nickname: "Doorkeeper" } });
    const { url, setupToken } = await process.ready();
    return new Desk(process, dataDir, url, setupToken, napcat);
  }

  async close(): Promise<void> {
    await this.process.stop();
    await this.napcat.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Ends the desk's process; the address and the data stay. */
  async stop(): Promise<void> {
    await this.process.stop();
  }

  /** Starts it again where it was. It stands when the NapCat is connected again. */
  async startAgain(): Promise<void> {
    this.process = new DeskProcess(this.dataDir, Number(new URL(this.url).port), () => undefined);
    const ended = this.process.ended.then((code) => {
      throw new Error(`The desk ended with ${code} before it was ready.`);
    });
    await Promise.race([this.napcat.connected("forward"), ended]);
  }

  /**
   * The first owner, made through the public API, signed in. Decisions go out at once and opening claims nothing: undo
   * and claims have journeys of their own, which set what they need.
   */
  async seatOwner(): Promise<Visitor> {
    const visitor = new Visitor(this.url);
    await visitor.api.setup.create.mutate({ token: this.setupToken, ...owner });
    await visitor.signIn(owner.email, owner.password);
    await visitor.api.preferences.set.mutate({ patch: { undoSeconds: 0, claimOnOpen: false } });
    return visitor;
  }

  /** A second person, by invite, for the whole desk or one bot. */
  async seatModerator(by: Visitor, botId: string | null = null): Promise<void> {
    const { url } = await by.api.invites.create.mutate({ role: "moderator", botId, label: "", hours: 1 });
    const token = new URL(url).pathname.split("/").at(-1) ?? "";
    await new Visitor(this.url).api.invite.accept.mutate({ token, ...moderator });
  }

  /** A simulated NapCat, its own unless given, as a bot of this desk, connected. Answers its id. */
  async connect(by: Visitor, name = "Front door", napcat = this.napcat): Promise<string> {
    const { id } = await by.api.bots.create.mutate({
      name,
      platform: "napcat",
      connection: { transport: "forward", wsUrl: napcat.wsUrl },
      token: napcat.token,
    });
    await napcat.connected("forward");
    await napcat.calls.wait("get_login_info");
    return id;
  }

  /** A page in a browser of its own, with a session of its own. Through the form one gets in test/e2e/people.spec.ts. */
  async enter(browser: Browser, person: Person, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: "en-US", ...options, baseURL: this.url });
    const visitor = new Visitor(this.url);
    await visitor.signIn(person.email, person.password);
    const zone = options.timezoneId ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    await context.addCookies([
      ...visitor.jar,
      // As the door learns them: without them the first page is drawn a second time.
      { name: timeZoneCookie, value: encodeURIComponent(zone), url: this.url },
      { name: chosenZoneCookie, value: "", url: this.url },
    ]);
    const page = await context.newPage();
    await page.goto("/requests");
    const isChinese = options.locale === "zh-CN";
    await expect(page.getByRole("heading", { level: 1, name: isChinese ? "申请" : "Requests" })).toBeVisible();
    return page;
  }
}

/**
 * The row of somebody in the queue. New requests wait behind their count, so that nothing moves under the pointer: it is
 * clicked when the row is not there without it.
 */
export async function reveal(page: Page, name: string): Promise<Locator> {
  const row = page.locator("#queue-rows").getByRole("link", { name: new RegExp(name) });
  const count = page.getByRole("button", { name: /^\d+\+? new$|^\d+\+? 条新申请$/ });
  await expect(row.or(count).first()).toBeVisible();
  if (!(await row.isVisible())) await count.click();
  await expect(row).toBeVisible();
  return row;
}

/** Everything the browser complained about on a page: uncaught errors, hydration mismatches, refusals of the policy. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

/** The page as the server draws it: its script stays on the way until the answer is called. */
export async function holdScript(page: Page): Promise<() => void> {
  let arrive: () => void = () => undefined;
  const script = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await script;
    await route.continue();
  });
  return () => arrive();
}
