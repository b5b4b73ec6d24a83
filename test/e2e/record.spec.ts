import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { Visitor } from "../simulators/visitor";
import { expectNoFaults } from "./axe";
import { Desk, moderator, owner, test } from "./desk";

let desk: Desk;
let ada: Visitor;
let bram: Visitor;
test.beforeAll(async () => {
  desk = await Desk.start();
  ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  bram = new Visitor(desk.url);
  await bram.signIn(moderator.email, moderator.password);
});
test.afterAll(() => desk.close());

const firstOf = (page: Page) => page.getByRole("table").getByRole("link").first();

test("what happens waits behind a count until somebody asks to see it", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await page.goto("/audit");
  await expect(firstOf(page)).toHaveText("Sign in");
  await ada.api.account.setLocale.mutate({ locale: "en" });
  await bram.api.account.setLocale.mutate({ locale: "en" });
  await expect(page.getByRole("button", { name: "2 new" })).toBeVisible();
  await expect(firstOf(page)).toHaveText("Sign in");
  await page.getByRole("button", { name: "2 new" }).click();
  await expect(firstOf(page)).toHaveText("Change the language");
  await expect(page.getByRole("button", { name: /new$/ })).toHaveCount(0);
});

test("the live tail shows it at once, and is part of the address", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await page.goto("/audit");
  await expect(firstOf(page)).toHaveText("Sign in");
  await page.getByRole("switch", { name: "Live tail" }).click();
  await expect(page).toHaveURL(/tail=on/);
  await page.reload();
  await expect(page.getByRole("switch", { name: "Live tail" })).toBeChecked();
  await expect(firstOf(page)).toHaveText("Sign in");
  await bram.api.account.setLocale.mutate({ locale: "zh-CN" });
  await expect(firstOf(page)).toHaveText("Change the language");
});

test("the same refusal again within a minute is one line with a count, and lists each time", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  for (const _time of [1, 2, 3]) await expect(bram.api.operators.list.query()).rejects.toThrow("forbidden");
  await page.goto("/audit?outcome=DENIED");
  const line = page.getByRole("row").filter({ hasText: "See operators" });
  await expect(line).toHaveCount(1);
  await expect(line.getByText("3×")).toBeVisible();
  // Still open: the fourth is counted on the line that is on the screen.
  await expect(bram.api.operators.list.query()).rejects.toThrow("forbidden");
  await expect(line.getByText("4×")).toBeVisible();
  await line.getByRole("link").click();
  const again = page.getByRole("dialog").getByRole("region", { name: "Again within the minute" });
  await expect(again.getByText("The same was refused 3 more times.")).toBeVisible();
  await expect(again.getByRole("listitem")).toHaveCount(3);
  await expectNoFaults(page, "a refusal that was repeated");
});

test("what the filters show is handed out as a file, which is on the record itself", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await bram.api.account.setLocale.mutate({ locale: "en" });
  await page.goto("/audit?action=account.setLocale");
  await expect(firstOf(page)).toHaveText("Change the language");
  const rows = await page.getByRole("table").getByRole("link").count();
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: /JSON Lines/ })).toBeVisible();
  await expectNoFaults(page, "the export menu");

  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^CSV/ }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/\.csv$/);
  const sheet = await readFile(await csv.path(), "utf8");
  expect(sheet.charCodeAt(0)).toBe(0xfeff);
  expect(sheet.trim().split("\r\n")).toHaveLength(rows + 1);

  await page.getByRole("button", { name: "Export" }).click();
  const [lines] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^JSON Lines/ }).click(),
  ]);
  const events = (await readFile(await lines.path(), "utf8")).trim().split("\n");
  expect(events.map((line): unknown => JSON.parse(line))).toHaveLength(rows);
  expect(events.every((line) => line.includes("account.setLocale"))).toBe(true);

  await page.goto("/audit");
  await expect(page.getByRole("table").getByRole("link", { name: "Export the record" })).toHaveCount(2);
});
