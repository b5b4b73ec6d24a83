import { expect } from "@playwright/test";
import { Desk, moderator, owner, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  await desk.seatOwner();
});
test.afterAll(() => desk.close());

test("an invited person joins by link, once, and sees what the role allows", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await page.getByRole("link", { name: "Operators" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("textbox", { name: "For whom" }).fill("Night shift");
  await page.getByRole("button", { name: "Create link" }).click();
  const link = page.getByRole("dialog").getByText(/\/invite\//);
  const address = (await link.textContent()) ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Night shift")).toBeVisible();

  const guest = await (await browser.newContext({ locale: "en-US" })).newPage();
  await guest.goto(address);
  await expect(guest.getByText(`${owner.name} invites you as Moderator (whole desk).`)).toBeVisible();
  await guest.getByRole("textbox", { name: "Name" }).fill(moderator.name);
  await guest.getByRole("textbox", { name: "E-mail" }).fill(moderator.email);
  await guest.getByLabel("New password", { exact: true }).fill("short");
  await guest.getByRole("button", { name: "Create account and sign in" }).click();
  await expect(guest.getByText(/The password is too short/)).toBeVisible();
  await guest.getByLabel("New password", { exact: true }).fill(moderator.password);
  await guest.getByRole("button", { name: "Create account and sign in" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(guest.getByRole("link", { name: "Operators" })).toHaveCount(0);
  await expect(guest.getByRole("link", { name: "Record" })).toHaveCount(0);

  // The owner's screen follows by itself.
  await expect(page.getByText(moderator.email)).toBeVisible();
  await expect(page.getByText("Used", { exact: true })).toBeVisible();

  const late = await (await browser.newContext({ locale: "en-US" })).newPage();
  await late.goto(address);
  await expect(late.getByText("This invite is used up, withdrawn, expired or incomplete.")).toBeVisible();
});

test("a disabled operator is out at once", async ({ browser }) => {
  const [page, victim] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  await page.getByRole("link", { name: "Operators" }).click();
  await page.getByRole("button", { name: `Change ${moderator.name}` }).click();
  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("disabled", { exact: true })).toBeVisible();
  await expect(victim).toHaveURL(/\/sign-in/);
});

test("a wrong password keeps the e-mail and says what to do", async ({ browser }) => {
  const page = await (await browser.newContext({ locale: "en-US", baseURL: desk.url })).newPage();
  await page.goto("/audit");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faudit/);
  await page.getByRole("textbox", { name: "E-mail" }).fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill("certainly not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Record" })).toBeVisible();
});

test("the language follows the operator to another browser", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("combobox", { name: "Language" }).selectOption("zh-CN");
  await expect(page.getByRole("heading", { level: 1, name: "账户" })).toBeVisible();
  const other = await (await browser.newContext({ locale: "en-US", baseURL: desk.url })).newPage();
  await other.goto("/requests");
  await other.getByRole("textbox", { name: "E-mail" }).fill(owner.email);
  await other.getByLabel("Password", { exact: true }).fill(owner.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "申请" })).toBeVisible();
});
