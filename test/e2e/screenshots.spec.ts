import path from "node:path";
import { expect } from "@playwright/test";
import { Desk, moderator, owner, reveal, test } from "./desk";

const file = path.join(import.meta.dirname, "../../docs/screenshot.png");

/** The README's picture, made from the real desk, and only when asked for: `npm run screenshots`. */
if (process.env.SCREENSHOTS === "1") {
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
