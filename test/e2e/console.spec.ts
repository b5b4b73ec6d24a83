import { expect } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

let desk: Desk;
let botId: string;
test.beforeAll(async () => {
  desk = await Desk.start();
  const visitor = await desk.seatOwner();
  botId = await desk.connect(visitor);
  await desk.seatModerator(visitor, botId);
});
test.afterAll(() => desk.close());

test("an operation is found, filled in, faulted at its field, called, and found in the record", async ({ browser }) => {
  const page = await desk.enter(browser, owner, { permissions: ["clipboard-read", "clipboard-write"] });
  const complaints = listenForComplaints(page);
  await page.getByRole("link", { name: "Console" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Console" })).toBeVisible();
  const list = page.getByRole("list", { name: "Operations" });

  await test.step("by its Chinese title, its path and its capability", async () => {
    const search = page.getByRole("searchbox", { name: "Find an operation" });
    await search.fill("获取账号信息");
    await expect(list.getByRole("button")).toHaveText([/get_stranger_info/]);
    await search.fill("/send_group_msg");
    await expect(list.getByRole("button")).toHaveText([/send_group_msg/]);
    await search.fill("messages.send private");
    await list.getByRole("button").click();
    await expect(page).toHaveURL(new RegExp(`bot=${botId}&op=send_private_msg`));
  });

  await test.step("a fault is said at its field and nothing is sent", async () => {
    const form = page.getByRole("region", { name: "Send a private message" });
    await form.getByRole("textbox", { name: "user_id" }).fill("no digits");
    await form.getByRole("button", { name: "Call", exact: true }).click();
    const faults = form.getByRole("alert");
    await expect(faults).toContainText("user_id Does not have the expected form.");
    await expect(form.getByRole("textbox", { name: "user_id" })).toBeFocused();
    await expect(form.getByRole("textbox", { name: "user_id" })).toHaveAccessibleDescription(/expected form/);
    await form.getByRole("textbox", { name: "user_id" }).fill("10002");
    await expect(faults).not.toContainText("user_id");
    expect(desk.napcat.calls.of("send_private_msg")).toHaveLength(0);
  });

  await test.step("a picture is chosen from this computer and goes out as a segment", async () => {
    desk.napcat.world.addFriend({ userId: "10002", nickname: "Ann" });
    const message = page.getByRole("group", { name: "message", exact: true });
    await message.getByRole("button", { name: "Add" }).click();
    await message.getByRole("combobox", { name: "Shape" }).selectOption("image");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      message.getByRole("button", { name: "Choose a file" }).click(),
    ]);
    const buffer = Buffer.alloc(300 * 1024, "x");
    await chooser.setFiles({ name: "dot.png", mimeType: "image/png", buffer });
    await expect(message.getByRole("textbox", { name: "file" })).toHaveValue("The content of a file, 300 KB");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await expect(page.getByRole("region", { name: "Answer", exact: true }).getByText("message_id")).toBeVisible();
    const [sent] = desk.napcat.calls.of("send_private_msg");
    expect(JSON.stringify(sent)).toContain(buffer.toString("base64").slice(0, 100));
    await expect(page.getByText("Part of it is too long to be shown")).toBeVisible();
  });

  await test.step("as JSON it goes out, and the answer says what went", async () => {
    await page.reload();
    await page.getByLabel("Input as").selectOption("raw");
    const input = { user_id: "10002", message: [{ type: "text", data: { text: "by hand" } }] };
    await page.getByRole("textbox", { name: "JSON" }).fill(JSON.stringify(input));
    await page.getByRole("button", { name: "Call", exact: true }).click();
    const answer = page.getByRole("region", { name: "Answer", exact: true }).first();
    await expect(answer.getByText("message_id")).toBeVisible();
    await expect(answer.getByText("POST /send_private_msg")).toBeVisible();
    expect(desk.napcat.calls.of("send_private_msg")).toHaveLength(2);
    await answer.getByRole("button", { name: "Copy Command" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("Authorization: Bearer $TOKEN");
    expect(copied).not.toContain(desk.napcat.token);
    await expectNoFaults(page, "console");
    await expect(page.getByRole("region", { name: "Your latest calls" }).getByText("send_private_msg")).not.toHaveCount(
      0,
    );
    await answer.getByRole("link", { name: "Open in the record" }).click();
    await expect(page.getByRole("dialog")).toContainText("send_private_msg");
  });

  await test.step("secrets are shown when asked for, and once", async () => {
    desk.napcat.faults.okWithoutActing("get_csrf_token", { data: { token: "4711-of-the-account" } });
    await page.goto(`/console?bot=${botId}&op=get_csrf_token`);
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.getByRole("button", { name: "Reveal" }).waitFor();
    await expect(page.getByText("4711-of-the-account")).toHaveCount(0);
    await page.getByRole("button", { name: "Reveal" }).click();
    await expect(page.getByText("4711-of-the-account")).toBeVisible();
    await page.getByRole("button", { name: "Forget it" }).click();
    await expect(page.getByText("4711-of-the-account")).toHaveCount(0);
  });

  await test.step("what destroys waits until what it is done to is typed", async () => {
    await page.goto(`/console?bot=${botId}&op=bot_exit`);
    const call = page.getByRole("button", { name: "Call", exact: true });
    await expect(call).toBeDisabled();
    await page.getByRole("textbox", { name: /Type “Front door”/ }).fill("Front door");
    await expect(call).toBeEnabled();
    await page.goto(`/console?bot=${botId}&op=set_group_kick`);
    await page.getByRole("textbox", { name: "group_id" }).fill("20001");
    await expect(page.getByRole("textbox", { name: /Fill in what it is done to/ })).toBeDisabled();
    await page.getByRole("textbox", { name: "user_id" }).fill("10002");
    await page.getByRole("textbox", { name: /Type “10002”/ }).fill("20001");
    await expect(call).toBeDisabled();
    await page.getByRole("textbox", { name: /Type “10002”/ }).fill("10002");
    await expect(call).toBeEnabled();
  });

  await test.step("an address of a bot that is gone leads to no other bot", async () => {
    await page.goto("/console?bot=019a0000-0000-7000-8000-000000000000&op=bot_exit");
    await expect(page.getByText("There is no such bot")).toBeVisible();
    await expect(page.getByRole("button", { name: "Call", exact: true })).toHaveCount(0);
    await expect(page.getByRole("combobox", { name: "Bot or documentation" })).toHaveValue("");
  });

  await test.step("a platform without a bot can be read", async () => {
    await page.getByRole("combobox", { name: "Bot or documentation" }).selectOption("im");
    await page.getByRole("searchbox", { name: "Find an operation" }).fill("转让");
    await list.getByRole("button").click();
    await expect(page).toHaveURL(/platform=im&op=post\.chatGroups\.transfer/);
    const doc = page.getByRole("region", { name: "Hand a group over" });
    await expect(doc.getByText("The old owner is removed from the group.")).toBeVisible();
    await expect(doc.getByText("toId")).toBeVisible();
    await expectNoFaults(page, "documentation");
  });
  expect(complaints).toEqual([]);
});

test("what the platform refuses shows what had gone out, and where that stands in the record", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  desk.napcat.faults.failNext("can_send_record", "not today");
  await page.goto(`/console?bot=${botId}&op=can_send_record`);
  await page.getByRole("button", { name: "Call", exact: true }).click();
  const ended = page.getByRole("region", { name: "How the call ended" });
  await expect(ended.getByText("not today")).toBeVisible();
  await expect(ended.getByText("POST /can_send_record")).toBeVisible();
  await expectNoFaults(page, "a call that failed");
  await ended.getByRole("link", { name: "Open in the record" }).click();
  await expect(page.getByRole("dialog")).toContainText("can_send_record");
});

test("a moderator, in Chinese and on a phone, is offered only what they may call", async ({ browser }) => {
  const page = await desk.enter(browser, moderator, {
    locale: "zh-CN",
    colorScheme: "dark",
    viewport: { width: 375, height: 740 },
  });
  await page.goto("/console");
  await page.getByRole("searchbox", { name: "查找操作" }).fill("bot_exit");
  await expect(page.getByRole("status").filter({ hasText: "没有操作" })).toBeVisible();
  await page.getByRole("searchbox", { name: "查找操作" }).fill("好友列表");
  await page
    .getByRole("list", { name: "操作列表" })
    .getByRole("button", { name: /get_friend_list/ })
    .click();
  await page.getByRole("button", { name: "调用", exact: true }).click();
  await expect(page.getByRole("region", { name: "返回结果" }).first()).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(375);
  await expectNoFaults(page, "console, dark, Chinese, phone");
});
