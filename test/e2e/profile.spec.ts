import { expect, type Page } from "@playwright/test";
import * as chat68 from "../simulators/chat68";
import * as im from "../simulators/im";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";

let desk: Desk;
let server: im.Im;
let helper: chat68.Chat68;
let bots: { qq: string; im: string; chat68: string };
test.beforeAll(async () => {
  desk = await Desk.start();
  [server, helper] = await Promise.all([im.start(), chat68.start()]);
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  const { world } = desk.napcat;
  world.addFriend({ userId: "80000000301", nickname: "Ola Berg" });
  world.likers.push({ userId: "80000000301", count: 3, time: world.now() - 7_200 });
  const add = async (name: string, platform: "im" | "chat68", connection: Record<string, unknown>, token?: string) =>
    (await ada.api.bots.create.mutate({ name, platform, connection, ...(token ? { token } : {}) })).id;
  const own = server.world.addPerson("Chess porter");
  bots = {
    qq: await desk.connect(ada),
    im: await add("Chess club", "im", { baseUrl: server.baseUrl }, server.mint(own)),
    chat68: await add("Choir", "chat68", { transport: "ws", wsUrl: helper.wsUrl }),
  };
});
test.afterAll(async () => {
  await desk.close();
  await Promise.all([server.close(), helper.close()]);
});

const shots = process.env.SHOTS;

/** A picture for a person to look at, only where one is asked for. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

const open = (page: Page) => page.getByRole("heading", { level: 2, name: "Profile" }).click();

test("the account’s nickname and status are changed, and a colleague’s screen has the new name at once", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const complaints = listenForComplaints(page);
  const colleague = await desk.enter(browser, moderator);
  for (const each of [page, colleague]) await each.goto(`/bots/${bots.qq}`);
  await expect(colleague.getByText("Doorkeeper · 80000000001")).toBeVisible();
  await open(page);
  const name = page.getByRole("textbox", { name: "Nickname" });
  await expect(name).toHaveValue("Doorkeeper");
  await expectNoFaults(page, "an account’s profile");
  await name.fill("Night porter");
  await name.press("Enter");
  await expect(page.getByText("Nickname changed")).toBeVisible();
  await expect(colleague.getByText("Night porter · 80000000001")).toBeVisible();
  expect(desk.napcat.world.account.nickname).toBe("Night porter");

  // Said to be done and not done is not shown as done.
  desk.napcat.faults.okWithoutActing("set_qq_profile");
  await name.fill("Nobody");
  await page.getByRole("button", { name: "Save the nickname" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Nickname changed" }).last()).toContainText(
    "has not shown it yet",
  );
  await expect(name).toHaveValue("Night porter");

  await page.getByRole("combobox", { name: "Online status" }).selectOption("Away");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Status: Away" })).toContainText("has not shown it yet");
  expect(desk.napcat.world.presence).toMatchObject({ status: 30 });

  await page.getByRole("region", { name: "Who liked the card" }).getByRole("button", { name: "Show" }).click();
  const likers = page.getByRole("region", { name: "Who liked the card" }).getByRole("listitem");
  await expect(likers).toHaveText(/Ola Berg.*3 times/);
  await shoot(page, "profile");

  // Who only moderates reads the same, and changes and ends nothing.
  await open(colleague);
  await expect(colleague.getByRole("definition").filter({ hasText: "Night porter" })).toBeVisible();
  await expect(colleague.getByRole("textbox", { name: "Nickname" })).toHaveCount(0);
  await expect(colleague.getByRole("combobox", { name: "Online status" })).toHaveCount(0);
  await expect(colleague.getByRole("region", { name: "Stop and sign out" })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a client is restarted, stopped and signed out only by the bot’s name, and a colleague sees it go", async ({
  browser,
}) => {
  const page = await desk.enter(browser, owner);
  const colleague = await desk.enter(browser, moderator);
  const dialogue = page.getByRole("dialog");
  const end = async (bot: string, opener: string, label: string, name: string) => {
    await page.goto(`/bots/${bot}`);
    await page.getByRole("region", { name: "Stop and sign out" }).getByRole("button", { name: opener }).click();
    const confirm = dialogue.getByRole("button", { name: label });
    const field = dialogue.getByRole("textbox", { name: `Type “${name}” to confirm` });
    await expect(field).toBeFocused();
    if (bot === bots.chat68) await expectNoFaults(page, "the end of a client");
    await field.fill(name.toUpperCase());
    await expect(confirm).toBeDisabled();
    await field.fill(name);
    await shoot(page, `end-${name}`);
    await confirm.click();
  };

  await colleague.goto(`/bots/${bots.chat68}`);
  await expect(colleague.getByText("Connected", { exact: true })).toBeVisible();
  await end(bots.chat68, "Restart…", "Restart", "Choir");
  await expect(page.getByText(/the client is restarting/)).toBeVisible();
  expect(helper.world.restarts).toBe(1);

  await colleague.goto(`/bots/${bots.qq}`);
  await expect(colleague.getByText("Connected", { exact: true })).toBeVisible();
  await end(bots.qq, "Stop…", "Stop the client", "Front door");
  await expect(page.getByText("The connection is gone: the client has stopped")).toBeVisible();
  await expect(colleague.getByText("Not connected", { exact: true })).toBeVisible();
  expect(desk.napcat.world.isStopped).toBe(true);

  await colleague.goto(`/bots/${bots.im}`);
  await expect(colleague.getByText("Connected", { exact: true })).toBeVisible();
  await end(bots.im, "Sign out…", "Forget and disconnect", "Chess club");
  await expect(page.getByText("Forgotten. The bot is switched off")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Disabled" })).not.toBeChecked();
  await expect(colleague.getByText("Not connected", { exact: true })).toBeVisible();
});
