import { expect, type Page } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

const groupId = "81000000011";
/** In the order of the list, and so of what is done to them. */
const people = ["Ola Berg", "Ivo Lind", "Kai Falk", "Ruth Adair", "Tess Moor"];
const idOf = (at: number) => `8000000041${at}`;

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  await desk.seatModerator(ada);
  desk.napcat.world.addGroup(
    { groupId, groupName: "Reading circle" },
    people.map((nickname, at) => ({ userId: idOf(at), nickname, role: at === 0 ? "owner" : "member" })),
  );
});
test.afterAll(() => desk.close());

const shots = process.env.SHOTS;

/** A picture for a person to look at, only where one is asked for. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

function mutedOf(at: number): boolean {
  const member = desk.napcat.world.groups.get(groupId)?.members.get(idOf(at));
  return (member?.mutedUntil ?? 0) > Date.now() / 1_000;
}

test("one mutes many, a colleague watches and stops the rest, and what failed is tried again", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await page.goto(`/groups/${botId}/${groupId}?tab=members`);
  const colleague = await desk.enter(browser, moderator);
  await colleague.goto(`/groups/${botId}/${groupId}?tab=members`);
  await expect(colleague.getByRole("grid", { name: "Members" }).getByText("Tess Moor")).toBeVisible();

  const list = page.getByRole("grid", { name: "Members" });
  for (const name of people) await list.getByRole("checkbox", { name: `Select ${name}` }).check();
  const bar = page.getByRole("region", { name: "Acts on the selection" });
  await expect(bar).toContainText("5 selected");
  await expectNoFaults(page, "members that are chosen");
  // The first call is refused, and the second waits until the colleague has stopped what comes after it.
  desk.napcat.faults.failNext("set_group_ban", "not today");
  const held = desk.napcat.faults.hold("set_group_ban");
  await bar.getByRole("button", { name: "Mute", exact: true }).click();
  const dialogue = page.getByRole("dialog", { name: "Mute: 5 members" });
  await expect(dialogue).toContainText("This is the group’s owner.");
  await expectNoFaults(page, "the mute of many");
  await shoot(page, "members-dialogue");
  await dialogue.getByRole("button", { name: "Mute 4" }).click();
  await expect(dialogue).toBeHidden();
  await held.call;

  const theirs = colleague.getByRole("region", { name: "Act on many members" });
  await expect(theirs).toContainText("Ada Quill");
  await expect(theirs).toContainText(/to look at/);
  await theirs.getByRole("button", { name: "Stop the rest" }).click();
  const strip = page.getByRole("region", { name: "Act on many members" });
  await expect(strip).toContainText("Stopped by Bram Holt");
  held.release();

  await strip.getByRole("button", { name: /Mute: 5 members/ }).click();
  const drawer = page.getByRole("dialog", { name: "Act on many members" });
  const result = (name: string) => drawer.getByRole("listitem").filter({ hasText: name });
  await expect(result("Ola Berg")).toContainText("Not done");
  await expect(result("Ivo Lind")).toContainText("Failed");
  await expect(result("Ivo Lind")).toContainText("not today");
  await expect(result("Kai Falk")).toContainText("Confirmed");
  await expect(result("Ruth Adair")).toContainText("Stopped");
  await expect(result("Tess Moor")).toContainText("Stopped");
  await expectNoFaults(page, "what became of each");
  await shoot(page, "members-results");
  expect(people.map((_name, at) => mutedOf(at))).toEqual([false, false, true, false, false]);

  await drawer.getByRole("button", { name: "Try 1 failed again" }).click();
  await expect(drawer).toContainText("second try");
  await expect(result("Ivo Lind")).toContainText("Confirmed");
  await expect(result("Kai Falk")).toBeHidden();
  expect(mutedOf(1)).toBe(true);
  expect(complaints).toEqual([]);
});

test("on a phone, two are chosen with a finger and muted", async ({ browser }) => {
  const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
  const page = await desk.enter(browser, moderator, { ...phone, colorScheme: "dark", locale: "zh-CN" });
  await page.goto(`/groups/${botId}/${groupId}?tab=members`);
  const list = page.getByRole("grid", { name: "成员" });
  for (const name of ["Ruth Adair", "Tess Moor"]) await list.getByRole("checkbox", { name: new RegExp(name) }).tap();
  const bar = page.getByRole("region", { name: "批量操作" });
  await expect(bar).toContainText("已选 2 人");
  await expectNoFaults(page, "members on a phone");
  await shoot(page, "members-phone");
  await bar.getByRole("button", { name: "禁言", exact: true }).tap();
  const dialogue = page.getByRole("dialog");
  await dialogue.getByText("1 小时", { exact: true }).tap();
  await expectNoFaults(page, "the mute of many on a phone");
  await shoot(page, "members-phone-dialogue");
  await dialogue.getByRole("button", { name: /禁言/ }).tap();
  await expect(list.getByRole("row").filter({ hasText: "Ruth Adair" })).toContainText(/0[01]:\d\d:\d\d/);
  await expect(list.getByRole("row").filter({ hasText: "Tess Moor" })).toContainText(/0[01]:\d\d:\d\d/);
  expect([mutedOf(3), mutedOf(4)]).toEqual([true, true]);
  await shoot(page, "members-phone-muted");
});
