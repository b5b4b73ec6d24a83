import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import * as chat68 from "../simulators/chat68";
import { Refused } from "../simulators/chat68/wire";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

const groupId = "81000000001";
const choirId = 900_001;

let desk: Desk;
let botId: string;
let helper: chat68.Chat68;
let choirBot: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  helper = await chat68.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  const { shelf } = desk.napcat.world.addGroup({ groupId, groupName: "Reading circle" }, [
    { userId: "80000000301", nickname: "Ola Berg" },
  ]);
  const [time, uploaderId] = [desk.napcat.world.now() - 3_600, "80000000301"];
  shelf.folders.push({ id: "/minutes", name: "Minutes", creatorId: uploaderId, time });
  shelf.files.push({ id: "/f-old", name: "april.txt", size: 1_200, folder: "/minutes", uploaderId, time });
  botId = await desk.connect(ada);
  helper.world.groups.push({ id: choirId, hostId: 4_008_697, name: "Choir", members: [{ uid: 5, nickName: "Cy" }] });
  const connection = { transport: "ws", wsUrl: helper.wsUrl };
  choirBot = (await ada.api.bots.create.mutate({ name: "Choir", platform: "chat68", connection })).id;
});
test.afterAll(async () => {
  await desk.close();
  await helper.close();
});

const shots = process.env.SHOTS;

/** A picture for a person to look at, only where one is asked for. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

const shelfOf = (id: string) => {
  const group = desk.napcat.world.groups.get(id);
  if (!group) throw new Error("The group is gone.");
  return group.shelf;
};

/** Chooses a file the way a person does. */
async function choose(page: Page, button: string, name: string, content: Buffer, mimeType: string): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await asked).setFiles({ name, mimeType, buffer: content });
}

