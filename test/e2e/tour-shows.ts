import { expect, type Page } from "@playwright/test";
import type en from "@/lib/messages/en.json";

/** No skeleton is left and nothing says that it loads. */
export async function untilRead(page: Page): Promise<void> {
  await expect(page.locator(".mantine-Skeleton-root:visible, [aria-busy=true]:visible")).toHaveCount(0);
  // The live line stands, and what keeps its room until it is known is there or gone.
  await expect(page.locator("[data-state=connecting], a[style*='visibility: hidden']")).toHaveCount(0);
}

export async function untilReason(page: Page): Promise<void> {
  await expect(page.locator("main").getByRole("heading", { level: 2 }).first()).toBeVisible();
}

/** Of the table, one that is loaded. */
export async function untilRows(page: Page): Promise<void> {
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toContainText(/\S/);
}

export async function untilItems(page: Page): Promise<void> {
  await expect(page.locator("main").getByRole("listitem").first()).toContainText(/\S/);
}

export async function untilConversations(page: Page): Promise<void> {
  await expect(page.locator("[data-conversation]").first()).toBeVisible();
}

/** What was said with the words that are searched for. */
export async function untilHits(page: Page, words: typeof en): Promise<void> {
  await expect(page.getByRole("region", { name: words.chats.inMessages }).getByRole("listitem").first()).toBeVisible();
}

export async function untilMessages(page: Page): Promise<void> {
  await expect(page.getByRole("article").last()).toBeVisible();
  await expect(page.getByRole("textbox").last()).toBeVisible();
}

/** What the platform tells of them comes last. */
export async function untilFriend(page: Page, words: typeof en): Promise<void> {
  const drawer = page.getByRole("dialog", { name: words.friends.friend });
  await expect(drawer.getByRole("heading", { level: 3 }).first()).toBeVisible();
}

export async function openAddFriend(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.friends.add.title }).click();
  await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible();
}

export async function openInvite(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.groups.invite.open }).click();
  await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
}

export async function openProfile(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("heading", { level: 2, name: words.bots.profile.title, exact: true }).click();
  await expect(page.getByRole("textbox", { name: words.bots.profile.name.label })).toBeVisible();
}

export async function chooseThree(page: Page): Promise<void> {
  await untilRows(page);
  const boxes = page.getByRole("grid").getByRole("checkbox");
  // The owner and two others.
  for (const at of [1, 8, 9]) {
    // On a phone, what is done with the chosen stands over the last rows in sight.
    await boxes.nth(at).evaluate((box) => box.scrollIntoView({ block: "center" }));
    await boxes.nth(at).check({ force: true });
  }
}

/** What would become of each, before anything is done. */
export async function openForecast(page: Page, words: typeof en): Promise<void> {
  await chooseThree(page);
  const bar = page.getByRole("region", { name: words.members.bar });
  await bar.getByRole("button", { name: words.members.verb.mute, exact: true }).click();
  await expect(page.getByRole("dialog").locator("strong").first()).toBeVisible();
}

/** What became of each of many. */
export async function openResults(page: Page, words: typeof en): Promise<void> {
  await untilRows(page);
  const strip = page.getByRole("region", { name: words.members.task.strip });
  await strip.getByRole("button").first().click();
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
}

export async function untilMember(page: Page, words: typeof en): Promise<void> {
  await expect(page.getByRole("dialog", { name: words.members.drawer }).getByRole("heading").nth(1)).toBeVisible();
}

export async function openRaw(page: Page, words: typeof en): Promise<void> {
  await page.getByText(words.requests.raw).click();
  await expect(page.getByRole("region", { name: words.requests.raw })).toBeVisible();
}

export async function openEvent(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("link", { name: words.door.signIn.submit }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

export async function openPalette(page: Page, words: typeof en): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: words.palette.open }).fill("r");
  await expect(page.getByRole("option").first()).toBeVisible();
}

/** Charts come once they are near. */
export async function untilCharts(page: Page, words: typeof en): Promise<void> {
  for (const name of [words.overview.decided.title, words.overview.arriving.title]) {
    const part = page.getByRole("region", { name }).first();
    await part.scrollIntoViewIfNeeded();
    await expect(part.locator("svg.recharts-surface").first()).toBeVisible();
  }
}

/** The same in figures. */
export async function openTables(page: Page, words: typeof en): Promise<void> {
  for (const name of [words.overview.decided.title, words.overview.arriving.title]) {
    const part = page.getByRole("region", { name }).first();
    await part.getByRole("button", { name: words.overview.table }).click();
    await expect(part.getByRole("table").first()).toBeVisible();
    await part.evaluate((element) => element.scrollIntoView({ block: "start" }));
  }
}

export async function openNotice(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.notices.new }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("周五场地关闭，活动改到周六。");
}

/** The notice is set, and nobody is told of it: `refuse` sees to that. */
export async function openHalf(page: Page, words: typeof en, refuse: () => void): Promise<void> {
  await openNotice(page, words);
  refuse();
  await page.getByRole("dialog").getByRole("button", { name: words.notices.publish }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(words.notices.half.set);
}

export async function openSaveView(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.views.save }).first().click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
}

export async function openShortcuts(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.shortcuts.title }).click();
  await expect(page.getByRole("dialog").getByRole("switch")).toBeVisible();
}

/** The places that have no room in a phone's bar. */
export async function openMore(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.navigation.more }).click();
  await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
}

/** What cannot be undone asks for a name. */
export async function openLeave(page: Page, words: typeof en): Promise<void> {
  await page.getByRole("button", { name: words.groups.end.leave.open }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
}

export async function openExit(page: Page, words: typeof en): Promise<void> {
  await openProfile(page, words);
  await page.getByRole("button", { name: words.bots.end.exit.open }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
}

export async function openFaces(page: Page, words: typeof en): Promise<void> {
  await untilMessages(page);
  await page.getByRole("button", { name: words.chats.face }).click();
  await expect(page.getByRole("dialog", { name: words.chats.face }).getByRole("button").first()).toBeFocused();
}

export async function openForward(page: Page, words: typeof en): Promise<void> {
  await untilMessages(page);
  await page.getByRole("article").last().press("Enter");
  await page.getByRole("menuitem", { name: words.chats.act.forward }).click();
  await expect(page.getByRole("dialog", { name: words.chats.forwardTo })).toBeVisible();
}

/** How an account of this platform is added. */
export function choosePlatform(platform: keyof typeof en.vocabulary.platform) {
  return async (page: Page, words: typeof en): Promise<void> => {
    await page.getByRole("radio", { name: words.vocabulary.platform[platform] }).check();
    await page.getByRole("textbox").last().scrollIntoViewIfNeeded();
  };
}

/** What stands below the first screenful. */
export async function goDown(page: Page): Promise<void> {
  await untilRead(page);
  await page.locator("main").evaluate((main) => {
    for (let box: Element | null = main; box; box = box.parentElement) box.scrollTop = box.scrollHeight;
    for (const box of main.querySelectorAll("*")) if (box.clientHeight > 400) box.scrollTop = box.scrollHeight;
  });
}
