import { expect, type Page } from "@playwright/test";
import { Desk, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  await ada.api.preferences.set.mutate({ patch: { claimOnOpen: true } });
  await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
});
test.afterAll(() => desk.close());

const queueOf = (page: Page) => page.getByRole("region", { name: "Queue" });
const detailOf = (page: Page) => page.getByRole("region", { name: "Open request" });

/** Somebody asks to join, and two operators have it on their screens. */
async function arrive(userId: string, nickname: string, ...pages: Page[]): Promise<void> {
  desk.napcat.inbox.arriveJoin({ userId, nickname, groupId: "81000000001", comment: "I read a lot" });
  for (const page of pages) await reveal(page, nickname);
}

test("opening a request claims it, and a colleague sees who has it, in the row and in the request", async ({
  browser,
}) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000401", "Piet Lansing", first, second);
  await first.getByRole("link", { name: /Piet Lansing/ }).click();
  await expect(detailOf(first).getByText("You are working on this, until")).toBeVisible();

  const row = queueOf(second).getByRole("link", { name: /Piet Lansing/ });
  await expect(row.getByText(/Ada Quill, until \d\d:\d\d/)).toBeVisible();
  await expect(row.getByText(/Ada Quill, until/)).toBeVisible();
  await row.click();
  await expect(detailOf(second).getByText(/Ada Quill is working on this, until \d\d:\d\d/)).toBeVisible();
  await expect(detailOf(second).getByRole("button", { name: "Approve" })).toBeDisabled();
  await expect(detailOf(first).getByRole("img", { name: "Looking at this: Bram Holt" })).toBeVisible();
  await expect(
    first.getByRole("region", { name: "At the desk" }).getByRole("link", { name: /Bram Holt looks at a request/ }),
  ).toBeVisible();

  await test.step("closing it gives it back", async () => {
    await first.keyboard.press("Escape");
    await expect(detailOf(second).getByText(/Nobody is working on this|You are working on this/)).toBeVisible();
    await expect(detailOf(second).getByRole("button", { name: "Approve" })).toBeEnabled();
  });
});

test("taking over asks for a reason; who loses it is told and keeps their text", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000402", "Wren Tolliver", first, second);
  await first.getByRole("link", { name: /Wren Tolliver/ }).click();
  await expect(detailOf(first).getByText("You are working on this")).toBeVisible();
  await first.getByRole("textbox", { name: "Reason" }).fill("Please tell us more first");

  await second.getByRole("link", { name: /Wren Tolliver/ }).click();
  await detailOf(second).getByRole("button", { name: "Take over" }).click();
  const dialogue = second.getByRole("dialog", { name: "Take over from Ada Quill?" });
  await expect(dialogue.getByRole("button", { name: "Take over" })).toBeDisabled();
  await dialogue.getByRole("textbox", { name: "Reason" }).fill("I know her from the fair");
  await dialogue.getByRole("button", { name: "Take over" }).click();
  await expect(detailOf(second).getByText("You are working on this")).toBeVisible();

  await expect(detailOf(first).getByText("Bram Holt took this over from you")).toBeVisible();
  await expect(detailOf(first).getByRole("button", { name: "Deny" })).toBeDisabled();
  await expect(first.getByRole("textbox", { name: "Reason" })).toHaveValue("Please tell us more first");
  await detailOf(second).getByRole("button", { name: "Approve" }).click();
  await expect(first.getByRole("textbox", { name: "Your unsent text" })).toHaveValue("Please tell us more first");
});

test("who decides late, without knowing it, is refused and nothing is sent", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000403", "Sable Quinn", first, second);
  await first.getByRole("link", { name: /Sable Quinn/ }).click();
  await expect(detailOf(first).getByText("You are working on this")).toBeVisible();
  // Cut off from news: the feed that stands is ended by the reload of nothing, so calls that would tell are refused.
  await first.route(/\/api\/trpc\/(?!requests\.decide)/, (route) => route.abort());
  await second.getByRole("link", { name: /Sable Quinn/ }).click();
  await detailOf(second).getByRole("button", { name: "Take over" }).click();
  const dialogue = second.getByRole("dialog");
  await dialogue.getByRole("textbox", { name: "Reason" }).fill("Ada is at lunch");
  await dialogue.getByRole("button", { name: "Take over" }).click();
  await expect(detailOf(second).getByText("You are working on this")).toBeVisible();

  await first.getByRole("textbox", { name: "Reason" }).fill("We are full");
  await detailOf(first).getByRole("button", { name: "Deny" }).click();
  await expect(first.getByRole("alert").filter({ hasText: "Bram Holt took this request over from you" })).toBeVisible();
  await expect(first.getByRole("textbox", { name: "Reason" })).toHaveValue("We are full");
  expect(desk.napcat.inbox.groups.find(({ userId }) => userId === "80000000403")?.state).toBe("pending");
});

