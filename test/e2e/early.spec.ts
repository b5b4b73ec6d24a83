import { expect } from "@playwright/test";
import { Desk, holdScript, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

test("boxes ticked and a field filled before the page is awake count once it is", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  for (const [at, nickname] of ["Mira Falk", "Ola Berg", "Pia Lund"].entries()) {
    desk.napcat.inbox.arriveFriend({ userId: `8000000030${at}`, nickname, second: 1_700_000_000 + at });
    await reveal(page, nickname);
  }
  const box = (name: string) => page.getByRole("checkbox", { name: `Select ${name}` });
  const arrive = await holdScript(page);
  await page.reload({ waitUntil: "commit" });
  for (const name of ["Mira Falk", "Pia Lund"]) await box(name).check({ force: true });
  arrive();
  await expect(page.getByText("2 selected")).toBeVisible();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  // The first that the page hears by itself.
  await box("Ola Berg").check({ force: true });
  await expect(page.getByText("3 selected")).toBeVisible();

  await page.goto("/groups", { waitUntil: "commit" });
  await page.getByRole("searchbox", { name: "Search groups" }).fill("nowhere");
  await expect(page).toHaveURL(/nowhere/);
  await expect(page.getByRole("searchbox", { name: "Search groups" })).toHaveValue("nowhere");
});

test("who signs in before the page is awake is signed in, and the password is in no address", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: desk.url, locale: "en-US" })).newPage();
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const arrive = await holdScript(page);
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "E-mail" }).fill(owner.email);
  const password = page.getByRole("textbox", { name: "Password" });
  await password.fill(owner.password);
  await password.press("Enter");
  arrive();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  expect(addresses.filter((address) => address.includes(encodeURIComponent(owner.password)))).toEqual([]);
});
