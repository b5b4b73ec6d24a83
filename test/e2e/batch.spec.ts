import { expect, type Page } from "@playwright/test";
import type { Visitor } from "../simulators/visitor";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
let ada: Visitor;
test.beforeAll(async () => {
  desk = await Desk.start();
  ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  // Never pushed: the desk finds it when it asks, which it does as soon as it is connected.
  desk.napcat.inbox.arriveFiltered({ userId: "80000000600", nickname: "Doubtful Dan", message: "hi" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());
test.beforeEach(() => ada.api.preferences.set.mutate({ patch: { undoSeconds: 0 } }));
test.afterEach(() => desk.napcat.faults.clear());

const queueOf = (page: Page) => page.getByRole("region", { name: "Queue" });
const stateOf = (nickname: string) => desk.napcat.inbox.groups.find((one) => one.nickname === nickname)?.state;
const stripsOf = (page: Page) => page.getByRole("region", { name: "Batch", exact: true });

async function arrive(page: Page, first: number, ...names: string[]): Promise<void> {
  for (const [at, nickname] of names.entries()) {
    desk.napcat.inbox.arriveJoin({ userId: String(first + at), nickname, groupId: "81000000001", comment: "hello" });
    await reveal(page, nickname);
  }
}

async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const name of names)
    await queueOf(page)
      .getByRole("checkbox", { name: new RegExp(name) })
      .check({ force: true });
}

async function decide(page: Page, verb: "Approve" | "Deny"): Promise<void> {
  await page.getByRole("region", { name: "Decide the selection" }).getByRole("button", { name: verb }).click();
}

test("what can and cannot happen is said before, each result after, to the colleague as well", async ({ browser }) => {
  await ada.api.texts.save.mutate({
    title: "Full",
    verb: "deny",
    kinds: [],
    textZh: "",
    textEn: "Sorry {{name}}, ask again {{when}}.",
  });
  const page = await desk.enter(browser, owner);
  const colleague = await desk.enter(browser, moderator);
  const complaints = listenForComplaints(page);
  await arrive(page, 80000000601, "Ann One", "Ben Two", "Cy Three");
  await choose(page, "Ann One", "Ben Two", "Cy Three", "Doubtful Dan");
  await expect(page.getByRole("region", { name: "Decide the selection" }).getByText("4 selected")).toBeVisible();
  await decide(page, "Deny");
  const dialogue = page.getByRole("dialog");
  await expect(dialogue.getByText("3 of 4 will be denied.")).toBeVisible();
  await expect(dialogue.getByText(/The platform cannot do this with this request\. Doubtful Dan/)).toBeVisible();
  await expect(dialogue.getByText(/^This takes about \d+ seconds at this bot’s pace\.$/)).toBeVisible();
  await dialogue.getByRole("button", { name: "Canned text" }).click();
  await page.getByRole("menuitem", { name: /Sorry/ }).click();
  await expect(dialogue.getByText("Replace these by words first: when")).toBeVisible();
  await expect(dialogue.getByRole("button", { name: /^Deny \d/ })).toBeDisabled();
  await dialogue.getByRole("textbox", { name: "Reason for denying" }).fill("Sorry {{name}}, ask again in spring.");
  await expect(dialogue.getByRole("button", { name: "Deny 3" })).toBeEnabled();
  await expectNoFaults(page, "the preview of a batch");
  await dialogue.getByRole("button", { name: "Deny 3" }).click();

  await expect(stripsOf(page).getByText("Finished")).toBeVisible();
  expect(["Ann One", "Ben Two", "Cy Three"].map(stateOf)).toEqual(["denied", "denied", "denied"]);
  const reasons = desk.napcat.calls.of("set_group_add_request").map(({ params }) => params.reason);
  expect(reasons.toSorted()).toEqual([
    "Sorry Ann One, ask again in spring.",
    "Sorry Ben Two, ask again in spring.",
    "Sorry Cy Three, ask again in spring.",
  ]);
  await stripsOf(page)
    .getByRole("button", { name: /Deny 3 requests/ })
    .click();
  const results = page.getByRole("dialog");
  await expect(results.getByText("3 confirmed")).toBeVisible();
  await expect(results.getByRole("listitem").filter({ hasText: "Denied, confirmed" })).toHaveCount(3);
  await expectNoFaults(page, "the results of a batch");
  await colleague.goto("/requests?state=all");
  await expect((await reveal(colleague, "Ann One")).getByText("Denied, confirmed")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("what failed is tried again by itself; a whole batch is taken back with one key", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await arrive(page, 80000000621, "Gus Seven", "Ida Eight");
  desk.napcat.faults.failNext("set_group_add_request", "群成员已达上限，无法加入");
  await choose(page, "Gus Seven", "Ida Eight");
  await decide(page, "Approve");
  await page.getByRole("dialog").getByRole("button", { name: "Approve 2" }).click();
  await stripsOf(page)
    .filter({ hasText: "1 to look at" })
    .getByRole("button", { name: /Approve 2/ })
    .click();
  const results = page.getByRole("dialog");
  await results.getByRole("combobox", { name: "Which results" }).selectOption("Only what went wrong");
  await expect(results.getByRole("listitem").filter({ hasText: "群成员已达上限，无法加入" })).toHaveCount(1);
  await results.getByRole("button", { name: "Try 1 failed again" }).click();
  await expect(results.getByRole("heading", { name: "Approve 1 request" })).toBeVisible();
  await expect(results.getByText("1 confirmed")).toBeVisible();
  expect(["Gus Seven", "Ida Eight"].map(stateOf)).toEqual(["approved", "approved"]);
  await results.getByRole("button", { name: "Close" }).click();

  await ada.api.preferences.set.mutate({ patch: { undoSeconds: 60 } });
  await arrive(page, 80000000631, "Jon Nine", "Kay Ten");
  await choose(page, "Jon Nine", "Kay Ten");
  await decide(page, "Deny");
  await page.getByRole("dialog").getByRole("button", { name: "Deny 2" }).click();
  await expect(page.getByText("You denied 2 requests", { exact: true })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page.getByText("Taken back: 2 requests.").first()).toBeVisible();
  expect(["Jon Nine", "Kay Ten"].map(stateOf)).toEqual(["pending", "pending"]);
});

test("a batch goes on without its tab, is there after a reload, and can be stopped by a colleague", async ({
  browser,
}) => {
  const [bot] = await ada.api.bots.list.query();
  await setPace(bot?.id ?? "", 60_000);
  const page = await desk.enter(browser, owner);
  await arrive(page, 80000000611, "Dee Four", "Eli Five", "Fay Six", "Gil Extra", "Hob Last");
  await choose(page, "Dee Four", "Eli Five", "Fay Six", "Gil Extra", "Hob Last");
  await decide(page, "Approve");
  await expect(page.getByRole("dialog").getByText(/about 5 minutes/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Approve 5" }).click();
  await expect(stripsOf(page).getByText("1 of 5")).toBeVisible();
  await page.reload();
  await expect(stripsOf(page).getByText("1 of 5")).toBeVisible();

  const colleague = await desk.enter(browser, moderator);
  await stripsOf(colleague)
    .getByRole("button", { name: /Approve 5 requests/ })
    .click();
  await colleague.getByRole("dialog").getByRole("button", { name: "Stop the rest" }).click();
  // The two that had been given to the bot to send go on at its pace; the others wait in the queue again.
  await expect(colleague.getByRole("dialog").getByText("2 taken back")).toBeVisible();
  await expect(colleague.getByRole("dialog").getByText("2 on the way")).toBeVisible();
  await expect(colleague.getByRole("dialog").getByText(`Stopped by ${moderator.name}`)).toBeVisible();
  const shown = (state: string) =>
    queueOf(page).getByRole("link", { name: new RegExp(`(Dee Four|Eli Five|Fay Six|Gil Extra|Hob Last).*${state}`) });
  await expect(shown("Waiting")).toHaveCount(2);
  await expect(shown("Sending approval")).toHaveCount(2);
});

/** As the bot's page does it: what is not changed is sent as it is. */
async function setPace(id: string, writeGapMs: number): Promise<void> {
  const { name, connection } = await ada.api.bots.get.query({ id });
  // The page's own connection, a plain object; the server checks it.
  await ada.api.bots.update.mutate({ id, name, connection: connection as Record<string, unknown>, writeGapMs });
}
