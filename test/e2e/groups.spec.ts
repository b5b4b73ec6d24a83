import { expect, type Page } from "@playwright/test";
import * as im from "../simulators/im";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner, test } from "./desk";

let desk: Desk;
let botId: string;
let server: im.Im;
let club: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle", remark: "Tuesdays" }, [
    { userId: "80000000301", nickname: "Ola Berg", role: "owner" },
  ]);
  desk.napcat.world.addGroup({ groupId: "81000000002", groupName: "青石茶社" });
  desk.napcat.inbox.arriveJoin({ userId: "80000000202", nickname: "Noa", groupId: "81000000001", comment: "hello" });
  server = await im.start();
  const ann = server.world.addPerson("Ann");
  club = server.world.addGroup("Chess club", ann.id).id;
  const token = server.mint(ann);
  await ada.api.bots.create.mutate({ name: "Chess", platform: "im", connection: { baseUrl: server.baseUrl }, token });
});
test.afterAll(async () => {
  await server.close();
  await desk.close();
});

const shots = process.env.SHOTS;

/** A picture for a person to look at, only where one is asked for. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

const phone = { viewport: { width: 360, height: 780 }, hasTouch: true };

test("a group is found, renamed before a colleague's eyes, and its waiting request leads into the queue", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  await page.getByRole("link", { name: "Groups" }).click();
  const list = page.getByRole("grid", { name: "Groups" });
  await expect(list.getByRole("link", { name: /Chess club/ })).toBeVisible();
  await expectNoFaults(page, "all groups");
  await shoot(page, "list");
  await page.getByRole("searchbox", { name: "Search groups" }).fill("tuesdays");
  await expect(list.getByRole("link", { name: /Chess club/ })).toBeHidden();
  await expect(page).toHaveURL(/text=tuesdays/);
  await list.getByRole("link", { name: /Reading circle/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reading circle" })).toBeVisible();
  // What the list does not tell is read of the group itself.
  await expect(page.getByRole("definition").filter({ hasText: "Admin" })).toBeVisible();
  await expectNoFaults(page, "one group");
  await shoot(page, "group");

  const colleague = await desk.enter(browser, owner);
  await colleague.goto("/groups");
  const theirs = colleague.getByRole("grid", { name: "Groups" });
  await expect(theirs.getByRole("link", { name: /Reading circle/ })).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Reading room");
  const save = page.getByRole("button", { name: "Save the name" });
  await save.press("Enter");
  await expect(page.getByText("Name changed")).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(save).toBeFocused();
  await expect(page.getByRole("heading", { level: 1, name: "Reading room" })).toBeVisible();
  await expect(theirs.getByRole("link", { name: /Reading room/ })).toBeVisible();

  await test.step("what comes while a colleague looks waits, what goes stays as gone, until they want it", async () => {
    const { world } = desk.napcat;
    world.addGroup({ groupId: "81000000009", groupName: "Allotments" });
    await theirs.getByRole("link", { name: /Reading room/ }).hover();
    await colleague.getByRole("button", { name: "Read again now" }).click();
    const pill = colleague.getByRole("button", { name: "1 new" });
    await expect(pill).toBeVisible();
    await expect(theirs.getByRole("link", { name: /Allotments/ })).toHaveCount(0);
    await shoot(colleague, "fresh");
    await pill.click();
    await expect(theirs.getByRole("link", { name: /Allotments/ })).toBeVisible();
    await expect(pill).toHaveCount(0);
    world.groups.delete("81000000009");
    await colleague.getByRole("button", { name: "Read again now" }).click();
    await expect(theirs.getByRole("row", { name: /Allotments no longer in the list/ })).toBeVisible();
    await shoot(colleague, "gone");
  });

  const parts = page.getByRole("navigation", { name: "Parts of this group" });
  await expect(parts.getByRole("link", { name: /^Requests/ })).toContainText("1");
  const row = theirs.getByRole("row", { name: /Reading room/ });
  await expect(row).toContainText("1 request waits");
  desk.napcat.inbox.arriveJoin({ userId: "80000000203", nickname: "Pim", groupId: "81000000001", comment: "me too" });
  await expect(row).toContainText("2 requests wait");
  await expect(parts.getByRole("link", { name: /^Requests/ })).toContainText("2");

  desk.napcat.faults.failNext("set_group_whole_ban", "not today");
  await page.getByRole("switch", { name: "Mute everybody" }).click();
  await expect(page.getByText("not today")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Mute everybody" })).not.toBeChecked();
  await shoot(page, "refused");

  await parts.getByRole("link", { name: /^Requests/ }).click();
  await expect(page).toHaveURL(/tab=requests/);
  await shoot(page, "requests");
  await expect(page.getByRole("link", { name: "Noa" })).toBeVisible();
  desk.napcat.inbox.arriveJoin({ userId: "80000000204", nickname: "Quy", groupId: "81000000001", comment: "and me" });
  await expect(page.getByRole("link", { name: "Quy" })).toBeVisible();
  await page.getByRole("link", { name: "Noa" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeVisible();
  expect(complaints.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
});

test("on a phone, a group is dissolved once its name is typed, and a bot that is down shows what was known", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner, { ...phone, colorScheme: "dark", locale: "zh-CN" });
  await page.goto("/groups");
  const list = page.getByRole("grid", { name: "群" });
  await list.getByRole("link", { name: /Chess club/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Chess club" })).toBeVisible();
  await shoot(page, "phone-group");
  await page.getByRole("button", { name: "解散…" }).click();
  const dialogue = page.getByRole("dialog");
  const confirm = dialogue.getByRole("button", { name: "解散群" });
  await expect(confirm).toBeDisabled();
  await dialogue.getByRole("textbox").fill("Chess club");
  await expectNoFaults(page, "the end of a group");
  await shoot(page, "phone-dissolve");
  await confirm.click();
  await expect(page).toHaveURL(/\/groups\?bot=/);
  expect(server.world.groups.has(club)).toBe(false);
  await expect(list.getByRole("link", { name: /Chess club/ })).toBeHidden();

  await page.goto(`/groups?bot=${botId}`);
  await expect(list.getByRole("link", { name: /青石茶社/ })).toBeVisible();
  await desk.napcat.refuse();
  await expect(page.getByRole("list", { name: "群列表不是最新的机器人" }).getByText(/未连接/)).toBeVisible();
  await expect(list.getByRole("link", { name: /青石茶社/ })).toBeVisible();
  await expectNoFaults(page, "groups of a bot that is down");
  await shoot(page, "phone-list");
});
