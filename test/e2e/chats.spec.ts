import { expect, type Page } from "@playwright/test";
import { href } from "@/lib/href";
import { recall } from "../simulators/napcat/deed";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

const group = "81000000007";
const guest = { userId: "80000000301", nickname: "Mira Sol" };

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  await desk.seatModerator(ada, botId);
  desk.napcat.world.addPerson(guest);
  desk.napcat.world.addGroup({ groupId: group, groupName: "Reading circle" });
  desk.napcat.world.join(group, guest, "approve", guest.userId);
});
test.afterAll(() => desk.close());

/** A message among those shown. */
function message(page: Page, text: string | RegExp) {
  return page.getByRole("article").filter({ hasText: text });
}

async function openChats(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Messages/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeVisible();
}

test("two operators follow one conversation: what is said, answered, recalled and refused", async ({ browser }) => {
  const { world, faults } = desk.napcat;
  const [ada, bram] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  const complaints = [listenForComplaints(ada), listenForComplaints(bram)];
  await Promise.all([openChats(ada), openChats(bram)]);

  const said = world.say(guest.userId, "Is the <b>circle</b> open? https://circle.example/a", group);
  for (const page of [ada, bram]) {
    await page.getByRole("link", { name: /Reading circle/ }).click();
    const row = message(page, "Is the <b>circle</b> open?");
    await expect(row).toBeVisible();
    const link = row.getByRole("link", { name: "https://circle.example/a" });
    await expect(link).toHaveAttribute("rel", "noreferrer noopener nofollow");
  }

  // The one answers, the other sees who did.
  const field = ada.getByRole("textbox", { name: "Message to Reading circle" });
  await field.fill("Every Thursday");
  await field.press("Shift+Enter");
  await field.pressSequentially("at eight");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  const answer = message(bram, /Every Thursday\s*at eight/);
  await expect(answer).toContainText(`sent by ${owner.name}`);
  for (const page of [ada, bram])
    await expect(message(page, "Every Thursday").getByText("Seen on the platform")).toBeAttached();

  // Taken back, it can still be read.
  const stored = world.chat.find(said);
  if (!stored) throw new Error("The simulator has lost what was said.");
  recall(world, stored);
  for (const page of [ada, bram]) {
    await expect(message(page, "Is the <b>circle</b> open?")).toContainText(/Recalled by Mira Sol at \d\d:\d\d/);
  }

  // Refused, it stays as failed for both, with the platform's words, until it is tried again.
  faults.failNext("send_group_msg", "muted by the house");
  await field.fill("Bring a lamp");
  await field.press("Enter");
  for (const page of [ada, bram])
    await expect(message(page, "Bring a lamp")).toContainText(/Not sent\..*muted by the house/);
  await message(bram, "Bring a lamp").getByRole("button", { name: "Try again" }).click();
  for (const page of [ada, bram]) {
    await expect(message(page, "Bring a lamp").getByText("Seen on the platform")).toBeAttached();
    await expect(message(page, "Bring a lamp")).toHaveCount(1);
  }

  // A draft waits where it was written.
  await field.fill("Not yet said");
  await ada.reload();
  await expect(field).toHaveValue("Not yet said");
  await expectNoFaults(ada, "/chats, an open conversation");

  // The menu by keyboard; an answer quotes what it answers.
  const last = message(ada, "Bring a lamp");
  await last.focus();
  await last.press("Enter");
  await ada.getByRole("menuitem", { name: "Reply" }).click();
  await expect(field).toBeFocused();
  await field.fill("And a blanket");
  await field.press("Enter");
  await expect(message(bram, "And a blanket").getByRole("button", { name: /Bring a lamp/ })).toBeVisible();
  // The browser complains of the one send that was refused, as it should have been, and of nothing else.
  expect(complaints.flat()).toEqual([expect.stringContaining("400 (Bad Request)")]);
});

test("a conversation is reached from its group, takes files, and is found by what was said in it", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  await page.goto(href.group(botId, group));
  const field = page.getByRole("textbox", { name: "Message to Reading circle" });
  await test.step("there and back again", async () => {
    await page.getByRole("main").getByRole("link", { name: "Conversation" }).click();
    await expect(field).toBeVisible();
    await expect(page).toHaveURL(/\/chats\?open=/);
    await page.getByRole("heading", { level: 2 }).getByRole("link", { name: "Reading circle" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Reading circle" })).toBeVisible();
    await page.goBack();
    await expect(field).toBeVisible();
  });

  await test.step("a file is seen before it goes, and what is being written stays where it cannot", async () => {
    const chooser = page.locator('input[type="file"]');
    const plain = { mimeType: "text/plain", buffer: Buffer.from("be kind") };
    await chooser.setInputFiles({ ...plain, name: "house rules.txt" });
    await expect(page.getByRole("list", { name: "To be sent" })).toContainText("house rules.txt");
    await field.fill("As promised on Thursday");
    await field.press("Enter");
    await expect(page.getByRole("list", { name: "To be sent" })).toHaveCount(0);
    for (const said of ["As promised", "house rules.txt"])
      await expect(message(page, said).getByText("Seen on the platform")).toBeAttached();

    // A picture without words is the answer itself, and nothing stays chosen for what is written next.
    await message(page, "As promised").focus();
    await message(page, "As promised").press("Enter");
    await page.getByRole("menuitem", { name: "Reply" }).click();
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await chooser.setInputFiles({ name: "lamp.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
    await field.press("Enter");
    const answer = page.getByRole("article").filter({ has: page.getByRole("button", { name: /As promised/ }) });
    await expect(answer.getByText("Seen on the platform")).toBeAttached();
    await expect(page.getByRole("button", { name: "Do not answer this message" })).toHaveCount(0);

    await page.route("**/api/upload?*", (route) => route.abort());
    await chooser.setInputFiles({ ...plain, name: "map.txt" });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await field.fill("Half a sentence");
    const held = message(page, "map.txt");
    await expect(held.getByRole("alert")).toContainText("Not sent.");
    await page.unroute("**/api/upload?*");
    await held.getByRole("button", { name: "Try again" }).click();
    await expect(message(page, "map.txt").getByText("Seen on the platform")).toBeAttached();
    await expect(field).toHaveValue("Half a sentence");
  });

  await test.step("what was said leads to where it was said", async () => {
    await page.getByRole("button", { name: "Close the conversation" }).click();
    await expect(field).toHaveCount(0);
    await page.getByRole("searchbox", { name: "Search conversations" }).fill("promised");
    const found = page.getByRole("region", { name: "In messages" });
    await found.getByRole("link", { name: /As promised on Thursday/ }).click();
    await expect(page).toHaveURL(/[?&]at=/);
    // The picture behind it quotes it.
    await expect(message(page, "As promised on Thursday").first()).toBeInViewport();
    await expectNoFaults(page, "/chats, searched");
  });
});

test("on a phone one conversation is shown at a time", async ({ browser }) => {
  const { world } = desk.napcat;
  const page = await desk.enter(browser, owner, {
    viewport: { width: 360, height: 720 },
    hasTouch: true,
    isMobile: true,
  });
  world.say(guest.userId, "From the garden", group);
  await openChats(page);
  const row = page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /Reading circle/ });
  await expect(row).toContainText("From the garden");
  await row.click();
  await expect(message(page, "From the garden")).toBeVisible();
  await expect(row).toBeHidden();
  await expectNoFaults(page, "/chats on a phone");
  await page.getByRole("button", { name: "Back to the conversations" }).click();
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("unread");
});
