import { expect, type Page } from "@playwright/test";
import { type Napcat, start } from "../simulators/napcat";
import { Desk, owner, test } from "./desk";

let desk: Desk;
let page: Page;
const napcats: Napcat[] = [];
test.beforeAll(async () => {
  desk = await Desk.start();
  await desk.seatOwner();
});
test.beforeEach(async ({ browser }) => {
  page = await desk.enter(browser, owner, { permissions: ["clipboard-read", "clipboard-write"] });
});
test.afterAll(async () => {
  for (const napcat of napcats) await napcat.close();
  await desk.close();
});

async function startNapcat(userId: string, nickname: string): Promise<Napcat> {
  const napcat = await start({ account: { userId, nickname }, reconnectMs: 50 });
  napcats.push(napcat);
  return napcat;
}

/** The form of a new bot, filled but for what its way of connecting needs. */
async function fillNew(name: string, way: RegExp, token: string): Promise<void> {
  await page.goto("/bots/new");
  await page.getByRole("textbox", { name: "Name on the desk" }).fill(name);
  await page.getByRole("radio", { name: way }).check();
  await page.getByLabel("Token", { exact: true }).fill(token);
}

/** Saves the new bot and copies the address that NapCat needs, with the button. */
async function saveAndCopy(name: string, entry: RegExp): Promise<string> {
  await page.getByRole("button", { name: "Save bot" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const guide = page.getByRole("region", { name: entry });
  await guide.getByRole("button", { name: "Copy address" }).click();
  await expect(guide.getByRole("status")).toHaveText("Copied");
  return await page.evaluate(() => navigator.clipboard.readText());
}

async function expectAllGreen(): Promise<void> {
  for (const truth of ["Connected", "Online", "Able to act"]) {
    await expect(page.getByText(truth, { exact: true }).first()).toBeVisible();
  }
}

async function approve(name: string): Promise<void> {
  await page.getByRole("link", { name: "Requests" }).click();
  await page.getByRole("link", { name: new RegExp(name) }).click();
  const detail = page.getByRole("region", { name: "Open request" });
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(detail.getByText("Approved, confirmed").first()).toBeVisible();
}

test("a NapCat that dials in: added, used, edited, disabled, removed", async () => {
  const napcat = await startNapcat("80000000601", "Side door");
  await fillNew("Side entrance", /Reverse WebSocket/, napcat.token);
  await expect(page.getByText("NapCat dials in this way, so there is nothing to try from here.")).toBeVisible();
  const address = await saveAndCopy("Side entrance", /WebSocket client/);
  expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/onebot\/[0-9a-f-]{36}$/);
  const botPage = page.url();
  await expect(page.getByText("Waiting for NapCat to dial in.")).toBeVisible();

  const before = napcat.dial(address);
  await expectAllGreen();
  await expect(page.getByText(/Side door · 80000000601/)).toBeVisible();
  napcat.inbox.arriveFriend({ userId: "80000000602", nickname: "Dial Dora" });
  await approve("Dial Dora");

  await test.step("what its platform can do and what it cannot is on its page", async () => {
    await page.goto(botPage);
    const abilities = page.getByRole("region", { name: "What it can do" });
    const groups = abilities.getByRole("region", { name: "Groups" });
    await expect(groups.getByRole("listitem").filter({ hasText: "Dissolve a group" })).toContainText("not available");
    await expect(groups.getByRole("listitem").filter({ hasText: "Leave a group" })).not.toContainText("not available");
  });

  await test.step("a new name and a new token, which is never shown again", async () => {
    await page.goto(botPage);
    const answers: Promise<string>[] = [];
    page.on("response", (answer) => {
      if (answer.url().includes("/api/trpc") && !answer.url().includes("/live")) {
        answers.push(answer.text().catch(() => ""));
      }
    });
    before.close();
    napcat.token = "a-fresh-token-for-the-side-entrance";
    await page.getByRole("textbox", { name: "Name on the desk" }).fill("Back gate");
    await page.getByLabel("Token", { exact: true }).fill(napcat.token);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Back gate" })).toBeVisible();
    await expect(page.getByText("Saved. The connection is being made anew.")).toBeVisible();
    await expect(page.getByLabel("Token", { exact: true })).toHaveValue("");
    napcat.dial(address);
    await napcat.connected("reverse");
    await expectAllGreen();
    await page.reload();
    await expect(page.getByLabel("Token", { exact: true })).toHaveValue("");
    expect(await page.content()).not.toContain(napcat.token);
    expect((await Promise.all(answers)).join()).not.toContain(napcat.token);
  });

  await test.step("disabled it is left alone, enabled it is back", async () => {
    const enabled = page.getByRole("switch", { name: "Enabled" });
    await expect(enabled).toBeChecked();
    await enabled.click();
    await expect(page.getByRole("switch", { name: "Disabled" })).not.toBeChecked();
    await napcat.connected("reverse", 0);
    await expect(page.getByText("Not connected", { exact: true })).toBeVisible();
    await page.getByRole("switch", { name: "Disabled" }).click();
    await napcat.connected("reverse");
    await expectAllGreen();
  });

  await test.step("removed only by its exact name", async () => {
    await page.getByRole("button", { name: "Remove…" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove this bot" });
    const name = dialog.getByRole("textbox", { name: "Type “Back gate” to confirm" });
    await name.fill("back gate");
    await expect(dialog.getByRole("button", { name: "Remove for ever" })).toBeDisabled();
    await name.press("Enter");
    await expect(dialog).toBeVisible();
    await name.fill("Back gate");
    await dialog.getByRole("button", { name: "Remove for ever" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bots" })).toBeVisible();
    await expect(page.getByText("No bot yet")).toBeVisible();
    await page.goto(botPage);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
    await page.getByRole("link", { name: "To the queue" }).click();
    await expect(page.getByText("All done")).toBeVisible();
  });
});

test("a NapCat over HTTP that posts its events: added, used", async () => {
  const napcat = await startNapcat("80000000611", "Post room");
  napcat.world.addGroup({ groupId: "81000000011", groupName: "Letters" });
  await fillNew("Letter box", /HTTP and event POSTs/, napcat.token);
  await page.getByRole("textbox", { name: "HTTP address of NapCat" }).fill(napcat.httpUrl);
  await page.getByRole("button", { name: "Try connection" }).click();
  await expect(page.getByText(/It works: Post room \(80000000611\)/)).toBeVisible();
  await page.getByRole("button", { name: "Save bot" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Letter box" })).toBeVisible();
  await expectAllGreen();
  const there = page.getByRole("heading", { level: 2, name: "In NapCat" });
  const guide = page.getByRole("region", { name: /HTTP client/ });
  if (!(await guide.isVisible())) await there.click();
  await guide.getByRole("button", { name: "Copy address" }).click();
  await expect(guide.getByRole("status")).toHaveText("Copied");
  const poster = napcat.postTo(await page.evaluate(() => navigator.clipboard.readText()));

  napcat.inbox.arriveJoin({ userId: "80000000612", nickname: "Penny Post", groupId: "81000000011" });
  expect((await poster.wait(1)).status).toBe(204);
  await approve("Penny Post");
  expect(napcat.world.groups.get("81000000011")?.members.has("80000000612")).toBe(true);
});
