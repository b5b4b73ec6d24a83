import { expect, type Page } from "@playwright/test";
import type { Visitor } from "../simulators/visitor";
import { expectNoFaults } from "./axe";
import { Desk, owner, reveal, test } from "./desk";

let desk: Desk;
let ada: Visitor;
test.beforeAll(async () => {
  desk = await Desk.start();
  ada = await desk.seatOwner();
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

const keepFor = (undoSeconds: number) => ada.api.preferences.set.mutate({ patch: { undoSeconds } });
const detailOf = (page: Page) => page.getByRole("region", { name: "Open request" });
const barOf = (page: Page) => page.getByRole("region", { name: "Undo" });
const answers = () => desk.napcat.calls.of("set_group_add_request").length;

async function open(page: Page, userId: string, nickname: string): Promise<void> {
  desk.napcat.inbox.arriveJoin({ userId, nickname, groupId: "81000000001", comment: "hello" });
  await (await reveal(page, nickname)).click();
  await expect(page.getByRole("heading", { level: 2, name: nickname })).toBeVisible();
}

test("a decision is taken back with one key, and the platform never hears of it", async ({ browser }) => {
  await keepFor(60);
  const before = answers();
  const page = await desk.enter(browser, owner);
  await open(page, "80000000501", "Hasty Hal");
  await page.keyboard.press("a");
  await expect(barOf(page).getByText("You approved Hasty Hal", { exact: true })).toBeVisible();
  await expect(barOf(page).getByText(/^Sent in \d+ s/)).toBeVisible();
  await expect(barOf(page).getByRole("status")).toHaveText("You approved Hasty Hal. 60 seconds to undo, with U.");
  await expectNoFaults(page, "the undo bar");
  await page.keyboard.press("u");
  await expect(
    barOf(page)
      .getByText(/^Taken back: Hasty Hal/)
      .first(),
  ).toBeVisible();
  await expect(detailOf(page).getByText("Approval taken back")).toBeVisible();
  await expect(detailOf(page).getByRole("button", { name: "Approve" })).toBeEnabled();
  // What is put aside can be taken back, too.
  await page.keyboard.press("i");
  await expect(barOf(page).getByText("You ignored Hasty Hal", { exact: true })).toBeVisible();
  await barOf(page).getByRole("button", { name: "Undo", exact: true }).click();
  await expect(
    barOf(page)
      .getByText(/^Taken back: Hasty Hal/)
      .first(),
  ).toBeVisible();
  await expect(detailOf(page).getByText("Waiting").first()).toBeVisible();
  expect(answers()).toBe(before);
  expect(desk.napcat.inbox.groups.at(-1)?.state).toBe("pending");
});

test("the desk keeps the time: with the tab closed the decision is sent all the same", async ({ browser }) => {
  await keepFor(1);
  const page = await desk.enter(browser, owner);
  await open(page, "80000000502", "Closing Cleo");
  const sent = answers();
  await page.keyboard.press("a");
  await expect(
    detailOf(page)
      .getByText(/^Approv(al|ed)/)
      .first(),
  ).toBeVisible();
  await page.context().close();
  await desk.napcat.calls.wait("set_group_add_request", sent + 1);
  await expect.poll(() => desk.napcat.inbox.groups.at(-1)?.state).toBe("approved");
});

test("too late is told as it is, and nothing is painted over", async ({ browser }) => {
  await keepFor(60);
  const page = await desk.enter(browser, owner);
  await open(page, "80000000503", "Late Lou");
  // Cut off from news, this tab goes on believing in a minute; the desk sends at once.
  await page.route(/\/api\/trpc\/live/, (route) => route.abort());
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: "Late Lou" })).toBeVisible();
  await expect(detailOf(page).getByRole("button", { name: "Approve" })).toBeEnabled();
  await keepFor(0);
  const sent = answers();
  await page.keyboard.press("a");
  await expect(barOf(page).getByText("You approved Late Lou", { exact: true })).toBeVisible();
  await desk.napcat.calls.wait("set_group_add_request", sent + 1);
  await page.keyboard.press("u");
  await expect(barOf(page).getByRole("alert").getByText("Nothing was taken back.")).toBeVisible();
  await expect(detailOf(page).getByText("Approved, confirmed").first()).toBeVisible();
  await barOf(page).getByRole("button", { name: "Close" }).click();
  await expect(barOf(page).getByRole("alert")).toHaveCount(0);
  expect(desk.napcat.inbox.groups.at(-1)?.state).toBe("approved");
});
