import { expect, type Page } from "@playwright/test";
import type { Visitor } from "../simulators/visitor";
import { Desk, owner, reveal, test } from "./desk";
import { Wire } from "./wire";

let desk: Desk;
let ada: Visitor;
test.beforeAll(async () => {
  desk = await Desk.start();
  ada = await desk.seatOwner();
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

/** Leaves a mark that no reload survives, and answers whether it is still there. */
async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute("data-unreloaded", ""));
  return () => page.evaluate(() => document.documentElement.hasAttribute("data-unreloaded"));
}

const isLive = (page: Page) => expect(page.getByRole("status").getByText("Live", { exact: true })).toBeVisible();
const isReconnecting = (page: Page) => expect(page.getByRole("status").getByText("Connecting")).toBeVisible();

test("what came while the browser's connection was cut is there when it is mended", async ({ browser }) => {
  const wire = await Wire.lay();
  const page = await desk.enter(browser, owner, { proxy: wire.proxy });
  desk.napcat.inbox.arriveFriend({ userId: "80000000501", nickname: "Early Edda", second: 1_700_000_501 });
  await page.getByRole("link", { name: /Early Edda/ }).click();
  await isLive(page);
  const isSamePage = await mark(page);
  await page.getByRole("textbox", { name: "New note" }).fill("half a thought");

  wire.cut();
  await isReconnecting(page);
  // Meanwhile one comes and one goes; the desk knows both before the connection is mended.
  desk.napcat.inbox.arriveFriend({ userId: "80000000502", nickname: "Missed Mia", second: 1_700_000_502 });
  const [early] = desk.napcat.inbox.friends;
  if (!early) throw new Error("Nobody asked.");
  desk.napcat.inbox.decideFriend(early, true);
  const states = async () => {
    const { items } = await ada.api.requests.list.query({ state: "all" });
    return items.map((item) => `${item.applicantName} ${item.state}`).sort();
  };
  await expect.poll(states).toEqual(["Early Edda elsewhere", "Missed Mia waiting"]);
  await expect(page.getByRole("link", { name: /Missed Mia/ })).toHaveCount(0);
  wire.mend();

  await isLive(page);
  await reveal(page, "Missed Mia");
  const detail = page.getByRole("region", { name: "Open request" });
  await expect(detail.getByText("Decided elsewhere").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "New note" })).toHaveValue("half a thought");
  expect(await isSamePage()).toBe(true);
  await page.context().close();
  await wire.close();
});

test("what came while the desk was down is there when it is up again", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await isLive(page);
  const isSamePage = await mark(page);

  await desk.stop();
  await isReconnecting(page);
  desk.napcat.inbox.arriveJoin({ userId: "80000000503", nickname: "Night Nils", groupId: "81000000001" });
  await desk.startAgain();

  await isLive(page);
  await (await reveal(page, "Night Nils")).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(
    page.getByRole("region", { name: "Open request" }).getByText("Approved, confirmed").first(),
  ).toBeVisible();
  expect(await isSamePage()).toBe(true);
});

/** Lets `act` happen after the server has drawn the next page and before the browser has it. */
async function whileDrawn(page: Page, path: string, act: () => Promise<void>): Promise<void> {
  await page.route(
    (url) => url.pathname === path && url.searchParams.has("_rsc"),
    async (route) => {
      const drawn = await route.fetch();
      await act();
      await route.fulfill({ response: drawn });
    },
    { times: 1 },
  );
}

test("what came while a page was on its way is on the page", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await isLive(page);
  const queue = page.getByRole("link", { name: /^Requests/ });
  const arrive = async (userId: string, nickname: string) => {
    const before = (await ada.api.requests.counts.query({})).states.waiting;
    desk.napcat.inbox.arriveFriend({ userId, nickname });
    // The number beside the link: the news is in the browser.
    await expect(queue.getByText(String(before + 1), { exact: true })).toBeVisible();
  };

  await test.step("a page that is new to this tab", async () => {
    await whileDrawn(page, "/operators", async () => {
      await ada.api.invites.create.mutate({ role: "auditor", botId: null, label: "For the books", hours: 1 });
      await arrive("80000000504", "Quick Quinn");
    });
    await page.getByRole("link", { name: "Operators" }).click();
    await expect(page.getByText("For the books")).toBeVisible();
  });

  await test.step("a page that this tab has shown before", async () => {
    await whileDrawn(page, "/requests", () => arrive("80000000505", "Rapid Rhea"));
    await queue.click();
    await expect(page.getByRole("link", { name: /Rapid Rhea/ })).toBeVisible();
  });

  await test.step("conversations, whose rows no fact makes stale", async () => {
    const speaker = { userId: "80000000506", nickname: "Prompt Pia" };
    desk.napcat.world.addPerson(speaker);
    desk.napcat.world.join("81000000001", speaker, "approve", speaker.userId);
    const messages = page.getByRole("link", { name: /^Messages/ });
    await whileDrawn(page, "/chats", async () => {
      desk.napcat.world.say(speaker.userId, "Said while you were on your way", "81000000001");
      await expect(messages.getByText("1", { exact: true })).toBeVisible();
    });
    await messages.click();
    await expect(page.getByRole("link", { name: /Reading circle.*Said while you were on your way/ })).toBeVisible();
  });
});
