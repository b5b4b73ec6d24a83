import { expect, type Page } from "@playwright/test";
import { expectNoFaults } from "./axe";
import { listenForComplaints, test } from "./desk";
import { looks, Tour, wordsOf } from "./tour";

// What fails here says where and why itself; a trace of so many pages would take most of the time.
test.use({ trace: "off" });

let tour: Tour;
test.beforeAll(async () => {
  tour = await Tour.start();
});
test.afterAll(() => tour.close());

/** Addresses of this desk that the page links to. */
async function linksOf(page: Page): Promise<string[]> {
  return await page
    .locator("a[href^='/']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? "").filter((to) => to !== ""));
}

// Both languages and both themes are walked; each theme's colours and each language's words are the same in the other pair.
for (const look of ["light-en", "dark-zh"] as const) {
  test(`no page fails axe, complains in the console or leads nowhere: ${look}`, async ({ browser }) => {
    test.slow();
    const words = wordsOf(look);
    const door = await tour.visit(browser, looks[look]);
    for (const stop of tour.door) {
      await tour.go(door, stop, look);
      await expectNoFaults(door, stop.name);
    }
    const page = await tour.enter(browser, looks[look]);
    const complaints = listenForComplaints(page);
    const links = new Map<string, string>();
    const stops = await tour.stops();
    for (const stop of stops.filter(({ isHeldElsewhere, isOnlyForPhone }) => !isHeldElsewhere && !isOnlyForPhone)) {
      const before = complaints.length;
      await tour.go(page, stop, look);
      await expectNoFaults(page, stop.name);
      expect(await beyond(page), stop.name).toEqual({ right: 0, below: 0 });
      for (const to of await linksOf(page)) links.set(to, stop.name);
      // Where nothing is, the browser itself complains of the status.
      if (stop.name === "nothing-here") complaints.splice(before);
      expect(complaints, stop.name).toEqual([]);
    }
    await expect(page.locator("html")).toHaveAttribute("lang", look === "dark-zh" ? "zh-CN" : "en");
    const bot = (await tour.stops()).find(({ name }) => name.startsWith("bot-"));
    await page.goto(bot?.address ?? "");
    await page.getByRole("button", { name: words.bots.remove.open }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoFaults(page, "the removal of a bot");
    if (look === "light-en") expect(await deadAmong(page, links)).toEqual([]);
  });
}

/** The frame fills the window and its parts scroll by themselves: how far the window can be scrolled all the same, px. */
async function beyond(page: Page): Promise<{ right: number; below: number }> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { right: scrollWidth - clientWidth, below: scrollHeight - clientHeight };
  });
}

/** Those that answer with no page, and where they stand. One of each shape is asked for: a list has a link a row. */
async function deadAmong(page: Page, links: ReadonlyMap<string, string>): Promise<string[]> {
  const shapes = new Map<string, [string, string]>();
  for (const link of links) shapes.set(link[0].replace(/[0-9a-f-]{8,}|\d+/g, "*"), link);
  const dead: string[] = [];
  for (const [to, from] of shapes.values()) {
    const answer = await page.request.get(to);
    if (!answer.ok()) dead.push(`${to} on ${from}: ${answer.status()}`);
  }
  return dead;
}
