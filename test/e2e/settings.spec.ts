import { expect, type Page } from "@playwright/test";
import type { Visitor } from "../simulators/visitor";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

let desk: Desk;
let ada: Visitor;
test.beforeAll(async () => {
  desk = await Desk.start();
  ada = await desk.seatOwner();
  await desk.seatModerator(ada);
});
test.afterAll(() => desk.close());

const sectionOf = (page: Page, name: string) => page.getByRole("region", { name });

test("who does not manage the desk has no way to its settings", async ({ browser }) => {
  const page = await desk.enter(browser, moderator);
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
});

test("time to undo, claims and mandatory reasons are kept, and every open screen follows", async ({ browser }) => {
  const [page, other] = [await desk.enter(browser, owner), await desk.enter(browser, owner)];
  const complaints = listenForComplaints(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await other.goto("/settings");
  const deciding = sectionOf(page, "Requests and messages");
  await expect(deciding.getByText("Decisions are sent at once and cannot be taken back.")).toBeVisible();
  await expect(deciding.getByRole("button", { name: "Save" })).toBeDisabled();
  await deciding.getByRole("spinbutton", { name: "Time to undo, in seconds" }).fill("15");
  await expect(deciding.getByText(/can be taken back for 15 seconds/)).toBeVisible();
  await deciding.getByRole("switch", { name: "Opening a request claims it" }).click();
  // With nothing left to be saved the button says so, and who pressed it by key is still there.
  const save = deciding.getByRole("button", { name: "Save" });
  await save.press("Enter");
  await expect(deciding.getByText("Saved. It counts from now on.")).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(save).toBeFocused();
  await expect(sectionOf(other, "Requests and messages").getByRole("slider")).toHaveValue("15");
  await expect(sectionOf(other, "Requests and messages").getByRole("switch")).toBeChecked();

  const reasons = sectionOf(page, "Reasons that must be given");
  await expect(reasons.getByRole("checkbox")).toHaveCount(11);
  await reasons.getByRole("checkbox", { name: "Deny: Friend request", exact: true }).check();
  await reasons.getByRole("checkbox", { name: "Ignore: Asks to join" }).check();
  await reasons.getByRole("button", { name: "Discard changes" }).press("Enter");
  await expect(reasons.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await expect(reasons.getByRole("button", { name: "Save" })).toBeFocused();
  await reasons.getByRole("checkbox", { name: "Deny: Friend request", exact: true }).check();
  await reasons.getByRole("button", { name: "Save" }).click();
  await expect(reasons.getByText("Saved. It counts from now on.")).toBeVisible();
  await page.reload();
  await expect(
    reasons.getByRole("checkbox", { name: "Deny: Friend request", exact: true, checked: true }),
  ).toBeVisible();
  expect(await ada.api.preferences.get.query()).toMatchObject({
    undoSeconds: 15,
    claimOnOpen: true,
    reasonFor: { friend: ["deny"], group_join: [] },
  });
  await expectNoFaults(page, "/settings");
  expect(complaints).toEqual([]);
});

test("a canned text is written with chips, seen as it reads, put in order by keyboard and removed", async ({
  browser,
}) => {
  await ada.api.texts.save.mutate({ title: "Say why", verb: "deny", kinds: [], textZh: "请写明来意", textEn: "" });
  const page = await desk.enter(browser, owner);
  await page.goto("/settings");
  const texts = sectionOf(page, "Canned texts");
  await texts.getByRole("button", { name: "Add a text" }).click();
  const editor = page.getByRole("dialog");
  await expect(editor.getByRole("button", { name: "Save" })).toBeDisabled();
  await editor.getByRole("textbox", { name: "Title" }).fill("Group is full");
  await editor.getByRole("checkbox", { name: "Asks to join" }).check();
  const english = editor.getByRole("region", { name: "English" });
  await english.getByRole("textbox").fill("Hello ");
  await english.getByRole("button", { name: "Name", exact: true }).click();
  await english.getByRole("textbox").press("End");
  await english.getByRole("textbox").pressSequentially(", ask again ");
  await english.getByRole("button", { name: "To fill in …" }).click();
  // The word is selected, to be written over.
  await page.keyboard.type("when");
  await expect(english.getByRole("textbox")).toHaveValue("Hello {{name}}, ask again {{when}}");
  await expect(english.getByText("Hello Wren Holt, ask again {{when}}")).toBeVisible();
  await expect(english.getByText("Has to be filled in before it can be sent: when")).toBeVisible();
  await expectNoFaults(page, "the editor of a canned text");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor).toHaveCount(0);
  const rows = texts.getByRole("listitem");
  await expect(rows).toContainText(["Say why", "Group is full"]);

  await texts.getByRole("button", { name: "Move “Group is full” up" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows).toContainText(["Group is full", "Say why"]);
  await expect(texts.getByText("“Group is full” is now 1 of 2.")).toBeAttached();
  // Its own button cannot go further; the focus stays with the row.
  await expect(texts.getByRole("button", { name: "Move “Group is full” down" })).toBeFocused();
  await page.reload();
  await expect(rows).toContainText(["Group is full", "Say why"]);

  await texts.getByRole("button", { name: "Remove “Say why”" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the settings in Chinese, on a phone", async ({ browser }) => {
  const page = await desk.enter(browser, owner, {
    locale: "zh-CN",
    colorScheme: "dark",
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  await page.getByRole("button", { name: "更多", exact: true }).tap();
  await page.getByRole("link", { name: "设置" }).tap();
  await expect(page.getByRole("heading", { level: 2, name: "必须填写的理由" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await expectNoFaults(page, "/settings in Chinese");
  await page.getByRole("button", { name: "添加回复" }).tap();
  await expect(page.getByRole("dialog").getByRole("region", { name: "中文" })).toBeVisible();
  await expectNoFaults(page, "the editor in Chinese");
});
