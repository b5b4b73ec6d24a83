import { expect } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  botId = await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  desk.napcat.inbox.arriveFriend({ userId: "80000000301", nickname: "Ola Berg", comment: "hello" });
  desk.napcat.inbox.arriveJoin({ userId: "80000000302", nickname: "Nils Ek", groupId: "81000000001", comment: "hi" });
  const waiting = async () => (await ada.api.overview.pressing.query()).waiting;
  await expect.poll(waiting).toBe(2);
});
test.afterAll(() => desk.close());

test("the overview says what needs a person, follows what happens and leads to it", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  const colleague = await desk.enter(browser, moderator);
  const places = page.getByRole("navigation", { name: "Main" });
  await places.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(places.getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "page");
  const pressing = page.getByRole("region", { name: "Needs a person" });
  await expect(pressing.getByRole("link", { name: /^2 waiting/ })).toBeVisible();
  await expect(page.getByText("All bots that are switched on can work.")).toBeVisible();
  await expect(page.getByRole("region", { name: "At the desk" }).last().getByText("Bram Holt")).toBeVisible();
  await expect(page.getByText("Nothing has been decided today.")).toBeVisible();

  await test.step("what a colleague does is counted by itself", async () => {
    await colleague.getByRole("link", { name: /Ola Berg/ }).click();
    await colleague.getByRole("button", { name: "Approve", exact: true }).click();
    await expect(pressing.getByRole("link", { name: /^1 waiting/ })).toBeVisible();
    const decided = page.getByRole("region", { name: "Decided today" });
    await expect(
      decided
        .getByRole("img", { name: /1 operator by outcome/ })
        .locator("svg")
        .first(),
    ).toBeVisible();
    await decided.getByRole("button", { name: "Table" }).click();
    await expect(decided.getByRole("row", { name: /^Bram Holt 1 / })).toBeVisible();
  });

  await test.step("arrivals can be read as a table, of a day and of a week", async () => {
    const arrivals = page.getByRole("region", { name: "Arrivals" }).first();
    await expect(arrivals.getByText("2 requests arrived")).toBeVisible();
    await arrivals.getByRole("button", { name: "Table" }).click();
    await expect(arrivals.getByRole("row")).toHaveCount(25);
    await arrivals.getByRole("button", { name: "7 days" }).click();
    await expect(arrivals.getByRole("row")).toHaveCount(169);
    await expectNoFaults(page, "the overview as tables");
    await arrivals.getByRole("link", { name: /Reading circle/ }).click();
    await expect(page.getByRole("link", { name: /Nils Ek/ })).toBeVisible();
    await expect(page.getByRole("link", { name: /Ola Berg/ })).toHaveCount(0);
  });

  await test.step("a bot that drops stands there with the way to it", async () => {
    await page.goto("/");
    await desk.napcat.close();
    const bots = page.getByRole("region", { name: "Bots that cannot work" });
    await expect(bots.getByText("Not connected")).toBeVisible();
    await bots.getByRole("link", { name: "Front door" }).click();
    await expect(page).toHaveURL(new RegExp(`/bots/${botId}$`));
  });
  expect(complaints).toEqual([]);
});

test("on a phone four places stand in a bar and the rest behind it", async ({ browser }) => {
  const page = await desk.enter(browser, owner, { viewport: { width: 360, height: 740 }, hasTouch: true });
  const places = page.getByRole("navigation", { name: "Main" });
  await expect(places.getByRole("link", { name: "Settings" })).toBeHidden();
  await places.getByRole("link", { name: "Overview" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(360);
  await expectNoFaults(page, "the overview on a phone");
  await places.getByRole("button", { name: "More" }).tap();
  const sheet = page.getByRole("dialog", { name: "More" });
  const settings = sheet.getByRole("link", { name: "Settings" });
  await expect(settings).toBeVisible();
  const box = await settings.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await expectNoFaults(page, "the sheet of places");
  await settings.tap();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(sheet).toBeHidden();
});
