import { expect, type Page } from "@playwright/test";
import * as chat68 from "../simulators/chat68";
import * as im from "../simulators/im";
import * as yunhu from "../simulators/yunhu";
import { expectNoFaults } from "./axe";
import { Desk, listenForComplaints, owner, reveal, test } from "./desk";

let desk: Desk;
let helper: chat68.Chat68;
let server: im.Im;
let clouds: yunhu.Yunhu;
test.beforeAll(async () => {
  desk = await Desk.start();
  await desk.seatOwner();
  [helper, server, clouds] = await Promise.all([chat68.start(), im.start(), yunhu.start()]);
});
test.afterAll(async () => {
  await Promise.all([helper.close(), server.close(), clouds.close()]);
  await desk.close();
});

const phone = { viewport: { width: 390, height: 844 } };
/** The browser itself complains of a refusal that is part of the journey. */
const sayings = (complaints: string[]) => complaints.filter((text) => !text.includes("400 (Bad Request)"));
const shots = process.env.SHOTS;

/** A picture for a person to look at, only where one is asked for. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

test("an IM account is signed in by password and picture on a phone, and again after the server has signed it out", async ({
  browser,
}) => {
  const password = "a horse nobody typed twice";
  const ann = server.world.addPerson("Ann", { username: "ann", password });
  const group = server.world.addGroup("Chess", ann.id);
  const bob = server.world.addPerson("Bob");
  const page = await desk.enter(browser, owner, phone);
  const complaints = listenForComplaints(page);
  await page.goto("/bots/new");
  await page.getByRole("radio", { name: /IM \(freeIM\)/ }).check();
  await page.getByRole("textbox", { name: "Name on the desk" }).fill("Chess club");
  await page.getByRole("textbox", { name: "Address of the server" }).fill(server.baseUrl);
  await page.getByRole("textbox", { name: "Account" }).fill("ann");
  await page.getByLabel("Password", { exact: true }).fill("a wrong horse");
  await page.getByRole("button", { name: "Show the picture" }).click();
  await expect(page.getByRole("img", { name: "Picture with the characters to type" })).toBeVisible();
  await expectNoFaults(page, "signing in to IM");
  await shoot(page, "im-phone");
  const characters = page.getByRole("textbox", { name: "Characters in the picture" });
  await characters.fill("abcd");
  await page.getByRole("button", { name: "Sign in and add" }).click();
  // The server's own words, and a new picture at once: one is good for one try.
  await expect(page.getByText("账号或密码错误")).toBeVisible();
  await server.called("GET /captcha/image", 2);
  await expect(characters).toHaveValue("");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await characters.fill("abcd");
  await page.getByRole("button", { name: "Sign in and add" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Chess club" })).toBeVisible();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  const botPage = page.url();

  server.signOutAll();
  // The next look at the lists finds out.
  server.dropSockets();
  const again = page.getByRole("region", { name: "Sign in again" });
  await expect(again).toBeVisible();
  await shoot(page, "im-signed-out");
  await again.getByRole("textbox", { name: "Account" }).fill("ann");
  await again.getByLabel("Password", { exact: true }).fill(password);
  await again.getByRole("checkbox", { name: /^Keep account/ }).check();
  await again.getByRole("button", { name: "Show the picture" }).click();
  await again.getByRole("textbox", { name: "Characters in the picture" }).fill("abcd");
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  expect(page.url()).toBe(botPage);

  server.world.askJoin(bob.id, group.id, "let me play");
  server.push(ann.id, { ope: "system", type: "joinGroup", fromId: Number(group.id), toId: Number(ann.id) });
  await page.goto("/requests");
  await (await reveal(page, "Bob")).click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expect(page.getByText("Approved, confirmed").first()).toBeVisible();
  expect(group.members.has(bob.id)).toBe(true);
  expect(sayings(complaints)).toEqual([]);
});

test("68chat 与云湖账号：测试、添加，申请进入队列", async ({ browser }) => {
  helper.world.applies.push({ uid: 5_138_518, nickName: "小安", msg: "你好", modifyTime: 1_759_928_661_000 });
  const page = await desk.enter(browser, owner, { locale: "zh-CN", colorScheme: "dark" });
  const complaints = listenForComplaints(page);
  await page.goto("/bots/new");
  await page.getByRole("radio", { name: /^68chat/ }).check();
  await shoot(page, "chat68-dark-zh");
  await page.getByRole("textbox", { name: "在工作台上的名称" }).fill("六八");
  const address = page.getByRole("textbox", { name: "助手程序的 WebSocket 地址" });
  await expect(address).toHaveValue("ws://127.0.0.1:5600");
  await address.fill("ws://192.0.2.1:5600");
  await expect(page.getByText("助手程序没有密码")).toBeVisible();
  await expectNoFaults(page, "添加 68chat");
  await address.fill("http://127.0.0.1");
  await page.getByRole("button", { name: "保存机器人" }).click();
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await address.fill(helper.wsUrl);
  await page.getByRole("button", { name: "测试连接" }).click();
  await expect(page.getByText(/连接成功：Simulated（4008697）/)).toBeVisible();
  await page.getByRole("button", { name: "保存机器人" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "六八" })).toBeVisible();
  await expect(page.getByText("已连接", { exact: true })).toBeVisible();

  await page.goto("/bots/new");
  await page.getByRole("radio", { name: /^云湖/ }).check();
  await page.getByRole("textbox", { name: "在工作台上的名称" }).fill("云上");
  await page.getByRole("textbox", { name: "账号 ID" }).fill("100");
  await page.getByRole("textbox", { name: "接口地址" }).fill(clouds.httpUrl);
  await page.getByRole("textbox", { name: "推送地址" }).fill(clouds.wsUrl);
  await page.getByLabel("Token", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "测试连接" }).click();
  await expect(page.getByText("token 被拒绝。")).toBeVisible();
  await page.getByLabel("Token", { exact: true }).fill(clouds.token);
  await page.getByRole("button", { name: "测试连接" }).click();
  await expect(page.getByText(/连接成功：100/)).toBeVisible();
  await expectNoFaults(page, "添加云湖");
  await shoot(page, "yunhu-dark-zh");
  await page.getByRole("button", { name: "保存机器人" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "云上" })).toBeVisible();
  await expect(page.getByText("已连接", { exact: true })).toBeVisible();
  await shoot(page, "yunhu-page-dark-zh");

  await page.goto("/requests");
  await (await reveal(page, "小安")).click();
  await expect(page.getByText("无法在此处理")).toBeVisible();
  await expect(page.getByRole("button", { name: /^通过/ })).toHaveCount(0);
  await shoot(page, "chat68-request-dark-zh");
  expect(sayings(complaints)).toEqual([]);
});
