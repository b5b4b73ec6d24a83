import { expect, test } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner } from "./desk";

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  await ada.api.invites.create.mutate({ role: "auditor", botId: null, label: "For the books", hours: 24 });
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  desk.napcat.inbox.arriveFriend({ userId: "80000000201", nickname: "Ola Berg", comment: "hello" });
  desk.napcat.inbox.arriveJoin({ userId: "80000000202", nickname: "青石", groupId: "81000000001", comment: "你好" });
});
test.afterAll(() => desk.close());

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page fails axe or complains in the console, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({
      colorScheme,
      locale: "en-US",
      baseURL: desk.url,
      reducedMotion: "reduce",
    });
    const door = await context.newPage();
    await door.goto("/sign-in");
    await expectNoFaults(door, "/sign-in");
    await door.goto("/invite/no-such-token");
    await expect(door.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
    await expectNoFaults(door, "/invite");

    const page = await desk.enter(browser, owner, { colorScheme, reducedMotion: "reduce" });
    const complaints = listenForComplaints(page);
    const places: [string, () => Promise<void>][] = [
      ["/requests", () => expect(page.getByRole("link", { name: /Ola Berg/ })).toBeVisible()],
      ["/requests?state=all&kind=group_join", () => expect(page.getByRole("link", { name: /青石/ })).toBeVisible()],
      ["/bots", () => expect(page.getByRole("link", { name: /Front door/ })).toBeVisible()],
      ["/bots/new", () => expect(page.getByRole("heading", { name: "Add a NapCat" })).toBeVisible()],
      [`/bots/${botId}`, () => expect(page.getByRole("heading", { level: 1, name: "Front door" })).toBeVisible()],
      ["/audit", () => expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible()],
      ["/operators", () => expect(page.getByText("For the books")).toBeVisible()],
      ["/account", () => expect(page.getByRole("heading", { level: 2, name: "Sessions" })).toBeVisible()],
    ];
    for (const [address, isThere] of places) {
      await page.goto(address);
      await isThere();
      await expectNoFaults(page, address);
    }
    await page.goto("/requests");
    await page.getByRole("link", { name: /青石/ }).click();
    await expect(page.getByRole("textbox", { name: "Reason for denying" })).toBeVisible();
    await page.getByText("Raw payload of the platform").click();
    await expect(page.getByRole("region", { name: "Raw payload of the platform" })).toBeVisible();
    await expectNoFaults(page, "an open request");
    await page.goto("/audit");
    await page.getByRole("link", { name: "Sign in" }).first().click();
    await expect(page.getByRole("dialog").getByText("Everything of the same click")).toBeVisible();
    await expectNoFaults(page, "an open event");
    expect(complaints).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`nor do the queue and a bot in Chinese, ${colorScheme}`, async ({ browser }) => {
    const page = await desk.enter(browser, owner, { colorScheme, reducedMotion: "reduce", locale: "zh-CN" });
    const complaints = listenForComplaints(page);
    await page.getByRole("link", { name: /青石/ }).click();
    await expect(page.getByRole("textbox", { name: "拒绝理由" })).toBeVisible();
    await expectNoFaults(page, "/requests");
    await page.getByRole("region", { name: "当前申请" }).getByRole("link", { name: "Front door" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Front door" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "日志" })).toBeVisible();
    await expectNoFaults(page, "/bots/[id]");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    expect(complaints).toEqual([]);
  });
}
