import { expect, type Page } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner, test } from "./desk";

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await ada.api.views.save.mutate({ name: "Who wants in", page: "requests", query: { kind: "group_join" } });
});
test.afterAll(() => desk.close());

declare global {
  interface Window {
    /** What the page told outside itself: no page can ask the system what it shows. */
    told: Notification[];
  }
}

/** The browser's own notifications, each written down. */
function writeDown(): void {
  window.told = [];
  window.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      window.told.push(this);
    }
  };
}

const titlesIn = (page: Page) => page.evaluate(() => window.told.map(({ title }) => title));

test("one tab tells what happens elsewhere, leads there, and keeps still about what is looked at", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner, { permissions: ["notifications"] });
  await page.context().addInitScript(writeDown);
  const complaints = listenForComplaints(page);
  await page.goto("/account");
  const section = page.getByRole("region", { name: "Notifications" });
  // Allowed by the browser, and still off until somebody says so.
  await expect(section.getByRole("status")).toHaveText("Off in this browser.");
  await section.getByRole("button", { name: "Switch on" }).click();
  await expect(section.getByRole("status")).toHaveText("On in this browser.");
  // What is there already is looked at first, and not told.
  const looked = page.waitForResponse(/requests\.list/);
  await section.getByRole("switch", { name: "New requests under “Who wants in”" }).check();
  await looked;
  await expectNoFaults(page, "the account with notifications");
  const other = await page.context().newPage();
  const lookedToo = other.waitForResponse(/requests\.list/);
  await other.goto("/audit");
  await lookedToo;
  const views = (one: Page) => one.getByRole("navigation", { name: "Saved views" });
  await expect(views(other).getByText("This browser tells of it")).toBeAttached();
  const told = async () => [...(await titlesIn(page)), ...(await titlesIn(other))];

  const arrive = (userId: string) =>
    desk.napcat.inbox.arriveJoin({ userId, nickname: "Qing", groupId: "81000000001", comment: "hello" });
  arrive("80000000401");
  await expect.poll(told).toEqual(["1 new request under “Who wants in”"]);

  // The first tab speaks as long as it is there. A click leads it to the view; what is new there needs no telling.
  await page.evaluate(() => window.told[0]?.dispatchEvent(new Event("click")));
  await expect(page).toHaveURL(/\/requests\?kind=group_join/);
  arrive("80000000402");
  await expect(views(page).getByRole("link", { name: /Who wants in/ })).toContainText("2 entries");
  await desk.napcat.refuse();
  const dropped = "Front door is no longer connected";
  await expect.poll(told).toEqual(["1 new request under “Who wants in”", dropped]);
  await desk.napcat.accept();
  await expect.poll(told).toEqual(["1 new request under “Who wants in”", dropped, "Front door is connected again"]);
  await page.evaluate(() => window.told.at(-1)?.dispatchEvent(new Event("click")));
  await expect(page).toHaveURL(new RegExp(`/bots/${botId}`));

  // Who speaks goes: the other takes over, without telling again what was told.
  await page.close();
  await expect.poll(() => other.evaluate(async () => (await navigator.locks.query()).pending?.length)).toBe(0);
  arrive("80000000403");
  await expect.poll(() => titlesIn(other)).toEqual(["1 new request under “Who wants in”"]);
  // Nobody looks at the bot any more.
  await desk.napcat.refuse();
  await expect.poll(() => titlesIn(other)).toEqual(["1 new request under “Who wants in”", dropped]);
  await desk.napcat.accept();
  await desk.napcat.connected("forward");
  expect(complaints).toEqual([]);
});

test("times are those of the zone that was chosen, in whatever zone the browser is", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await page.goto("/account");
  const zone = page.getByRole("combobox", { name: "Time zone" });
  const saved = page.waitForResponse(/account\.setTimeZone/);
  await zone.selectOption("Pacific/Honolulu");
  await saved;
  await expect(zone).toBeEnabled();
  await page.goto("/audit?from=2026-01-01T00:00");
  const first = page.getByRole("table").locator("time").first();
  const at = new Date((await first.getAttribute("datetime")) ?? "");
  const clock = at.toLocaleTimeString("sv-SE", { timeZone: "Pacific/Honolulu" });
  await expect(first).toContainText(clock);
  // In the middle of the night in Honolulu it is another day here: the record is asked by Honolulu's clock.
  const before = new Date(at.getTime() + 60_000).toLocaleString("sv-SE", { timeZone: "Pacific/Honolulu" });
  await page.goto(`/audit?from=${before.slice(0, 16).replace(" ", "T")}&to=2099-01-01`);
  await expect(page.getByText("Nothing matches")).toBeVisible();
  expect(complaints).toEqual([]);
});
