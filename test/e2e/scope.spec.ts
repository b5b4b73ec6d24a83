import { expect, type Page } from "@playwright/test";
import { type Napcat, start } from "../simulators/napcat";
import { Desk, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
let other: Napcat;
let hidden: { botId: string; requestId: string };
let botId: string;
const hall = "81000000777";
const orchard = "81000000001";

/** What each account has beside requests, told apart by the first word of every name. */
function furnish({ world }: Napcat, word: string, groupId: string, groupName: string, first: number): void {
  const [member, friend] = [String(first), String(first + 1)];
  const people = [{ userId: member, nickname: `${word} Hilda`, card: `${word} Hilda's card` }];
  const { shelf } = world.addGroup({ groupId, groupName }, people);
  world.addFriend({ userId: friend, nickname: `${word} Hedda` }, `${word} Hedda's remark`);
  const notice = { id: "n-1", senderId: member, time: world.now(), isPinned: true, needsConfirmation: false };
  shelf.notices.push({ ...notice, text: `${word} Hilda's notice` });
  const file = { id: "/f-1", size: 2_000, folder: "/", uploaderId: member, time: world.now() };
  shelf.files.push({ ...file, name: `${word} Hilda's plan.pdf` });
}

test.beforeAll(async () => {
  desk = await Desk.start();
  other = await start({ account: { userId: "80000000701", nickname: "Vault keeper" } });
  furnish(other, "Hidden", hall, "Hidden Hall", 80000000711);
  furnish(desk.napcat, "Open", orchard, "Open Orchard", 80000000721);
  const ada = await desk.seatOwner();
  botId = await desk.connect(ada);
  await desk.seatModerator(ada, botId);
  const hiddenBot = await desk.connect(ada, "Secret cellar", other);
  other.inbox.arriveFriend({ userId: "80000000702", nickname: "Hidden Hugo", comment: "do not show me around" });
  desk.napcat.inbox.arriveFriend({ userId: "80000000703", nickname: "Open Olga" });
  const find = async () => (await ada.api.requests.list.query({ text: "Hidden Hugo" })).items[0]?.id ?? "";
  await expect.poll(find).not.toBe("");
  hidden = { botId: hiddenBot, requestId: await find() };

  // All of it is known to the desk before anybody walks about.
  for (const [id, server, groupId, word, member] of [
    [hiddenBot, other, hall, "Hidden", "80000000711"],
    [botId, desk.napcat, orchard, "Open", "80000000721"],
  ] as const) {
    await ada.api.groups.read.query({ botId: id });
    await ada.api.friends.read.query({ botId: id });
    const members = async () => (await ada.api.members.page.query({ botId: id, groupId })).total;
    await expect.poll(members).toBe(2);
    server.world.say(member, `${word} Hilda's whisper`, groupId);
    const heard = async () => (await ada.api.chats.list.query({ botId: id })).items.length;
    await expect.poll(heard).toBe(1);
    const query = { bot: id };
    await ada.api.views.save.mutate({ name: `${word} Hilda's view`, page: "requests", query, isTeam: true });
  }
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
  // It goes to every page.
  test.slow();
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

  const own = `/groups/${botId}/${orchard}`;
  const pages: [string, string | RegExp][] = [
    ["/", /waiting/],
    ["/groups", "Open Orchard"],
    [own, "Open Orchard"],
    [`${own}?tab=members`, "Open Hilda's card"],
    ...["requests", "essence", "honours", "muted"].map((tab): [string, string] => [
      `${own}?tab=${tab}`,
      "Open Orchard",
    ]),
    ["/friends", /Open Hedda/],
    ["/people/napcat/80000000721", /Open Hilda's whisper/],
  ];
  for (const [address, text] of pages) {
    await page.goto(address);
    await expect(page.getByRole("main").getByText(text).first()).toBeVisible();
    await expect(page.getByText(/Hidden/)).toHaveCount(0);
  }
  await expect(page.getByRole("navigation", { name: "Saved views" }).getByText("Open Hilda's view")).toBeVisible();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search and commands" });
  for (const words of ["Hilda", hall, "80000000711", hidden.botId, hidden.requestId]) {
    await field.fill(words);
    const results = page.getByRole("listbox");
    const isOurs = words === "Hilda";
    const told = isOurs ? results.getByText(/Open Hilda/) : page.getByText("Nothing found");
    await expect(told.first()).toBeVisible();
    await expect(results.getByText(/Hidden|Secret/)).toHaveCount(0);
  }
  await page.keyboard.press("Escape");

  // Over there somebody comes, speaks and leaves; then somebody speaks here.
  other.world.join(hall, { userId: "80000000713", nickname: "Hidden Hugh" }, "invite", "80000000711");
  other.world.say("80000000713", "Hidden Hugh's word", hall);
  other.world.leave(hall, "80000000711");
  desk.napcat.world.say("80000000721", "Open Hilda again", orchard);
  await page.goto("/people/napcat/80000000721");
  await expect(page.getByText("Open Hilda again")).toBeVisible();

  for (const address of [
    ...["/operators", "/audit", "/settings", "/bots/new"],
    ...[`/bots/${hidden.botId}`, `/groups/${hidden.botId}/${hall}`],
  ]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
  }
  await page.goto(`/requests?open=${hidden.requestId}`);
  await expect(page.getByText("This does not exist, or you may not see it.")).toBeVisible();

  const all = await heard();
  expect(all).toContain("Open Olga");
  for (const trace of [
    "Secret cellar",
    "Hidden H",
    "Vault keeper",
    "80000000713",
    "80000000702",
    "80000000704",
    "80000000712",
  ]) {
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