test("a file is uploaded, fetched back byte for byte, renamed, moved and deleted before a colleague’s eyes", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const colleague = await desk.enter(browser, moderator);
  const complaints = listenForComplaints(page);
  for (const each of [page, colleague]) await each.goto(`/groups/${botId}/${groupId}?tab=files`);
  const files = page.getByRole("region", { name: "Files" });
  const theirs = colleague.getByRole("region", { name: "Files" });
  await expect(files).toContainText("1.2 kB of 11 GB used");
  await expectNoFaults(page, "the files of a group");

  const content = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256));
  const held = desk.napcat.faults.hold("upload_group_file", "before");
  // The sign in its middle turns what follows around: shown as it is, it would pass for a text.
  await choose(page, "Upload", "notes\u202Etxt.exe", content, "application/octet-stream");
  const going = page.getByRole("list", { name: "Files on their way" }).getByRole("listitem");
  await expect(going).toContainText("notestxt.exe");
  await expect(going).toContainText("to the platform · 70 kB");
  await expect(going.getByRole("progressbar")).toBeVisible();
  await shoot(page, "files-going");
  await held.call;
  held.release();
  await expect(page.getByText("notestxt.exe is uploaded")).toBeVisible();
  await expect(going).toHaveCount(0);
  for (const each of [files, theirs]) await expect(line(each, "notestxt.exe")).toContainText("70 kB");
  await expect(files).toContainText("71 kB of 11 GB used");
  expect(
    shelfOf(groupId)
      .files.find(({ name }) => name === "notestxt.exe")
      ?.content?.equals(content),
  ).toBe(true);

  desk.napcat.faults.failNext("upload_group_file", "群文件空间不足");
  await choose(page, "Upload", "second.txt", Buffer.from("second"), "text/plain");
  await expect(page.getByRole("alert").filter({ hasText: "群文件空间不足" })).toBeVisible();
  await expect(going).toContainText("not uploaded");
  await shoot(page, "files-refused");
  await going.getByRole("button", { name: "Try again" }).click();
  await expect(line(theirs, "second.txt")).toBeVisible();

  const fetched = colleague.waitForEvent("download");
  await theirs.getByRole("button", { name: "Download notestxt.exe" }).click();
  const download = await fetched;
  expect(download.suggestedFilename()).toBe("notestxt.exe");
  expect((await readFile(await download.path())).equals(content)).toBe(true);

  await actOn(page, "notestxt.exe", "Rename");
  const question = page.getByRole("dialog");
  await question.getByRole("textbox", { name: "Name" }).fill("may?.bin");
  await expect(question.getByRole("button", { name: "Rename" })).toBeDisabled();
  await question.getByRole("textbox", { name: "Name" }).fill("may.bin");
  await question.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Renamed to may.bin")).toBeVisible();
  await expect(line(theirs, "may.bin")).toBeVisible();

  // The colleague looks into the folder meanwhile, by keyboard; what comes into it shows there, and the way back is kept.
  await theirs.getByRole("button", { name: /^Minutes/ }).focus();
  await colleague.keyboard.press("Enter");
  await expect(line(theirs, "april.txt")).toContainText("Ola Berg");
  await expect(theirs.getByRole("navigation").getByText("Minutes")).toBeFocused();
  await actOn(page, "may.bin", "Move");
  await question.getByRole("combobox", { name: "To" }).selectOption("Minutes");
  await question.getByRole("button", { name: "Move" }).click();
  await expect(page.getByText("may.bin is moved")).toBeVisible();
  await expect(line(theirs, "may.bin")).toBeVisible();
  await colleague.keyboard.press("Shift+Tab");
  await colleague.keyboard.press("Enter");
  await expect(theirs.getByRole("button", { name: /^Minutes/ })).toBeFocused();
  await expect(theirs.getByRole("button", { name: /^Minutes/ })).toContainText("2 files");
  // The open folder is in the address: steps back and forth, a reload and a link lead there.
  await colleague.goBack();
  await expect(line(theirs, "april.txt")).toBeVisible();
  await expect(colleague).toHaveURL(/tab=files&folder=%2Fminutes$/);
  await colleague.reload();
  await expect(theirs.getByRole("navigation").getByText("Minutes")).toBeVisible();
  await expect(line(theirs, "april.txt")).toBeVisible();
  await theirs.getByRole("button", { name: "All files" }).click();

  // Deleting is not for a moderator.
  await theirs.getByRole("button", { name: "More for second.txt" }).click();
  await expect(colleague.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await expect(colleague.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
  await colleague.keyboard.press("Escape");
  await actOn(page, "second.txt", "Delete");
  await expect(question).toContainText("second.txt is deleted for everybody");
  await expectNoFaults(page, "whether a file is to be deleted");
  await question.getByRole("button", { name: "Delete" }).click();
  for (const each of [files, theirs]) await expect(line(each, "second.txt")).toHaveCount(0);
  await expect(files).toBeFocused();
  await expect(files).toContainText("71 kB of 11 GB used");
  expect(complaints.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
});

test("a notice is published and taken down; on 68chat it is told whether the members heard of it", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const colleague = await desk.enter(browser, moderator);
  for (const each of [page, colleague]) await each.goto(`/groups/${botId}/${groupId}?tab=notices`);
  const board = page.getByRole("region", { name: "Notices" });
  await expect(board).toContainText("No notices");
  await expectNoFaults(page, "a group without notices");
  await board.getByRole("button", { name: "New notice" }).click();
  const form = page.getByRole("dialog", { name: "New notice" });
  await expect(form.getByRole("textbox", { name: "Text" })).toBeFocused();
  await form.getByRole("textbox", { name: "Text" }).fill("The hall is closed on Friday.");
  await form.getByRole("checkbox", { name: "Pin it to the top" }).check();
  await choose(page, "Add a picture", "hall.png", png, "image/png");
  await expect(form).toContainText("hall.png");
  await expectNoFaults(page, "a new notice");
  await shoot(page, "notice-new");
  await form.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("The notice is published")).toBeVisible();
  await expect(colleague.getByRole("region", { name: "Notices" })).toContainText("The hall is closed on Friday.");
  const sent = await desk.napcat.calls.wait("_send_group_notice");
  expect(sent.params).toMatchObject({ image: expect.stringContaining(png.toString("base64")) });
  expect(shelfOf(groupId).notices).toMatchObject([{ isPinned: true, needsConfirmation: false }]);

  await board.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: "Delete notice" });
  await expect(question).toContainText("The hall is closed on Friday.");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("The notice is deleted")).toBeVisible();
  await expect(colleague.getByRole("region", { name: "Notices" })).toContainText("No notices");
  await expect(board).toBeFocused();

  await page.goto(`/groups/${choirBot}/${choirId}?tab=notices`);
  await board.getByRole("button", { name: "New notice" }).click();
  await expect(form.getByRole("checkbox")).toHaveCount(1);
  await expect(form.getByRole("button", { name: "Add a picture" })).toHaveCount(0);
  helper.world.faults.set("sendMsg", new Refused(300, "the line is busy"));
  await form.getByRole("textbox", { name: "Text" }).fill("Rehearsal at eight.");
  await form.getByRole("checkbox", { name: "Call everybody’s attention" }).check();
  await form.getByRole("button", { name: "Publish" }).click();
  const half = form.getByRole("alert");
  await expect(half).toContainText("The notice is set.");
  await expect(half).toContainText("The members were not told of it.");
  await expect(half).toContainText("the line is busy");
  await expectNoFaults(page, "a notice that was set and not told");
  await shoot(page, "notice-half");
  expect(helper.world.groups[0]?.notice?.text).toBe("Rehearsal at eight.");
  await form.getByRole("button", { name: "Tell the members" }).click();
  // Sent, and nothing there shows it: not green.
  await expect(page.getByRole("status").filter({ hasText: "The members were told" })).toContainText(
    "has not shown it yet",
  );
  await expect(form).toBeHidden();
  await expect(board).toContainText("Rehearsal at eight.");
  expect(helper.of("GroupUpdate")).toHaveLength(1);
  expect(helper.of("sendMsg")).toHaveLength(2);
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function line(files: Locator, name: string): Locator {
  return files.getByRole("listitem").filter({ hasText: name });
}

async function actOn(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: act }).click();
}
