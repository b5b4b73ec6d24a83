import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { v7 as uuid } from "uuid";
import en from "@/lib/messages/en.json" with { type: "json" };
import zh from "@/lib/messages/zh-CN.json" with { type: "json" };
import { type DemoBot, seatBots, simulate } from "../simulators/demo-bots";
import { Visitor } from "../simulators/visitor";
import { Desk, moderator, owner } from "./desk";
import * as show from "./tour-shows";

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
  /** There is nothing of it on a wide screen. */
  isOnlyForPhone?: boolean;
  /** Another file of the suite looks at this state with axe: here it is for the pictures. */
  isHeldElsewhere?: boolean;
}

/** How many things happen around each account before anybody looks. */
const happenings = 25;

/** A desk with the demo's bots of all platforms, the same each time, and every page it has as a list of stops. */
export class Tour {
  private constructor(
    readonly desk: Desk,
    private readonly ends: readonly (() => Promise<unknown>)[],
    private readonly ada: Visitor,
    private readonly bots: readonly DemoBot[],
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
    const tour = new Tour(desk, ends, ada, bots, url);
    await tour.settle();
    await tour.work();
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
    const { bots, first, asked } = await this.shown();
    const [friend] = (await api.friends.list.query({ botId: first.id })).items;
    const chats = (await api.chats.list.query({ botId: first.id })).items;
    const chat = chats.find(({ peer }) => peer.id === crowded);
    // The only platform of these where friends are brought into a group.
    const groups = (await api.groups.list.query({})).items;
    const im = groups.find(({ bot }) => bot.platform === "im");
    // The only one where a notice is set by one call and told of by another.
    const split = groups.find(({ bot }) => bot.platform === "chat68");
    const refuse = () => {
      for (const { failTelling } of this.bots) failTelling?.();
    };
    if (!friend || !chat || !im || !split)
      throw new Error("The demo has no friend, no conversation or no group of IM.");
    const own = `/groups/${first.id}/${crowded}`;
    return [
      { name: "overview", address: "/", isForPhone: true },
      { name: "overview-charts", address: "/", isForPhone: true, show: show.untilCharts },
      { name: "overview-tables", address: "/", isForPhone: true, show: show.openTables, isHeldElsewhere: true },
      { name: "queue", address: "/requests", isForPhone: true },
      { name: "queue-found", address: "/requests?state=all&text=r", isForPhone: true },
      { name: "view-save", address: "/requests?kind=friend", show: show.openSaveView, isHeldElsewhere: true },
      { name: "queue-open", address: `/requests?state=all&open=${asked.id}`, isForPhone: true, show: show.untilReason },
      {
        name: "queue-open-below",
        address: `/requests?state=all&open=${asked.id}`,
        show: show.goDown,
        ...{ isForPhone: true, isHeldElsewhere: true },
      },
      { name: "request-raw", address: `/requests?state=all&open=${asked.id}`, show: show.openRaw },
      { name: "friends", address: "/friends", isForPhone: true, show: show.untilRows },
      {
        name: "friend",
        address: `/friends?open=${first.id}/${friend.userId}`,
        isForPhone: true,
        show: show.untilFriend,
      },
      { name: "friend-add", address: "/friends", show: show.openAddFriend },
      { name: "groups", address: "/groups", isForPhone: true, show: show.untilRows },
      { name: "group", address: own, isForPhone: true },
      { name: "group-below", address: own, show: show.goDown, isForPhone: true, isHeldElsewhere: true },
      { name: "group-leave", address: own, show: show.openLeave, isForPhone: true },
      { name: "group-invite", address: `/groups/${im.bot.id}/${im.groupId}`, show: show.openInvite },
      ...["members", "requests", "notices", "essence", "files", "honours", "muted"].map((tab) => ({
        name: `group-${tab}`,
        address: `${own}?tab=${tab}`,
        show: tab === "members" ? show.untilRows : tab === "requests" ? show.untilRead : show.untilItems,
        isForPhone: tab === "members" || tab === "files",
      })),
      { name: "members-chosen", address: `${own}?tab=members`, show: show.chooseThree, isForPhone: true },
      {
        name: "members-forecast",
        address: `${own}?tab=members`,
        show: show.openForecast,
        isForPhone: true,
        isHeldElsewhere: true,
      },
      {
        name: "members-results",
        address: `${own}?tab=members`,
        show: show.openResults,
        isForPhone: true,
        isHeldElsewhere: true,
      },
      { name: "notice-new", address: `${own}?tab=notices`, show: show.openNotice, isForPhone: true },
      {
        name: "notice-half",
        address: `/groups/${split.bot.id}/${split.groupId}?tab=notices`,
        show: (page, words) => show.openHalf(page, words, refuse),
        ...{ isForPhone: true, isHeldElsewhere: true },
      },
      { name: "chats-found", address: "/chats?text=notes", show: show.untilHits, isForPhone: true },
      { name: "chats", address: "/chats", show: show.untilConversations, isForPhone: true },
      { name: "chat", address: `/chats?open=${chat.id}`, show: show.untilMessages, isForPhone: true },
      { name: "chat-faces", address: `/chats?open=${chat.id}`, show: show.openFaces, isForPhone: true },
      { name: "chat-forward", address: `/chats?open=${chat.id}`, show: show.openForward, isForPhone: true },
      // The second QQ account has nothing of its own to show.
      ...bots
        .filter(({ id, platform }) => platform !== "napcat" || id === first.id)
        .map(({ id, platform }) => ({ name: `bot-${platform}`, address: `/bots/${id}` })),
      { name: "bot-profile", address: `/bots/${first.id}`, show: show.openProfile },
      { name: "bot-exit", address: `/bots/${first.id}`, show: show.openExit },
      { name: "bot-below", address: `/bots/${first.id}`, show: show.goDown, isHeldElsewhere: true },
      { name: "person", address: `/people/${asked.bot.platform}/${asked.applicantId}`, isForPhone: true },
      { name: "person-friend", address: `/people/${first.platform}/${friend.userId}`, isForPhone: true },
      {
        name: "person-below",
        address: `/people/${first.platform}/${friend.userId}`,
        show: show.goDown,
        ...{ isForPhone: true, isHeldElsewhere: true },
      },
      { name: "bots", address: "/bots", isForPhone: true },
      { name: "bot-new", address: "/bots/new" },
      ...(["chat68", "im", "yunhu"] as const).map((platform) => ({
        ...{ name: `bot-new-${platform}`, address: "/bots/new", show: show.choosePlatform(platform) },
        isForPhone: true,
      })),
      { name: "console", address: `/console?bot=${first.id}&op=send_group_msg` },
      { name: "console-im", address: "/console?platform=im" },
      { name: "record", address: "/audit", isForPhone: true },
      { name: "record-found", address: "/audit?text=a", isForPhone: true },
      { name: "record-open", address: "/audit", show: show.openEvent },
      { name: "operators", address: "/operators" },
      { name: "settings", address: "/settings" },
      { name: "settings-below", address: "/settings", show: show.goDown, isHeldElsewhere: true },
      { name: "account", address: "/account", isForPhone: true },
      { name: "account-below", address: "/account", show: show.goDown, isForPhone: true, isHeldElsewhere: true },
      { name: "palette", address: "/", show: show.openPalette, isForPhone: true },
      { name: "shortcuts", address: "/account", show: show.openShortcuts, isHeldElsewhere: true },
      { name: "more", address: "/", show: show.openMore, isForPhone: true, isOnlyForPhone: true },
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
    await show.untilRead(page);
    if (!stop.show) return;
    await stop.show(page, wordsOf(look));
    await show.untilRead(page);
  }

  /** Both have worked a little: there is something to show of decisions, notes, views and acts on many. */
  private async work(): Promise<void> {
    const { api } = this.ada;
    const bram = new Visitor(this.desk.url);
    await bram.signIn(moderator.email, moderator.password);
    const { items } = await api.requests.list.query({ state: "open" });
    const plain = items.filter(({ kind, bot }) => kind === "friend" && bot.platform === "napcat").slice(0, 6);
    for (const [at, { id }] of plain.entries()) {
      const { version } = await api.requests.get.query({ id });
      const verb = at % 3 === 2 ? "ignore" : at % 3 === 1 ? "deny" : "approve";
      await (at % 2 === 0 ? this.ada : bram).api.requests.decide.mutate({ id, version, verb, acknowledgeTwin: true });
    }
    const { first, asked } = await this.shown();
    const person = { platform: first.platform, personId: asked.applicantId, botId: first.id };
    await bram.api.people.note.mutate({ ...person, text: "上次在徒步群里发过广告，先观察。" });
    await api.people.flag.mutate({ ...person, flag: "watched", isOn: true });
    await api.views.save.mutate({ name: "入群申请", page: "requests", query: { kind: "group_join" } });
    const group = { botId: first.id, groupId: crowded };
    await api.members.read.query(group);
    const members = (await api.members.page.query(group)).rows.slice(4, 10);
    const userIds = members.map(({ userId }) => userId);
    await api.tasks.start.mutate({ id: uuid(), ...group, act: { verb: "mute", seconds: 600 }, userIds });
    const left = async () =>
      (await api.tasks.list.query(group)).reduce((sum, { counts }) => sum + counts.queued + counts.sending, 0);
    await expect.poll(left).toBe(0);
  }

  /** Whom and what the stops are about. */
  private async shown() {
    const { api } = this.ada;
    const bots = await api.bots.list.query();
    const first = bots.find(({ name }) => name === keeper);
    const { items } = await api.requests.list.query({ state: "all" });
    const asked = items.find(({ bot, groupId }) => bot.id === first?.id && groupId !== null);
    if (!first || !asked) throw new Error("The demo has no QQ bot with a request for a group.");
    return { bots, first, asked };
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
