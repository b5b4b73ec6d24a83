import { expect } from "@playwright/test";
import { Visitor } from "../simulators/visitor";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, moderator, owner, test } from "./desk";
import { looks } from "./tour";

let desk: Desk;
let held: string;
let refused: string;
let bram: Visitor;
const tab = "0a000000-0000-4000-8000-000000000001";
test.beforeAll(async () => {
  desk = await Desk.start();
  const ada = await desk.seatOwner();
  await desk.seatModerator(ada);
  await desk.connect(ada);
  desk.napcat.world.addGroup({ groupId: "81000000001", groupName: "Reading circle" });
  await ada.api.texts.save.mutate({
    title: "Tell us more",
    verb: "deny",
    kinds: [],
    textZh: "{{name}}，请说明{{topic}}。",
    textEn: "{{name}}, tell us about {{topic}}.",
  });
  bram = new Visitor(desk.url);
  await bram.signIn(moderator.email, moderator.password);
  const arrive = async (userId: string, nickname: string) => {
    desk.napcat.inbox.arriveJoin({ userId, nickname, groupId: "81000000001", comment: "let me in" });
    let id: string | undefined;
    await expect
      .poll(async () => {
        const { items } = await bram.api.requests.list.query({ state: "open" });
        id = items.find((row) => row.applicantId === userId)?.id;
        return id;
      })
      .toBeDefined();
    return id ?? "";
  };
  const before = await arrive("80000000901", "Rio Again");
  const { version } = await bram.api.requests.get.query({ id: before });
  await bram.api.requests.decide.mutate({ id: before, version, verb: "deny", reason: "No answer given" });
  await expect.poll(async () => (await bram.api.requests.get.query({ id: before })).state).toBe("confirmed");
  refused = await arrive("80000000901", "Rio Again");
  held = await arrive("80000000902", "Held Hal");
  const later = await arrive("80000000903", "Later Lea");
  await bram.api.requests.snooze.mutate({ id: later, until: new Date(Date.now() + 3_600_000) });
});
test.afterAll(() => desk.close());

const words = {
  "en-US": {
    takeOver: "Take over",
    handOver: "Hand over to a colleague",
    pick: "Pick date and time",
    filters: "More filters",
  },
  "zh-CN": { takeOver: "接手", handOver: "转交给同事", pick: "选择日期和时间", filters: "更多筛选" },
} as const;
const texts = { "en-US": "Canned text", "zh-CN": "常用回复" } as const;

for (const { locale, colorScheme } of [looks["light-en"], looks["dark-zh"]]) {
  test(`the tools of the queue pass axe and complain of nothing: ${locale}, ${colorScheme}`, async ({ browser }) => {
    const say = words[locale];
    // Another tab of the same person needs no reason, so each of these tests may take it anew.
    await bram.api.requests.claim.mutate({ id: held, tab });
    await bram.api.presence.look.mutate({ tab, requestId: held });
    const page = await desk.enter(browser, owner, { colorScheme, locale, reducedMotion: "reduce" });
    const complaints = listenForComplaints(page);
    await page.goto("/requests");
    const boxes = page.getByRole("checkbox");
    await expect(boxes).not.toHaveCount(0);
    await boxes.first().check({ force: true });
    await page.getByRole("button", { name: say.filters }).click();
    await expect(page.getByRole("combobox")).toHaveCount(5);
    await expectNoFaults(page, "rows chosen, filters open");

    await page.goto(`/requests?set=all&open=${held}`);
    await page.getByRole("button", { name: say.takeOver }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoFaults(page, "taking over");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectNoFaults(page, "a request in a colleague's hands");

    await page.goto(`/requests?set=all&open=${refused}`);
    await page.getByRole("button", { name: texts[locale] }).click();
    await expectNoFaults(page, "canned texts");
    await page.getByRole("menuitem", { name: /Tell us more/ }).click();
    await expect(page.getByRole("textbox", { name: "topic" })).toBeVisible();
    await expectNoFaults(page, "a text with a blank");
    await page.getByRole("heading", { level: 2 }).click();
    await page.keyboard.press("s");
    await expect(page.getByRole("menu")).toBeVisible();
    await expectNoFaults(page, "setting aside");
    await page.getByRole("menuitem", { name: say.pick }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoFaults(page, "picking a time");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("s");
    await page.getByRole("menuitem", { name: say.handOver }).click();
    await expect(page.getByRole("dialog").getByRole("radio")).not.toHaveCount(0);
    await expectNoFaults(page, "handing over");
    expect(complaints).toEqual([]);
  });
}
