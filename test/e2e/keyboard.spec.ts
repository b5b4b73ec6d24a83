import { expect, type Page } from "@playwright/test";
import { Desk, listenForComplaints, owner, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
});
test.afterAll(() => desk.close());

const queueOf = (page: Page) => page.getByRole("region", { name: "Queue" });
const rowOf = (page: Page, name: string) => queueOf(page).getByRole("link", { name: new RegExp(name) });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name });

/** People who ask, in order; the last one stands first in the queue. */
async function fill(page: Page, ...names: string[]): Promise<void> {
  for (const [at, nickname] of names.entries()) {
    desk.napcat.inbox.arriveFriend({ userId: String(80_000_000_500 + people + at), nickname, second: second(at) });
  }
  people += names.length;
  await expect
    .poll(async () => {
      await page.reload();
      const shown = await queueOf(page).getByRole("link").allTextContents();
      return names.filter((name) => !shown.some((text) => text.includes(name)));
    })
    .toEqual([]);
}
let people = 0;
/** Each in a second of their own: the platform tells requests apart by nothing else. */
const second = (at: number) => 1_700_000_000 + people + at;

const stateOf = (nickname: string) => desk.napcat.inbox.friends.find((request) => request.nickname === nickname)?.state;

test("the whole queue is worked off without a pointer", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await fill(page, "Third Thea", "Second Sol", "First Finn");

  await test.step("j and k walk, and the focus goes along", async () => {
    await page.keyboard.press("j");
    await expect(heading(page, "First Finn")).toBeVisible();
    await expect(rowOf(page, "First Finn")).toBeFocused();
    await page.keyboard.press("j");
    await expect(rowOf(page, "Second Sol")).toBeFocused();
    await page.keyboard.press("k");
    await expect(rowOf(page, "First Finn")).toBeFocused();
    await expect(rowOf(page, "First Finn")).toHaveAttribute("aria-current", "true");
  });

  await test.step("a letter typed in a field is a letter", async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search requests" })).toBeFocused();
    await page.keyboard.type("aid");
    await expect(page.getByRole("searchbox", { name: "Search requests" })).toHaveValue("aid");
    await page.getByRole("searchbox", { name: "Search requests" }).fill("");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await expect(page.getByRole("textbox", { name: "New note" })).toBeFocused();
    await page.keyboard.type("a d i");
    await page.keyboard.press("Escape");
    expect(desk.napcat.inbox.friends.map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
  });

  await test.step("x chooses, Shift and j choose on, Escape lets go", async () => {
    await page.keyboard.press("x");
    await expect(page.getByRole("checkbox", { name: "Select First Finn" })).toBeChecked();
    await page.keyboard.press("Shift+J");
    await expect(page.getByRole("checkbox", { name: "Select Second Sol" })).toBeChecked();
    await expect(heading(page, "Second Sol")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
    await expect(heading(page, "Second Sol")).toBeVisible();
    await page.keyboard.press("k");
    await expect(heading(page, "First Finn")).toBeVisible();
  });

  await test.step("s and Enter pass over, and open the next", async () => {
    await page.keyboard.press("s");
    await expect(page.getByRole("menuitem", { name: "Skip" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(rowOf(page, "First Finn").getByText("Skipped")).toBeVisible();
    await expect(heading(page, "Second Sol")).toBeVisible();
  });

  await test.step("a decides and opens the next in one stroke, passing over what was skipped", async () => {
    await page.getByRole("switch", { name: "Then open the next" }).press("Space");
    await page.getByRole("heading", { level: 2 }).click();
    await page.keyboard.press("a");
    await expect(heading(page, "Third Thea")).toBeVisible();
    await expect(rowOf(page, "Second Sol").getByText("Approved, confirmed")).toBeVisible();
    expect(stateOf("Second Sol")).toBe("approved");
  });

  await test.step("d denies, i ignores", async () => {
    await page.keyboard.press("d");
    await expect(rowOf(page, "Third Thea").getByText(/^Denied, confirmed|^Denial sent/)).toBeVisible();
    await rowOf(page, "First Finn").click();
    await expect(heading(page, "First Finn")).toBeVisible();
    await page.keyboard.press("i");
    await expect(rowOf(page, "First Finn").getByText("Ignored")).toBeVisible();
    expect(stateOf("First Finn")).toBe("pending");
  });

  await test.step("? lists them all", async () => {
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help.getByText("Set aside: skip, snooze, hand over")).toBeVisible();
    await page.keyboard.press("a");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });
  expect(complaints).toEqual([]);
});

test("a key struck before the next request is drawn decides about nobody", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await fill(page, "Hasty Hugo", "Hasty Hana");
  await page.keyboard.press("j");
  await expect(heading(page, "Hasty Hana")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toBeEnabled();
  // In one go: nothing can be drawn between them.
  await page.evaluate(() => {
    for (const key of ["j", "a", "i", "s"])
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
  await expect(heading(page, "Hasty Hugo")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toBeEnabled();
  await expect(page.getByRole("menu")).toHaveCount(0);
  // Had one been decided, it would say so: its state comes with the answer, before this one's.
  await page.keyboard.press("a");
  await expect(rowOf(page, "Hasty Hugo").getByText("Approved, confirmed")).toBeVisible();
  await expect(rowOf(page, "Hasty Hana").getByText(/Approv|Ignored/)).toHaveCount(0);
  expect(stateOf("Hasty Hana")).toBe("pending");
});

test("two keys struck in one go walk two rows", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await fill(page, "Swift Sven", "Swift Suse", "Swift Sara");
  await page.keyboard.press("j");
  await expect(heading(page, "Swift Sara")).toBeVisible();
  await page.evaluate(() => {
    for (const key of ["j", "j"])
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
  await expect(heading(page, "Swift Sven")).toBeVisible();
  await expect(rowOf(page, "Swift Sven")).toBeFocused();
});

test("a search that settles takes nothing back that was done since the last letter", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await fill(page, "Settled Sam");
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  // In one go, so that the search settles after the key and before the page is drawn with what the key did.
  await page.getByRole("searchbox", { name: "Search requests" }).evaluate((field: HTMLInputElement) => {
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    for (const text of ["s", ""]) {
      value?.set?.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const typedAt = performance.now();
    while (performance.now() - typedAt < 300);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
    // What was to happen by then happens first.
    return new Promise<void>((resolve) => setTimeout(resolve));
  });
  await expect(heading(page, "Settled Sam")).toBeVisible();
  await expect(page).toHaveURL(/open=/);
});

test("a search that settles while a link is followed does not hold it up", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await fill(page, "Linked Lena");
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  let answer = () => {};
  const settled = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/groups\?_rsc=/, async (route) => {
    await settled;
    await route.continue();
  });
  await page.getByRole("searchbox", { name: "Search requests" }).fill("s");
  const asked = page.waitForRequest(/\/groups\?_rsc=/);
  // In one go, so that the search settles after the click and before the page that was asked for has come.
  await page.getByRole("link", { name: "Groups" }).evaluate((link: HTMLElement) => {
    link.click();
    const clickedAt = performance.now();
    while (performance.now() - clickedAt < 300);
    return new Promise<void>((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve, 0)), 0));
  });
  await asked;
  answer();
  await expect(page).toHaveURL(/\/groups$/);
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("a click with Shift chooses everything between", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await fill(page, "Range Rhea", "Range Ravi", "Range Rosa", "Range Rolf");
  await page.getByRole("checkbox", { name: "Select Range Rosa" }).check({ force: true });
  await rowOf(page, "Range Rhea").click({ modifiers: ["Shift"] });
  for (const name of ["Rosa", "Ravi", "Rhea"]) {
    await expect(page.getByRole("checkbox", { name: `Select Range ${name}` })).toBeChecked();
  }
  await expect(page.getByRole("checkbox", { name: "Select Range Rolf" })).not.toBeChecked();
  await expect(heading(page, "Range Rhea")).toHaveCount(0);
});
