import { expect } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner, test } from "./desk";
import { looks } from "./tour";

let desk: Desk;
let botId: string;
let invite: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  invite = (await ada.api.invites.create.mutate({ role: "auditor", botId: null, label: "For the books", hours: 24 }))
    .url;
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  desk.napcat.inbox.arriveFriend({ userId: "80000000201", nickname: "Ola Berg", comment: "hello" });
  desk.napcat.inbox.arriveJoin({ userId: "80000000202", nickname: "青石", groupId: "81000000001", comment: "你好" });
});
test.afterAll(() => desk.close());

const words = {
  "en-US": {
    signIn: "Sign in",
    reason: "Reason",
    raw: "Raw payload of the platform",
    remove: "Remove…",
    waiting: /^\d+ waiting$/,
  },
  "zh-CN": { signIn: "登录", reason: "理由", raw: "平台原始数据", remove: "移除…", waiting: /^\d+ 等待中$/ },
} as const;

// Both languages and both themes: the other two pairs show the same words in the same colours.
for (const { locale, colorScheme } of [looks["light-en"], looks["dark-zh"]]) {
  test(`no page fails axe or complains in the console: ${locale}, ${colorScheme}`, async ({ browser }) => {
    const look = { colorScheme, locale, reducedMotion: "reduce" } as const;
    const say = words[locale];
    const door = await (await browser.newContext({ ...look, baseURL: desk.url })).newPage();
    await door.goto("/sign-in");
    await expect(door.getByRole("button", { name: say.signIn })).toBeVisible();
    await expectNoFaults(door, "/sign-in");
    await door.goto("/invite/no-such-token");
    await expect(door.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
    await expectNoFaults(door, "/invite, used up");
    await door.goto(invite);
    await expect(door.getByRole("textbox")).not.toHaveCount(0);
    await expectNoFaults(door, "/invite");

    const page = await desk.enter(browser, owner, look);
    const complaints = listenForComplaints(page);
    const heading = page.getByRole("heading", { level: 1 });
    const places: [string, () => Promise<void>][] = [
      ["/", () => expect(page.getByRole("link", { name: say.waiting })).toBeVisible()],
      ["/requests", () => expect(page.getByRole("link", { name: /Ola Berg/ })).toBeVisible()],
      ["/requests?state=all&kind=group_join", () => expect(page.getByRole("link", { name: /青石/ })).toBeVisible()],
      ["/groups", () => expect(page.getByRole("link", { name: /Reading circle/ })).toBeVisible()],
      [`/groups/${botId}/81000000001`, () => expect(heading.filter({ hasText: "Reading circle" })).toBeVisible()],
      ["/bots", () => expect(page.getByRole("link", { name: /Front door/ })).toBeVisible()],
      ["/bots/new", () => expect(page.getByRole("radio")).not.toHaveCount(0)],
      [`/bots/${botId}`, () => expect(heading.filter({ hasText: "Front door" })).toBeVisible()],
      [`/console?bot=${botId}&op=send_group_msg`, () => expect(page.getByText("group_id")).not.toHaveCount(0)],
      ["/console?platform=im", () => expect(page.getByRole("button", { name: /chatGroups/ })).not.toHaveCount(0)],
      ["/audit", () => expect(page.getByRole("link", { name: say.signIn }).first()).toBeVisible()],
      ["/operators", () => expect(page.getByText("For the books")).toBeVisible()],
      ["/account", () => expect(page.getByRole("listitem").filter({ hasText: "127.0.0.1" }).first()).toBeVisible()],
    ];
    for (const [address, isThere] of places) {
      await page.goto(address);
      await isThere();
      await expectNoFaults(page, address);
    }
    await page.goto("/requests");
    await page.getByRole("link", { name: /青石/ }).click();
    await expect(page.getByRole("textbox", { name: say.reason })).toBeVisible();
    await page.getByText(say.raw).click();
    await expect(page.getByRole("region", { name: say.raw })).toBeVisible();
    await expectNoFaults(page, "an open request");
    await page.goto(`/bots/${botId}`);
    await page.getByRole("button", { name: say.remove }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoFaults(page, "the removal of a bot");
    await page.goto("/audit");
    await page.getByRole("link", { name: say.signIn }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoFaults(page, "an open event");
    await expect(page.locator("html")).toHaveAttribute("lang", locale === "zh-CN" ? "zh-CN" : "en");
    expect(complaints).toEqual([]);
    // Whoever goes where nothing is gets a page, too. The browser itself complains of the status.
    await page.goto("/no-such-page");
    await expect(heading).toBeVisible();
    await expectNoFaults(page, "nothing here");
  });
}
