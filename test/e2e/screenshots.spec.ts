import path from "node:path";
import { expect } from "@playwright/test";
import { Desk, moderator, owner, reveal, test } from "./desk";
import { type Look, looks, Tour } from "./tour";

const folder = path.join(import.meta.dirname, "../../screenshots");
const file = path.join(import.meta.dirname, "../../docs/screenshot.png");

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/**
 * Pictures of the real desk, to be looked at, and only when asked for: `npm run screenshots`. The README's goes into docs/,
 * every page in both themes and both languages, and on a phone, into screenshots/.
 */
if (process.env.SCREENSHOTS === "1") {
  /** SCREENSHOTS_ONLY=group,queue: those whose names start so. SCREENSHOTS_LOOKS=dark-zh: in this look. */
  const only = process.env.SCREENSHOTS_ONLY?.split(",");
  const isWanted = (name: string) => only?.some((start) => name.startsWith(start)) ?? true;
  // The keys of a literal are its own.
  const wantedLooks = (Object.keys(looks) as Look[]).filter(
    (look) => process.env.SCREENSHOTS_LOOKS?.split(",").includes(look) ?? true,
  );

  test("every page, in every look", async ({ browser }) => {
    test.setTimeout(3_600_000);
    const tour = await Tour.start(async (desk) => {
      if (!isWanted("setup")) return;
      for (const look of wantedLooks) {
        const page = await browser.newPage({ ...looks[look], ...wide, baseURL: desk.url });
        await page.goto("/setup");
        await expect(page.getByRole("textbox")).not.toHaveCount(0);
        await page.screenshot({ path: path.join(folder, `setup.${look}.png`) });
        await page.close();
      }
    });
    try {
      for (const look of wantedLooks) {
        for (const [size, options] of Object.entries({ wide, phone })) {
          const stops = [...(await tour.stops())].filter(({ name }) => isWanted(name));
          const visits: [typeof stops, Awaited<ReturnType<typeof tour.visit>>][] = [
            [tour.door.filter(({ name }) => isWanted(name)), await tour.visit(browser, { ...looks[look], ...options })],
            [stops, await tour.enter(browser, { ...looks[look], ...options })],
          ];
          for (const [places, page] of visits) {
            page.setDefaultTimeout(20_000);
            for (const stop of places) {
              if (size === "phone" ? !stop.isForPhone : stop.isOnlyForPhone) continue;
              await tour.go(page, stop, look).catch((cause: unknown) => console.error(stop.name, look, size, cause));
              const name = [stop.name, ...(size === "phone" ? ["phone"] : []), look, "png"].join(".");
              await page.screenshot({ path: path.join(folder, name) });
            }
            await page.context().close();
          }
        }
      }
    } finally {
      await tour.close();
    }
  });

  test("the queue, for the README", async ({ browser }) => {
    // Every state of the picture is reached the real way, one after another.
    test.slow();
    const desk = await Desk.start();
    try {
      const ada = await desk.seatOwner();
      await desk.seatModerator(ada);
      const { inbox, world } = desk.napcat;
      world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
      world.addGroup({ groupId: "81000000002", groupName: "摄影交流" });
      inbox.arriveFiltered({ userId: "80000000310", nickname: "dealz_4u", message: "best prices, add me" });
      await desk.connect(ada);
      const page = await desk.enter(browser, owner, {
        viewport: { width: 1280, height: 800 },
        deviceScaleFactor: 2,
        colorScheme: "light",
      });
      const queue = page.getByRole("region", { name: "Queue" });
      const arrive = async (name: string, act: () => unknown) => {
        act();
        await reveal(page, name);
      };
      await expect(queue.getByRole("link", { name: /dealz_4u/ })).toBeVisible();
      await arrive("Milo Tarn", () =>
        inbox.arriveFriend({ userId: "80000000301", nickname: "Milo Tarn", comment: "We met at the book fair" }),
      );
      await page.getByRole("link", { name: /Milo Tarn/ }).click();
      await page.getByRole("button", { name: "Approve" }).click();
      await expect(
        page.getByRole("region", { name: "Open request" }).getByText("Approved, confirmed").first(),
      ).toBeVisible();
      await arrive("云上晾衣绳", () =>
        inbox.arriveJoin({
          userId: "80000000302",
          nickname: "云上晾衣绳",
          groupId: "81000000002",
          comment: "问题：你常用什么镜头？\n答案：35mm",
        }),
      );
      await arrive("Sable Quinn", () =>
        inbox.arriveFriend({ userId: "80000000303", nickname: "Sable Quinn", comment: "Hi, Ada said to ask here" }),
      );
      await arrive("Dov Ashgrove", () =>
        inbox.arriveInvite({
          userId: "80000000304",
          nickname: "Dov Ashgrove",
          groupId: "81000000003",
          groupName: "Night walks",
        }),
      );
      await arrive("听雨", () =>
        inbox.arriveFriend({ userId: "80000000305", nickname: "听雨", comment: "你好，从论坛过来的" }),
      );
      await arrive("Ines Corbeau", () =>
        inbox.arriveJoin({
          userId: "80000000306",
          nickname: "Ines Corbeau",
          groupId: "81000000001",
          comment: "I would love to join, I run a small reading group myself",
        }),
      );
      await page.goto("/requests?state=all");
      await page.getByRole("link", { name: /Ines Corbeau/ }).click();
      await page.getByRole("textbox", { name: "New note" }).fill(`${moderator.name} knows her, looks fine.`);
      await page.getByRole("button", { name: "Add note" }).click();
      await expect(page.getByRole("region", { name: "Notes" }).getByRole("listitem")).toBeVisible();
      await page.getByRole("heading", { level: 2, name: "Ines Corbeau" }).click();
      await page.screenshot({ path: file });
    } finally {
      await desk.close();
    }
  });
}
