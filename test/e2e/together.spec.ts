import { expect } from "@playwright/test";
import { Desk, moderator, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());

test("two at the same request: what one decides the other sees, and loses no word", async ({ browser }) => {
  const [first, second] = [await desk.enter(browser, owner), await desk.enter(browser, moderator)];
  for (const page of [first, second]) {
    await expect(page.getByText("All done")).toBeVisible();
    await expect(page.getByRole("status").getByText("Live", { exact: true })).toBeVisible();
  }
  desk.napcat.inbox.arriveJoin({ userId: "80000000801", nickname: "Shared Sunniva", groupId: "81000000001" });
  for (const page of [first, second]) await (await reveal(page, "Shared Sunniva")).click();

  const seen = second.getByRole("region", { name: "Open request" });
  await seen.getByRole("textbox", { name: "Reason" }).fill("Tell us who you are first");
  await seen.getByRole("textbox", { name: "New note" }).fill("asked her sister");
  await first.getByRole("button", { name: "Approve" }).click();

  await expect(seen.getByText("Approved, confirmed").first()).toBeVisible();
  for (const name of ["Approve", "Deny", "Ignore"]) await expect(seen.getByRole("button", { name })).toHaveCount(0);
  await expect(seen.getByText(`${owner.name} approved this request`)).toBeVisible();
  await expect(seen.getByRole("textbox", { name: "Your unsent text" })).toHaveValue("Tell us who you are first");
  await expect(seen.getByRole("textbox", { name: "New note" })).toHaveValue("asked her sister");

  await seen.getByRole("button", { name: "Add note" }).click();
  await expect(
    first.getByRole("region", { name: "Notes" }).getByRole("listitem").filter({ hasText: "asked her sister" }),
  ).toBeVisible();
});

test("a new password needs the present one and ends every other session at once", async ({ browser }) => {
  const [page, other] = [await desk.enter(browser, moderator), await desk.enter(browser, moderator)];
  const next = "quartz-ferry-lantern-58";
  await page.getByRole("link", { name: "Account" }).click();
  const section = page.getByRole("region", { name: "Password" });
  const [current, fresh] = [
    section.getByLabel("Present password", { exact: true }),
    section.getByLabel("New password", { exact: true }),
  ];
  const change = section.getByRole("button", { name: "Change password" });

  await current.fill("certainly not this one");
  await fresh.fill(next);
  await change.click();
  await expect(section.getByText("This is not your present password. Nothing was changed.")).toBeVisible();
  await expect(fresh).toHaveValue(next);

  await current.fill(moderator.password);
  await fresh.fill("short");
  await change.click();
  await expect(section.getByText(/The password is too short/)).toBeVisible();
  await expect(other.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();

  await fresh.fill(next);
  await change.click();
  await expect(section.getByText("The password was changed.")).toBeVisible();
  await expect(current).toHaveValue("");
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("region", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);

  await other.getByRole("textbox", { name: "E-mail" }).fill(moderator.email);
  await other.getByLabel("Password", { exact: true }).fill(moderator.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "E-mail or password is wrong." })).toBeVisible();
  await other.getByLabel("Password", { exact: true }).fill(next);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
});
