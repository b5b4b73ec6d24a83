import { expect, type Locator, type Page } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner, reveal, test } from "./desk";

const groupId = "81000000001";
const members = ["Mira Falk", "Nils Ek", "Ola Berg", "Pia Lund"];
const firstMember = 80000000301;

let desk: Desk;
let address: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  const people = members.map((nickname, at) => ({ userId: String(firstMember + at), nickname }));
  desk.napcat.world.addGroup({ groupId, groupName: "Reading circle" }, people);
  address = `/groups/${await desk.connect(ada)}/${groupId}?tab=members`;
});
test.afterAll(() => desk.close());

const memberOf = (name: string) =>
  [...(desk.napcat.world.groups.get(groupId)?.members.values() ?? [])].find(({ nickname }) => nickname === name);
const mutedOf = (name: string) => memberOf(name)?.mutedUntil ?? 0;

/** The dialogue of an act on one member, from their row. */
async function ask(page: Page, name: string, verb: string): Promise<void> {
  await page.getByRole("button", { name: `Acts on ${name}` }).click();
  await page.getByRole("menuitem", { name: verb, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: verb, exact: true }).click();
}

test("a refused mute is told as refused, and a slow removal can be given up without a lie", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await page.goto(address);
  desk.napcat.faults.failNext("set_group_ban", "not in the mood");
  await ask(page, "Mira Falk", "Mute");
  const told = page.getByRole("alert").filter({ hasText: "The platform refused." });
  await expect(told).toContainText("not in the mood");
  await expect(told).toContainText("It did not happen.");
  expect(mutedOf("Mira Falk")).toBe(0);

  const held = desk.napcat.faults.hold("set_group_kick", "before");
  await ask(page, "Nils Ek", "Remove");
  await held.call;
  await expect(page.getByRole("progressbar", { name: "Waiting for an answer" })).toBeVisible();
  await expectNoFaults(page, "members while an act takes long");
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Whether it was carried out is not known." })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Waiting for an answer" })).toHaveCount(0);
  held.release();
  // The platform did it after all; the row stays where it stands and says so.
  await expect(page.getByRole("row").filter({ hasText: "Nils Ek" })).toContainText("no longer in the list");
  expect(memberOf("Nils Ek")).toBeUndefined();
  // The browser complains of what was refused, as it should have been, and of nothing else.
  expect(complaints.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
});

test("a connection that drops in the middle leaves one unknown, which is looked at once it is back", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await page.goto(address);
  const names = ["Mira Falk", "Ola Berg", "Pia Lund"];
  const list = page.getByRole("grid", { name: "Members" });
  for (const name of names) await list.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page
    .getByRole("region", { name: "Acts on the selection" })
    .getByRole("button", { name: "Mute", exact: true })
    .click();
  const held = desk.napcat.faults.hold("set_group_ban", "before");
  await page.getByRole("dialog").getByRole("button", { name: "Mute 3" }).click();
  const { params } = await held.call;
  await desk.napcat.refuse();
  const strip = page.getByRole("region", { name: "Act on many members" });
  await expect(strip.getByText("Waits for the bot")).toBeVisible();
  await strip.getByRole("button", { name: /3 members/ }).click();
  const drawer = page.getByRole("dialog", { name: "Act on many members" });
  const result = (name: string) => drawer.getByRole("listitem").filter({ hasText: name });
  const lost = members[Number(params.user_id) - firstMember] ?? "";
  const others = names.filter((name) => name !== lost);
  await expect(result(lost)).toContainText("Result unknown");
  for (const name of others) await expect(result(name)).toContainText("In line");

  await desk.napcat.accept();
  for (const name of others) await expect(result(name)).toContainText("Confirmed");
  // What was unknown is looked at, and not sent again.
  await expect(result(lost)).toContainText("Failed");
  await expect(result(lost)).toContainText("had not happened");
  await page.keyboard.press("Escape");
  await expect(strip.getByText("Finished")).toBeVisible();
  await expect(strip.getByText("3 of 3")).toBeVisible();
  expect(mutedOf(lost)).toBe(0);
  expect(complaints).toEqual([]);
});

/** Nothing stands beyond the edge of the screen. */
async function expectNoOverflow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

/** As high and wide as a finger needs. */
async function expectFingerSized(target: Locator): Promise<void> {
  const box = await target.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
}

test("手机上的中文工作台：通过申请、禁言成员、回复消息", async ({ browser }) => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
  const page = await desk.enter(browser, owner, { ...phone, locale: "zh-CN", colorScheme: "dark" });
  const complaints = listenForComplaints(page);
  desk.napcat.inbox.arriveJoin({ userId: "80000000401", nickname: "青石", groupId, comment: "想一起读书" });
  await (await reveal(page, "青石")).tap();
  await expectNoOverflow(page);
  const approve = page.getByRole("button", { name: /^通过/ });
  await expectFingerSized(approve);
  await approve.tap();
  await expect(page.getByText("已通过，已确认").first()).toBeVisible();

  await page.goto(address);
  await expectNoOverflow(page);
  const list = page.getByRole("grid", { name: "成员" });
  const row = list.getByRole("row").filter({ hasText: "青石" });
  await row.getByRole("checkbox").tap();
  const bar = page.getByRole("region", { name: "批量操作" });
  await expect(bar).toContainText("已选 1 人");
  await bar.getByRole("button", { name: "禁言", exact: true }).tap();
  await expectNoOverflow(page);
  await page.getByRole("dialog").getByRole("button", { name: "禁言", exact: true }).tap();
  await expect(row).toContainText(/0\d:\d\d:\d\d/);
  expect(mutedOf("青石")).toBeGreaterThan(0);
  await expectNoOverflow(page);

  desk.napcat.world.say(String(firstMember), "今晚几点开始？", groupId);
  await page.getByRole("link", { name: /^消息/ }).tap();
  const conversation = page.getByRole("link", { name: /Reading circle/ });
  await expect(conversation).toContainText("今晚几点开始？");
  await expectNoOverflow(page);
  await conversation.tap();
  const said = (text: string) => page.getByRole("article").filter({ hasText: text });
  await expect(said("今晚几点开始？")).toBeVisible();
  await page.getByRole("textbox", { name: "发消息给 Reading circle" }).tap();
  await page.keyboard.type("八点，老地方");
  const send = page.getByRole("button", { name: "发送", exact: true });
  await expectFingerSized(send);
  await send.tap();
  await expect(said("八点，老地方").getByText("平台上已可见")).toBeAttached();
  await expectNoOverflow(page);
  await page.getByRole("button", { name: "返回会话列表" }).tap();
  await expect(conversation).toContainText("八点，老地方");
  await expectNoOverflow(page);
  expect(complaints).toEqual([]);
});
