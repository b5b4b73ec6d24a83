import { expect } from "@playwright/test";
import { Desk, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const { world } = desk.napcat;
  for (let at = 0; at < 250; at++)
    world.addFriend({ userId: String(82_000_000_000 + at), nickname: `Friend ${String(at).padStart(3, "0")}` });
  world.addFriend({ userId: "80000000901", nickname: "Ann Reed" }, "Ann of chess");
  const ada = await desk.seatOwner();
  const botId = await desk.connect(ada);
  await desk.seatModerator(ada, botId);
});
test.afterAll(() => desk.close());

test("a friend is found, renamed and removed, and the platform has it so", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await page.getByRole("link", { name: "Friends" }).click();
  const table = page.getByRole("grid", { name: "Friends" });
  await expect(table).toHaveAttribute("aria-rowcount", "252");
  await expect(table.getByText("Ann of chess")).toBeVisible();
  await page.keyboard.press("Tab");
  await table.getByRole("row").nth(1).focus();
  await page.keyboard.press("End");
  await expect(table.getByText("Friend 249")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search friends" }).fill("chess");
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await table.getByText("Ann of chess").click();
  const drawer = page.getByRole("dialog", { name: "Friend" });
  await drawer.getByRole("textbox", { name: "Remark" }).fill("Ann of the choir");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Remark of Ann of chess changed")).toBeVisible();
  await expect(drawer.getByRole("heading", { name: "Ann of the choir" })).toBeVisible();
  expect(desk.napcat.world.friends.get("80000000901")?.remark).toBe("Ann of the choir");

  await drawer.getByRole("button", { name: "Remove…" }).click();
  const question = page.getByRole("dialog", { name: "Remove Ann of the choir?" });
  await expect(question.getByText(/one-sided/)).toBeVisible();
  await question.getByRole("button", { name: "Remove friend" }).click();
  await expect(page.getByText("Ann of the choir removed")).toBeVisible();
  await expect(drawer).toHaveCount(0);
  expect(desk.napcat.world.friends.has("80000000901")).toBe(false);
});

test("what one operator marks and notes on a person, the other sees in the queue", async ({ browser }) => {
  desk.napcat.inbox.arriveFriend({ userId: "80000000902", nickname: "Zoe Marsh", comment: "hello again" });
  const [page, other] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  await reveal(other, "Zoe Marsh");
  await (await reveal(page, "Zoe Marsh")).click();
  await page.getByRole("link", { name: "Person’s page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Zoe Marsh" })).toBeVisible();
  await page.getByRole("button", { name: "Watched" }).click();
  await expect(page.getByRole("button", { name: "Watched" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("textbox", { name: "New note on this person" }).fill("Asked three times last week.");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("Asked three times last week.")).toBeVisible();

  const row = other.locator("#queue-rows").getByRole("link", { name: /Zoe Marsh/ });
  await expect(row.getByText("Watched")).toBeVisible();
  await expect(row.getByText("1 note on this person")).toBeVisible();
});
