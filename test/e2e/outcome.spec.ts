import { expect, type Page } from "@playwright/test";
import { Desk, owner, reveal, test } from "./desk";

let desk: Desk;
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await desk.connect(ada);
});
test.afterAll(() => desk.close());
test.afterEach(() => desk.napcat.faults.clear());

const rowOf = (page: Page, name: string) =>
  page.getByRole("region", { name: "Queue" }).getByRole("link", { name: new RegExp(name) });
const detailOf = (page: Page) => page.getByRole("region", { name: "Open request" });

test("what the platform refuses has failed, in its own words, and can be decided again", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  desk.napcat.faults.failNext("set_group_add_request", "群成员已达上限，无法加入");
  desk.napcat.inbox.arriveJoin({ userId: "80000000401", nickname: "Late Leo", groupId: "81000000001" });
  await (await reveal(page, "Late Leo")).click();
  const detail = detailOf(page);
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(rowOf(page, "Late Leo").getByText("Approval failed")).toBeVisible();
  const decisions = detail.getByRole("region", { name: "Decisions" });
  await expect(decisions.getByText("The platform refused.")).toBeVisible();
  await expect(decisions.getByText("群成员已达上限，无法加入")).toBeVisible();
  expect(desk.napcat.inbox.groups.at(-1)?.state).toBe("pending");

  await page.getByRole("button", { name: /^Failed/ }).click();
  await expect(rowOf(page, "Late Leo")).toBeVisible();
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(detail.getByText("Approved, confirmed").first()).toBeVisible();
  await expect(decisions.getByRole("listitem")).toHaveCount(2);
  expect(desk.napcat.inbox.groups.at(-1)?.state).toBe("approved");
});

test("an answer that is lost is unknown until the platform has been read", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const { faults, calls, inbox } = desk.napcat;
  // It happens, and for now nobody can find out: the connection breaks, and the list that would tell is refused.
  faults.hangUp("set_friend_add_request", "after");
  faults.failNext("get_friend_list", "系统繁忙", "business", Number.POSITIVE_INFINITY);
  inbox.arriveFriend({ userId: "80000000402", nickname: "Lost Lena" });
  await (await reveal(page, "Lost Lena")).click();
  const detail = detailOf(page);
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(rowOf(page, "Lost Lena").getByText("Approval: result unknown")).toBeVisible();
  await expect(detail.getByRole("button", { name: "Approve" })).toBeDisabled();

  await desk.napcat.connected("forward");
  await calls.wait("get_friend_list", calls.of("get_friend_list").length + 1);
  await detail.getByRole("button", { name: "Check now" }).click();
  await expect(detail.getByRole("alert").filter({ hasText: "The platform refused." })).toBeVisible();
  await expect(detail.getByText("Approval: result unknown").first()).toBeVisible();

  faults.clear();
  await expect(detail.getByText("Approved, confirmed").first()).toBeVisible();
  // Asked once: reading is not deciding.
  expect(calls.of("set_friend_add_request")).toHaveLength(1);
});

test("to decide again what may have happened takes a step of its own", async ({ browser }) => {
  const page = await desk.enter(browser, owner);
  const { faults, calls, inbox } = desk.napcat;
  faults.hangUp("set_friend_add_request", "before");
  const request = inbox.arriveFriend({ userId: "80000000403", nickname: "Maybe Mo", second: 1_700_000_403 });
  await (await reveal(page, "Maybe Mo")).click();
  const detail = detailOf(page);
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(detail.getByText("Approval: result unknown").first()).toBeVisible();
  const again = detail.getByRole("checkbox", { name: "I checked; decide again" });
  await expect(again).not.toBeChecked();
  for (const name of ["Approve", "Deny"]) await expect(detail.getByRole("button", { name })).toBeDisabled();
  // Nor by the keyboard.
  await page.keyboard.press("a");

  // Not being a friend is no proof that nothing was sent: it stays unknown.
  await desk.napcat.connected("forward");
  const seen = calls.of("get_friend_list").length;
  await detail.getByRole("button", { name: "Check now" }).click();
  await calls.wait("get_friend_list", seen + 1);
  await expect(detail.getByRole("button", { name: "Check now" })).toBeEnabled();
  await expect(detail.getByText("Approval: result unknown").first()).toBeVisible();
  expect(request.state).toBe("pending");

  await again.check();
  await detail.getByRole("button", { name: "Approve" }).click();
  await expect(detail.getByText("Approved, confirmed").first()).toBeVisible();
  expect(request.state).toBe("approved");
});
