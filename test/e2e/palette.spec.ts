import { expect, type Page } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, holdScript, listenForComplaints, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.connect(ada);
  await desk.seatModerator(ada);
  desk.napcat.inbox.arriveFriend({ userId: "80000000201", nickname: "Ola Berg", comment: "hello" });
});
test.afterAll(() => desk.close());

const field = (page: Page) => page.getByRole("combobox", { name: "Search and commands" });
const option = (page: Page, name: RegExp | string) => page.getByRole("option", { name });

test("asked for before the page is awake, the palette opens once it is", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const arrive = await holdScript(page);
  await page.goto("/audit", { waitUntil: "commit" });
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.press("Control+k");
  arrive();
  await expect(field(page)).toBeFocused();
});

test("the palette leads to things, places and acts by keyboard, and gives the focus back", async ({ browser }) => {
  const page = await desk.enter(browser, owner, { reducedMotion: "reduce" });
  const complaints = listenForComplaints(page);
  await reveal(page, "Ola Berg");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expectNoFaults(page, "the palette");
  await page.keyboard.type("ola");
  await expect(option(page, /Ola Berg.*Friend request/)).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await expect(option(page, /Ola Berg.*Friend request/)).toHaveAttribute("aria-selected", "true");
  await expectNoFaults(page, "the palette with results");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveCount(0);
  await expect(page.getByRole("main").getByText("80000000201").first()).toBeVisible();
  const id = new URL(page.url()).searchParams.get("open") ?? "";

  // An id pasted and Enter at once.
  await page.goto("/audit");
  await page.getByRole("button", { name: "Search and commands" }).click();
  await field(page).fill(` ${id.toUpperCase()} `);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/requests\\?.*open=${id}`));

  const search = page.getByRole("button", { name: "Search and commands" });
  await search.click();
  await expect(option(page, /Ola Berg/)).toBeVisible();
  await field(page).fill("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect(search).toBeFocused();
  expect(complaints).toEqual([]);
});

test("a view saved for the team is in everybody's sidebar, and its count lives", async ({ browser }) => {
  const [ada, bram] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  await ada.goto("/requests?kind=group_join");
  await ada.getByRole("button", { name: "Save this view" }).click();
  const dialogue = ada.getByRole("dialog", { name: "Save this view" });
  await dialogue.getByRole("textbox", { name: "Name" }).fill("Who wants in");
  await dialogue.getByRole("checkbox", { name: "For the team" }).check();
  await expectNoFaults(ada, "saving a view");
  await dialogue.getByRole("button", { name: "Save" }).click();
  const own = ada.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: /Who wants in/ });
  const theirs = bram.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: /Who wants in/ });
  await expect(own).toHaveAttribute("aria-current", "true");
  await expect(theirs).toBeVisible();
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  desk.napcat.inbox.arriveJoin({ userId: "80000000202", nickname: "Qing", groupId: "81000000001", comment: "hello" });
  await expect(own).toContainText("1 entry");
  await expect(theirs).toContainText("1 entry");
  await theirs.click();
  await expect(bram).toHaveURL(/kind=group_join/);

  // Of conversations: counted as something is said and as it is read.
  await ada.goto("/chats?unread=on");
  await ada.getByRole("button", { name: "Save this view" }).click();
  await dialogue.getByRole("textbox", { name: "Name" }).fill("Still to read");
  await dialogue.getByRole("button", { name: "Save" }).click();
  const unread = ada.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: /Still to read/ });
  await expect(unread).toHaveAttribute("aria-current", "true");
  await expect(unread).not.toContainText("entr");
  desk.napcat.world.addPerson({ userId: "80000000203", nickname: "Rowan" });
  desk.napcat.world.join("81000000001", { userId: "80000000203", nickname: "Rowan" }, "approve", "80000000203");
  desk.napcat.world.say("80000000203", "is anybody here?", "81000000001");
  await expect(unread).toContainText("1 entry");
  await ada.getByRole("link", { name: /Reading circle/ }).click();
  await expect(unread).not.toContainText("entr");

  await ada.getByRole("button", { name: "What to do with “Who wants in”" }).click();
  await ada.getByRole("menuitem", { name: "Remove" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(theirs).toHaveCount(0);
});

test("on a phone, in Chinese, the palette is a page of its own", async ({ browser }) => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
  const page = await desk.enter(browser, owner, { ...phone, locale: "zh-CN", colorScheme: "dark" });
  await page.getByRole("button", { name: "搜索与命令" }).tap();
  const input = page.getByRole("combobox", { name: "搜索与命令" });
  await input.fill("账户");
  await expectNoFaults(page, "the palette on a phone");
  await page.getByRole("option", { name: "账户" }).tap();
  await expect(page).toHaveURL(/\/account$/);
});
