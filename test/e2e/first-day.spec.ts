import { expect } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { makeBareDirectory } from "./data-directory";
import { Desk, owner, test } from "./desk";
import { looks } from "./tour";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start(await makeBareDirectory());
});
test.afterAll(() => desk.close());

test("a new team sets the desk up, connects a NapCat and lets the first person in", async ({ browser }) => {
  const context = await browser.newContext({ locale: "en-US", baseURL: desk.url });
  const page = await context.newPage();

  await test.step("the first visit lands on the set-up", async () => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/setup$/);
    for (const look of [looks["light-en"], looks["dark-zh"]]) {
      const other = await (await browser.newContext({ ...look, reducedMotion: "reduce", baseURL: desk.url })).newPage();
      await other.goto("/setup");
      await expect(other.getByRole("textbox")).not.toHaveCount(0);
      await expectNoFaults(other, `/setup, ${look.locale}, ${look.colorScheme}`);
      await other.context().close();
    }
    await page.getByRole("textbox", { name: "Set-up token" }).fill("not-the-token");
    await page.getByRole("textbox", { name: "Name" }).fill(owner.name);
    await page.getByRole("textbox", { name: "E-mail" }).fill(owner.email);
    await page.getByLabel("New password", { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: "Create owner and sign in" }).click();
    await expect(page.getByText("This is not the set-up token.")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(owner.email);
    await page.getByRole("textbox", { name: "Set-up token" }).fill(desk.setupToken);
    await page.getByRole("button", { name: "Create owner and sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await expect(page.getByText("Nobody waits.")).toBeVisible();
  });

  await test.step("the set-up is gone", async () => {
    await page.goto("/setup");
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
    await page.getByRole("link", { name: "To the queue" }).click();
  });

  await test.step("a try says exactly what is wrong, then the bot is saved", async () => {
    await page.getByRole("link", { name: "Bots" }).click();
    await page.getByRole("link", { name: "Add bot" }).first().click();
    await page.getByRole("textbox", { name: "Name on the desk" }).fill("Front door");
    await page.getByRole("textbox", { name: "WebSocket address of NapCat" }).fill(desk.napcat.wsUrl);
    await page.getByLabel("Token", { exact: true }).fill("a-wrong-token");
    await page.getByRole("button", { name: "Try connection" }).click();
    await expect(page.getByText("The token was rejected.")).toBeVisible();
    await page.getByLabel("Token", { exact: true }).fill(desk.napcat.token);
    await page.getByRole("button", { name: "Try connection" }).click();
    await expect(page.getByText(/It works: Doorkeeper \(80000000001\)/)).toBeVisible();
    await page.getByRole("button", { name: "Save bot" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Front door" })).toBeVisible();
    await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
    await expect(page.getByText("Online", { exact: true })).toBeVisible();
    // Write-only: what was typed is nowhere on the page of the bot.
    await expect(page.getByLabel("Token", { exact: true })).toHaveValue("");
  });

  await test.step("a request arrives by itself and is approved by keyboard", async () => {
    await page.getByRole("link", { name: "Requests" }).click();
    await expect(page.getByText("All done")).toBeVisible();
    desk.napcat.inbox.arriveFriend({
      userId: "80000000077",
      nickname: "Wren Tolliver",
      comment: "hello from the reading group",
    });
    await expect(page.getByRole("link", { name: /Wren Tolliver/ })).toBeVisible();
    await page.keyboard.press("j");
    await expect(page.getByRole("heading", { level: 2, name: "Wren Tolliver" })).toBeVisible();
    await page.keyboard.press("a");
    const detail = page.getByRole("region", { name: "Open request" });
    await expect(detail.getByText("Approved, confirmed").first()).toBeVisible();
    expect(desk.napcat.inbox.friends.map(({ userId, state }) => ({ userId, state }))).toEqual([
      { userId: "80000000077", state: "approved" },
    ]);
  });

  await test.step("the record shows the click with all it caused", async () => {
    await page.getByRole("link", { name: "Record" }).click();
    await page.getByRole("link", { name: "Decide a request" }).first().click();
    const event = page.getByRole("dialog");
    await expect(event.getByRole("button", { name: /Answer on the platform/ })).toBeVisible();
    await expect(event.getByText("Wren Tolliver").first()).toBeVisible();
  });
});
