import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import en from "@/lib/messages/en.json" with { type: "json" };
import zh from "@/lib/messages/zh-CN.json" with { type: "json" };
import { type DemoBot, seatBots, simulate } from "../simulators/demo-bots";
import type { Visitor } from "../simulators/visitor";
import { Desk, owner } from "./desk";

export const looks = {
  "light-en": { locale: "en-US", colorScheme: "light" },
  "dark-zh": { locale: "zh-CN", colorScheme: "dark" },
  "dark-en": { locale: "en-US", colorScheme: "dark" },
  "light-zh": { locale: "zh-CN", colorScheme: "light" },
} as const;
export type Look = keyof typeof looks;

/** The texts of the desk in a look's language. */
export const wordsOf = (look: Look): typeof en => (looks[look].locale === "zh-CN" ? zh : en);

/** A state of a page: where it is, what is done there first, and whether a phone is to be looked at as well. */
export interface Stop {
  name: string;
  address: string;
  /** Shows what this stop is about; it waits until that is there. */
  show?: (page: Page, words: typeof en) => Promise<void>;
  isForPhone?: boolean;
}

/** How many things happen around each account before anybody looks. */
const happenings = 25;

/** A desk with the demo's bots of all platforms, the same each time, and every page it has as a list of stops. */
export class Tour {
  private constructor(
    readonly desk: Desk,
    private readonly ends: readonly (() => Promise<unknown>)[],
    private readonly ada: Visitor,
    readonly invite: string,
  ) {}

  /** @param beforeSetUp is called while nobody owns the desk. */
  static async start(beforeSetUp: (desk: Desk) => Promise<void> = async () => undefined): Promise<Tour> {
    const desk = await Desk.start();
    await beforeSetUp(desk);
    const ada = await desk.seatOwner();
    await desk.seatModerator(ada);
    const asked = { role: "auditor", botId: null, label: "For the books", hours: 24 } as const;
    const { url } = await ada.api.invites.create.mutate(asked);
    const ends: (() => Promise<unknown>)[] = [];
    const bots = await simulate(7, (end) => ends.push(end));
    for (const { life } of bots) life.populate();
    await seatBots(ada, bots);
    for (const { life } of bots) enliven(life);
    const tour = new Tour(desk, ends, ada, url);
    await tour.settle();
    return tour;
  }

  async close(): Promise<void> {
    await this.desk.close();
    for (const end of this.ends.toReversed()) await end();
  }

  /** A browser with nobody signed in. */
  async visit(browser: Browser, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options, baseURL: this.desk.url });
    return await context.newPage();
  }

  /** The owner at the desk. */
  async enter(browser: Browser, options: BrowserContextOptions): Promise<Page> {
    return await this.desk.enter(browser, owner, { reducedMotion: "reduce", ...options });
  }

  /** What a visitor sees. */
  get door(): readonly Stop[] {
    return [
      { name: "sign-in", address: "/sign-in", isForPhone: true },
      { name: "invite", address: new URL(this.invite).pathname },
      { name: "invite-used-up", address: "/invite/no-such-token" },
    ];
  }

  /** Every page behind the door. */
  async stops(): Promise<Stop[]> {
    const { api } = this.ada;
    const bots = await api.bots.list.query();
    const first = bots.find(({ name }) => name === keeper);
    const { items } = await api.requests.list.query({ state: "all" });
    const asked = items.find(({ bot, groupId }) => bot.id === first?.id && groupId !== null);
    if (!first || !asked) throw new Error("The demo has no QQ bot with a request for a group.");
    const [friend] = (await api.friends.list.query({ botId: first.id })).items;
    const chats = (await api.chats.list.query({ botId: first.id })).items;
    const chat = chats.find(({ peer }) => peer.id === crowded);
    // The only platform of these where friends are brought into a group.
    const im = (await api.groups.list.query({})).items.find(({ bot }) => bot.platform === "im");
    if (!friend || !chat || !im) throw new Error("The demo has no friend, no conversation or no group of IM.");
    const own = `/groups/${first.id}/${crowded}`;
    return [
      { name: "overview", address: "/", isForPhone: true },
      { name: "queue", address: "/requests", isForPhone: true },
      { name: "queue-open", address: `/requests?state=all&open=${asked.id}`, isForPhone: true, show: untilReason },
      { name: "request-raw", address: `/requests?state=all&open=${asked.id}`, show: openRaw },
      { name: "friends", address: "/friends", isForPhone: true, show: untilRows },
      { name: "friend", address: `/friends?open=${first.id}/${friend.userId}`, isForPhone: true, show: untilFriend },
      { name: "friend-add", address: "/friends", show: openAddFriend },
      { name: "groups", address: "/groups", isForPhone: true, show: untilRows },
      { name: "group", address: own, isForPhone: true },
      { name: "group-invite", address: `/groups/${im.bot.id}/${im.groupId}`, show: openInvite },
      ...["members", "requests", "notices", "essence", "files", "honours", "muted"].map((tab) => ({
        name: `group-${tab}`,
        address: `${own}?tab=${tab}`,
        show: tab === "members" ? untilRows : tab === "requests" ? untilRead : untilItems,
        isForPhone: tab === "members" || tab === "files",
      })),
      { name: "members-chosen", address: `${own}?tab=members`, show: chooseThree, isForPhone: true },
      { name: "chats", address: "/chats", show: untilConversations, isForPhone: true },
      { name: "chat", address: `/chats?open=${chat.id}`, show: untilMessages, isForPhone: true },
      // The second QQ account has nothing of its own to show.
      ...bots
        .filter(({ id, platform }) => platform !== "napcat" || id === first.id)
        .map(({ id, platform }) => ({ name: `bot-${platform}`, address: `/bots/${id}` })),
      { name: "bot-profile", address: `/bots/${first.id}`, show: openProfile },
      { name: "person", address: `/people/${asked.bot.platform}/${asked.applicantId}`, isForPhone: true },
      { name: "bots", address: "/bots", isForPhone: true },
      { name: "bot-new", address: "/bots/new" },
      { name: "console", address: `/console?bot=${first.id}&op=send_group_msg` },
      { name: "console-im", address: "/console?platform=im" },
      { name: "record", address: "/audit", isForPhone: true },
      { name: "record-open", address: "/audit", show: openEvent },
      { name: "operators", address: "/operators" },
      { name: "settings", address: "/settings" },
      { name: "account", address: "/account", isForPhone: true },
      { name: "palette", address: "/", show: openPalette, isForPhone: true },
      { name: "nothing-here", address: "/no-such-page" },
    ];
  }

  /** Goes there and waits until all of it has been read. */
  async go(page: Page, stop: Stop, look: Look): Promise<void> {
    await page.goto(stop.address);
    await expect(
      page
        .getByRole("heading", { level: 1 })
        .or(page.getByRole("heading", { level: 2 }))
        .first(),
    ).toBeVisible();
    await untilRead(page);
    if (!stop.show) return;
    await stop.show(page, wordsOf(look));
    await untilRead(page);
  }

  /** Until what the lives around the bots have sent has arrived. */
  private async settle(): Promise<void> {
    const { api } = this.ada;
    await expect.poll(async () => (await api.bots.list.query()).length).toBe(5);
    for (const bot of await api.bots.list.query()) {
      const waiting = async () => (await api.requests.list.query({ botId: bot.id, state: "all" })).items.length;
      await expect.poll(waiting).toBeGreaterThan(0);
    }
    // What is shown of one friend, group and conversation is known by then.
    for (const { id: botId, platform } of await api.bots.list.query()) {
      if (platform !== "napcat" && platform !== "im") continue;
      await api.friends.read.query({ botId });
      await api.groups.read.query({ botId });
    }
    const said = async () => (await api.chats.list.query({})).items.map(({ peer }) => peer.id);
    await expect.poll(said).toContain(crowded);
  }
}

