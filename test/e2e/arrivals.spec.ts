import { expect, type Page } from "@playwright/test";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

let desk: Desk;
let arrivals = 0;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

const queueOf = (page: Page) => page.getByRole("region", { name: "Queue" });
const rowOf = (page: Page, name: string) => queueOf(page).getByRole("link", { name: new RegExp(name) });

function arrive(nickname: string): void {
  arrivals += 1;
  desk.napcat.inbox.arriveFriend({
    userId: String(80_000_001_000 + arrivals),
    nickname,
    comment: "hello",
    second: 1_700_000_000 + arrivals,
  });
}

/** Where the rows stand, by name. */
const places = (page: Page) =>
  queueOf(page)
    .getByRole("listitem")
    .evaluateAll((items) =>
      items.map((item) => `${item.querySelector("a")?.textContent?.slice(0, 12)} ${item.getBoundingClientRect().top}`),
    );

test("news moves nothing: new rows wait, decided ones stay where they are", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  const complaints = listenForComplaints(second);
  arrive("Early Ed");
  // An empty list has nothing that could jump.
  for (const page of [first, second]) await expect(rowOf(page, "Early Ed")).toBeVisible();
  for (const name of ["Early Fay", "Early Gus"]) arrive(name);
  for (const page of [first, second]) {
    await queueOf(page).getByRole("button", { name: "2 new" }).click();
    await expect(rowOf(page, "Early Gus")).toBeVisible();
    await expect(queueOf(page).getByRole("button", { name: /new$/ })).toHaveCount(0);
  }
  await second.evaluate(() => {
    Object.assign(window, { shifts: [] as unknown[] });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // Layout shifts that no act of the reader explains; the type library does not know them.
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) (window as unknown as { shifts: number[] }).shifts.push(shift.value);
      }
    }).observe({ type: "layout-shift" });
  });
  const before = await places(second);

  arrive("Late Lou");
  await expect(queueOf(second).getByRole("button", { name: "1 new" })).toBeVisible();
  await rowOf(first, "Early Fay").click();
  await first.getByRole("button", { name: "Approve" }).click();
  await expect(rowOf(second, "Early Fay").getByText("Approved, confirmed")).toBeVisible();
  await expect(rowOf(second, "Late Lou")).toHaveCount(0);
  expect((await places(second)).map((place) => place.split(" ").at(-1))).toEqual(
    before.map((place) => place.split(" ").at(-1)),
  );
  // A state has other words now, which begin elsewhere in their own line. A row that moves counts a hundred times as much.
  const shifts = await second.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(Math.max(0, ...shifts)).toBeLessThan(0.001);

  await queueOf(second).getByRole("button", { name: "1 new" }).click();
  await expect(rowOf(second, "Late Lou")).toBeVisible();
  await expect(rowOf(second, "Early Fay")).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a list of many draws few, and gets its next pages by scrolling", async ({ browser }) => {
  test.slow();
  const page = await desk.enter(browser, owner);
  const many = 400;
  for (let made = 0; made < many; made += 1) arrive(`Crowd ${String(made).padStart(4, "0")}`);
  const newest = `Crowd ${String(many - 1).padStart(4, "0")}`;
  await expect(async () => {
    await page.reload();
    await expect(rowOf(page, newest)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const items = queueOf(page).getByRole("listitem");
  const scroller = page.locator("#queue-rows");
  let most = 0;
  await expect
    .poll(
      async () => {
        await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
        most = Math.max(most, await items.count());
        return await rowOf(page, "Crowd 0000").count();
      },
      { timeout: 40_000 },
    )
    .toBe(1);
  expect(most).toBeLessThan(60);
  await expect(items.last()).toHaveAttribute("aria-setsize", /\d{3}/);
});
