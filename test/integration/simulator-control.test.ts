import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseJson } from "@/server/platforms/json";
import { toInbound } from "@/server/platforms/napcat/inbound";
import { callAction } from "@/test/simulators/line";
import { type Napcat, start } from "@/test/simulators/napcat";
import { createControlServer } from "@/test/simulators/napcat/control";
import { stringify } from "@/test/simulators/napcat/wire";

let napcat: Napcat;
let control: Server;
let url: string;

beforeEach(async () => {
  napcat = await start();
  control = createControlServer(napcat);
  await new Promise<void>((resolve) => control.listen(0, "127.0.0.1", resolve));
  // It listens on TCP, so this is an AddressInfo.
  url = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
});

afterEach(async () => {
  control.closeAllConnections();
  control.close();
  await napcat.close();
});

test("arrivals, faults and decisions can be played from another process", async () => {
  await play("friend", { userId: "30001", nickname: "小满", second: 1_760_000_000 });
  await play("ok-without-acting", { action: "set_friend_add_request" });
  await callAction(napcat, "set_friend_add_request", { flag: "1760000000", approve: true });
  expect(await play("requests", {})).toMatchObject({ friends: [{ state: "pending" }] });
  await play("decide", { flag: "1760000000", approve: true });
  expect(await play("requests", {})).toMatchObject({ friends: [{ state: "approved" }] });
  expect(await play("calls", {})).toMatchObject([{ order: 1, action: "set_friend_add_request", transport: "http" }]);
});

test("what people do to each other is played, and pushed as the platform would", async () => {
  await play("group", { groupId: "40001", groupName: "Chess" });
  const [ann, bob] = [
    { groupId: "40001", userId: "30001" },
    { groupId: "40001", userId: "30002" },
  ];
  await play("enter", { ...ann, nickname: "Ann", by: "10001" });
  await play("enter", { ...bob, nickname: "Bob", by: "30001" });
  const { messageId } = await play("say", { ...ann, text: "hello" });
  await play("react", { messageId, userId: "30002", face: "76" });
  await play("recall", { messageId, operatorId: "10001" });
  await play("mute", { ...bob, seconds: 60 });
  await play("mute-all", { groupId: "40001", isOn: true });
  await play("admin", { ...ann, isOn: true });
  await play("card", { ...ann, card: "Doorkeeper" });
  await play("title", { ...ann, title: "Champion" });
  await play("rename", { groupId: "40001", userId: "30001", name: "Go" });
  await play("poke", { ...ann, targetId: "30002" });
  await play("leave", { ...bob, by: "30001" });
  const told = napcat.events.map((event) => toInbound(parseJson(stringify(event))));
  expect(told.map(({ type }) => type)).toEqual([
    ...["member_joined", "member_joined", "message", "reacted", "message_recalled", "member_muted", "member_muted"],
    ...["member_changed", "member_changed", "member_changed", "group_changed", "poked", "member_left"],
  ]);
  expect(told.at(-1)).toMatchObject({ userId: "30002", operatorId: "30001", how: "kick" });
  expect(await play("card", { groupId: "40001", userId: "30002", card: "x" })).toMatchObject({
    error: expect.stringContaining("30002"),
  });
});

test("a held answer is released by its id", async () => {
  const { id } = await play("hold", { action: "get_status" });
  const answer = callAction(napcat, "get_status", {});
  await napcat.calls.wait("get_status");
  await play("release", { id });
  expect(await answer).toMatchObject({ retcode: 0 });
});

test("a post that a web page could make is refused, and a wrong one says what is wrong", async () => {
  const form = await fetch(`${url}/drop`, { method: "POST", body: "{}" });
  expect(form.status).toBe(415);
  expect(await play("friend", { userId: "abc", nickname: "x" })).toMatchObject({
    error: expect.stringContaining("userId"),
  });
  expect((await fetch(`${url}/toString`, { method: "POST" })).status).toBe(404);
});

async function play(verb: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/${verb}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  // Whatever it holds is what the test asserts.
  return (await answer.json()) as Record<string, unknown>;
}