/** The QQ account that all there is on that platform is shown of. */
const keeper = "茶馆门卫";
/** A group of it with some hundred members. */
const crowded = "91000100101";

function enliven(life: DemoBot["life"]): void {
  life.greet();
  for (let left = happenings; left > 0; left -= 1) life.happen();
}

/** No skeleton is left and nothing says that it loads. */
async function untilRead(page: Page): Promise<void> {
  await expect(page.locator(".mantine-Skeleton-root:visible, [aria-busy=true]:visible")).toHaveCount(0);
}

async function untilReason(page: Page): Promise<void> {
  await expect(page.locator("main").getByRole("heading", { level: 2 }).first()).toBeVisible();
}

/** Of the table, one that is loaded. */
async function untilRows(page: Page): Promise<void> {
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toContainText(/\S/);
}

async function untilItems(page: Page): Promise<void> {
  await expect(page.locator("main").getByRole("listitem").first()).toContainText(/\S/);
}

async function untilConversations(page: Page): Promise<void> {
  await expect(page.locator("[data-conversation]").first()).toBeVisible();
}

async function untilMessages(page: Page): Promise<void> {
  await expect(page.getByRole("article").last()).toBeVisible();
  await expect(page.getByRole("textbox").last()).toBeVisible();
}

/** What the platform tells of them comes last. */
async function untilFriend(page: Page, words: typeof en): Promise<void> {
  const drawer = page.getByRole("dialog", { name: words.friends.friend });
  await expect(drawer.getByRole("heading", { level: 3 }).first()).toBeVisible();
}

async function openAddFriend(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.friends.add.title }).click();
  await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible();
}

async function openInvite(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.groups.invite.open }).click();
  await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
}

async function openProfile(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("heading", { level: 2, name: words.bots.profile.title, exact: true }).click();
  await expect(page.getByRole("textbox", { name: words.bots.profile.name.label })).toBeVisible();
}

async function chooseThree(page: Page): Promise<void> {
  const boxes = page.getByRole("grid").getByRole("checkbox");
  for (const at of [1, 2, 3]) await boxes.nth(at).check({ force: true });
}

async function openRaw(page: Page, words: typeof en): Promise<void> {
  await page.getByText(words.requests.raw).click();
  await expect(page.getByRole("region", { name: words.requests.raw })).toBeVisible();
}

async function openEvent(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("link", { name: words.door.signIn.submit }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function openPalette(page: Page, words: typeof en): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: words.palette.open }).fill("r");
  await expect(page.getByRole("option").first()).toBeVisible();
}
