import { expect } from "@playwright/test";
import { Desk, holdScript, listenForComplaints, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  // Never pushed: the desk finds it when it asks, which it does as soon as it is connected.
  desk.napcat.inbox.arriveFiltered({ userId: "80000000102", nickname: "Suspicious Sam", message: "hi" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

test("the second to decide is told who was faster and keeps what they typed", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  // Cut off from news, so that the second acts on what was true a moment ago.
  await second.route(/\/api\/trpc\/live/, (route) => route.abort());
  desk.napcat.inbox.arriveJoin({
    userId: "80000000101",
    nickname: "Piet Lansing",
    groupId: "81000000001",
    comment: "I read a lot",
  });
  await (await reveal(first, "Piet Lansing")).click();
  await second.reload();
  await second.getByRole("link", { name: /Piet Lansing/ }).click();
  await second.getByRole("textbox", { name: "Reason" }).fill("We are full this month");
  await first.getByRole("button", { name: "Approve" }).click();
  await expect(
    first
      .getByRole("region", { name: "Open request" })
      .getByText(/^Approv/)
      .first(),
  ).toBeVisible();
  await second.getByRole("button", { name: "Deny" }).click();
  await expect(
    second.getByRole("alert").filter({ hasText: `${owner.name} approved this request before you` }),
  ).toBeVisible();
  await expect(second.getByRole("textbox", { name: "Your unsent text" })).toHaveValue("We are full this month");
  await second.getByRole("button", { name: "Use as a note" }).click();
  await expect(second.getByRole("textbox", { name: "New note" })).toHaveValue("We are full this month");
  await second.getByRole("button", { name: "Add note" }).click();
  await expect(first.getByText("We are full this month")).toBeVisible();
});

test("what is pressed before the page is awake is done once it is, and once only", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  desk.napcat.inbox.arriveJoin({
    userId: "80000000109",
    nickname: "Early Edda",
    groupId: "81000000001",
    comment: "hello",
  });
  await (await reveal(page, "Early Edda")).click();
  await expect(page).toHaveURL(/open=/);
  const sent = () => desk.napcat.calls.of("set_group_add_request").length;
  const before = sent();
  const arrive = await holdScript(page);
  await page.reload({ waitUntil: "commit" });
  await page.getByRole("button", { name: "Approve" }).click();
  await page.keyboard.press("?");
  const drawn = await page.getByRole("heading", { level: 2, name: "Early Edda" }).elementHandle();
  arrive();
  await desk.napcat.calls.wait("set_group_add_request", before + 1);
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  // What the server drew is what wakes up: nothing vanished meanwhile, and no focus with it.
  expect(await drawn?.evaluate((heading) => heading.isConnected)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(
    page.getByRole("region", { name: "Open request" }).getByText("Approved, confirmed").first(),
  ).toBeVisible();
  expect(sent()).toBe(before + 1);
});

test("a key pressed before the page is awake opens the first request, and the page follows the address", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const first = page.locator("#queue-rows").getByRole("link").first();
  // Slowed, the page wakes up the way a phone's does: all of it in one piece.
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const arrive = await holdScript(page);
  await page.reload({ waitUntil: "commit" });
  await expect(first).toBeVisible();
  await page.keyboard.press("j");
  arrive();
  await expect(page).toHaveURL(/open=/);
  await expect(page.getByRole("region", { name: "Open request" }).getByRole("heading", { level: 2 })).toBeVisible();
  await expect(first).toHaveAttribute("aria-current", "true");
});

test("a filtered friend request offers no denial and says why", async ({ browser }) => {
  const page = await desk.enter(browser, moderator);
  await page.goto("/requests?kind=filtered_friend");
  await page.getByRole("link", { name: /Suspicious Sam/ }).click();
  await expect(page.getByText(/Such a request can only be accepted/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Deny" })).toHaveCount(0);
});

test("two people in one second: the person has to be chosen before anything is sent", async ({ browser }) => {
  const page = await desk.enter(browser, moderator);
  desk.napcat.inbox.arriveFriend({ userId: "80000000103", nickname: "Twin Left", second: 1_700_000_000 });
  desk.napcat.inbox.arriveFriend({ userId: "80000000104", nickname: "Twin Right", second: 1_700_000_000 });
  await (await reveal(page, "Twin Left")).click();
  await expect(page.getByRole("group", { name: "Two people, one mark" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toBeDisabled();
  await page.getByRole("radio", { name: /Twin Left/ }).check();
  await expect(page.getByRole("button", { name: "Approve" })).toBeEnabled();
});

test("the whole work in Chinese", async ({ browser }) => {
  const page = await desk.enter(browser, moderator, { locale: "zh-CN" });
  const complaints = listenForComplaints(page);
  desk.napcat.inbox.arriveJoin({ userId: "80000000105", nickname: "听雨", groupId: "81000000001", comment: "想入群" });
  await (await reveal(page, "听雨")).click();
  await page.getByRole("textbox", { name: "理由" }).fill("请先写明来意");
  await page.getByRole("button", { name: "拒绝" }).click();
  await expect(
    page
      .getByRole("region", { name: "当前申请" })
      .getByText(/已拒绝，已确认|已发送拒绝，未确认/)
      .first(),
  ).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  expect(complaints).toEqual([]);
});

test("on a phone the list gives way to the request and comes back", async ({ browser }) => {
  const page = await desk.enter(browser, owner, {
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
  });
  desk.napcat.inbox.arriveFriend({ userId: "80000000106", nickname: "Pocket Pia" });
  const titles = page.getByRole("heading", { level: 1 });
  await expect(titles).toHaveText(["Requests"]);
  await (await reveal(page, "Pocket Pia")).tap();
  await expect(page.getByRole("heading", { level: 2, name: "Pocket Pia" })).toBeVisible();
  await expect(titles).toHaveText(["Open request"]);
  await expect(page.getByRole("searchbox", { name: "Search requests" })).toBeHidden();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Back to the list" }).tap();
  await expect(page.getByRole("searchbox", { name: "Search requests" })).toBeVisible();
});
