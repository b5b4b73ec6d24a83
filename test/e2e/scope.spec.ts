import { expect, type Page } from "@playwright/test";
import { type Napcat, start } from "../simulators/napcat";
import { Desk, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
let other: Napcat;
let hidden: { botId: string; requestId: string };
test.beforeAll(async () => {
  desk = await Desk.start();
  other = await start({ account: { userId: "80000000701", nickname: "Vault keeper" } });
  const ada = await desk.seatOwner();
  const botId = await desk.connect(ada);
  await desk.seatModerator(ada, botId);
  const hiddenBot = await desk.connect(ada, "Secret cellar", other);
  other.inbox.arriveFriend({ userId: "80000000702", nickname: "Hidden Hugo", comment: "do not show me around" });
  desk.napcat.inbox.arriveFriend({ userId: "80000000703", nickname: "Open Olga" });
  const find = async () => (await ada.api.requests.list.query({ text: "Hidden Hugo" })).items[0]?.id ?? "";
  await expect.poll(find).not.toBe("");
  hidden = { botId: hiddenBot, requestId: await find() };
});
test.afterAll(async () => {
  await other.close();
  await desk.close();
});

/** Collects everything the desk sends to a page: documents, their parts, answers, and the live feed. */
async function listen(page: Page): Promise<() => Promise<string>> {
  const bodies: Promise<string>[] = [];
  const events: string[] = [];
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  wire.on("Network.eventSourceMessageReceived", ({ data }) => events.push(data));
  page.on("response", (answer) => {
    // The feed has no end to wait for; a body that is dropped by going elsewhere was not read by the page either.
    if (!answer.headers()["content-type"]?.startsWith("text/event-stream")) bodies.push(answer.text().catch(() => ""));
  });
  return async () => [...(await Promise.all(bodies)), ...events].join("\n");
}

test("whoever looks after one bot meets no trace of the other", async ({ browser }) => {
  const page = await desk.enter(browser, moderator);
  const heard = await listen(page);
  await page.reload();
  await expect(page.getByRole("link", { name: /Open Olga/ })).toBeVisible();
  await expect(page.getByRole("status").getByText("Live", { exact: true })).toBeVisible();
  const navigation = page.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: /Requests/ })).toBeVisible();
  for (const name of ["Operators", "Record"]) await expect(navigation.getByRole("link", { name })).toHaveCount(0);

  // Something happens over there, and then here: what was to be heard of it would have been heard before.
  other.inbox.arriveFriend({ userId: "80000000704", nickname: "Hidden Hanna", second: 1_700_000_704 });
  await other.calls.wait("get_stranger_info", 2);
  desk.napcat.inbox.arriveFriend({ userId: "80000000705", nickname: "Open Otto", second: 1_700_000_705 });
  await reveal(page, "Open Otto");
  await page.goto("/requests?state=all");
  await expect(page.getByRole("link", { name: /Open Otto/ })).toBeVisible();
  await expect(page.getByText(/Hidden/)).toHaveCount(0);

  await page.goto("/bots");
  await expect(page.getByRole("link", { name: /Front door/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Secret cellar/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Add bot" })).toHaveCount(0);

  for (const address of ["/operators", "/audit", "/bots/new", `/bots/${hidden.botId}`]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
  }
  await page.goto(`/requests?open=${hidden.requestId}`);
  await expect(page.getByText("This does not exist, or you may not see it.")).toBeVisible();

  const all = await heard();
  expect(all).toContain("Open Olga");
  for (const trace of ["Secret cellar", "Hidden H", "Vault keeper", "80000000702", "80000000704"]) {
    expect(all).not.toContain(trace);
  }
});

test("a grant for the other bot opens it at once", async ({ browser }) => {
  const [page, guest] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  await expect(guest.getByRole("link", { name: /Open Olga/ })).toBeVisible();
  await expect(guest.getByRole("link", { name: /Hidden Hugo/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Operators" }).click();
  await page.getByRole("button", { name: `Change ${moderator.name}` }).click();
  const dialog = page.getByRole("dialog", { name: moderator.name });
  await dialog.getByRole("button", { name: "Add a role" }).click();
  const added = dialog.getByRole("group", { name: "Role and scope" }).last();
  await added.getByRole("combobox", { name: "Where" }).selectOption({ label: "Secret cellar" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await reveal(guest, "Hidden Hugo");
});