test("a reload goes on with the work, a copied tab does not share it, a closed one gives it back", async ({
  browser,
}) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000404", "Ines Corbeau", first, second);
  await first.getByRole("link", { name: /Ines Corbeau/ }).click();
  await expect(detailOf(first).getByText("You are working on this, until")).toBeVisible();
  await first.reload();
  await expect(detailOf(first).getByText("You are working on this, until")).toBeVisible();

  // A tab that another one opens gets a copy of its session storage, as a duplicated one does.
  const [copy] = await Promise.all([first.waitForEvent("popup"), first.evaluate(() => window.open(location.href))]);
  await expect(detailOf(copy).getByText("You are working on this in another tab.")).toBeVisible();
  await detailOf(copy).getByRole("button", { name: "Work here" }).click();
  await expect(detailOf(copy).getByText("You are working on this, until")).toBeVisible();
  await expect(detailOf(first).getByText("You are working on this in another tab.")).toBeVisible();

  await first.close();
  await copy.close();
  // The server waits ten seconds for a tab to come back, as a reload does.
  await expect(
    queueOf(second)
      .getByRole("link", { name: /Ines Corbeau/ })
      .getByText("Waiting"),
  ).toBeVisible({
    timeout: 30_000,
  });
});

test("a reload gives nothing back, not for a moment", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000407", "Slow Sanne", first, second);
  await first.getByRole("link", { name: /Slow Sanne/ }).click();
  await expect(detailOf(first).getByText("You are working on this, until")).toBeVisible();

  const looks: (string | null)[] = [];
  first.on("request", (request) => {
    if (request.url().includes("presence.look")) looks.push(request.postData());
  });
  const again = first.waitForRequest(/requests\.claim/);
  await first.reload();
  await again;
  await expect(detailOf(first).getByText("You are working on this, until")).toBeVisible();
  await expect.poll(() => looks).not.toEqual([]);
  // To say at first that it looks at nothing would have given back what this tab holds.
  expect(looks.filter((look) => look?.includes('"requestId":null'))).toEqual([]);
});

test("a request is handed to a colleague with words, and is in their hands", async ({ browser }) => {
  const [first, second] = await Promise.all([desk.enter(browser, owner), desk.enter(browser, moderator)]);
  await arrive("80000000405", "Dov Ashgrove", first, second);
  await first.getByRole("link", { name: /Dov Ashgrove/ }).click();
  await detailOf(first).getByRole("button", { name: "Set aside" }).click();
  await first.getByRole("menuitem", { name: "Hand over to a colleague" }).click();
  const dialogue = first.getByRole("dialog", { name: "Hand over" });
  await dialogue.getByRole("radio", { name: /Bram Holt/ }).check();
  await dialogue.getByRole("textbox", { name: "Words to go with it" }).fill("You know the group");
  await dialogue.getByRole("button", { name: "Hand over" }).click();
  await expect(
    queueOf(first)
      .getByRole("link", { name: /Dov Ashgrove/ })
      .getByText("For Bram Holt"),
  ).toBeVisible();

  await second.getByRole("button", { name: /^Mine/ }).click();
  await queueOf(second)
    .getByRole("link", { name: /Dov Ashgrove/ })
    .click();
  await expect(detailOf(second).getByText("Ada Quill handed this to you")).toBeVisible();
  await expect(detailOf(second).getByText("You know the group")).toBeVisible();
});

test("what is set aside until later leaves the queue, stands under Later and can be woken", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  await arrive("80000000406", "Milo Tarn", page);
  await page.getByRole("link", { name: /Milo Tarn/ }).click();
  await detailOf(page).getByRole("button", { name: "Set aside" }).click();
  await page.getByRole("menuitem", { name: /^Tomorrow/ }).click();
  // It stays where it is, marked, until the list is read anew.
  await expect(
    queueOf(page)
      .getByRole("link", { name: /Milo Tarn/ })
      .getByText(/^Until .*09:00/),
  ).toBeVisible();
  await page.getByRole("button", { name: /^Later/ }).click();
  await queueOf(page)
    .getByRole("link", { name: /Milo Tarn/ })
    .click();
  await page.getByRole("button", { name: /^Open/ }).click();
  await expect(page).not.toHaveURL(/set=later/);
  await expect(queueOf(page).getByRole("link", { name: /Milo Tarn/ })).toHaveCount(0);
  await detailOf(page).getByRole("button", { name: "Wake now" }).click();
  await queueOf(page).getByRole("button", { name: "1 new" }).click();
  await expect(queueOf(page).getByRole("link", { name: /Milo Tarn/ })).toBeVisible();
});
