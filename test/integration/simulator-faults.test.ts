import { afterEach, beforeEach, expect, test } from "vitest";
import { callAction, openLine } from "@/test/simulators/line";
import { type Napcat, start } from "@/test/simulators/napcat";

let napcat: Napcat;

beforeEach(async () => {
  napcat = await start();
});

afterEach(async () => {
  await napcat.close();
});

test("ok without acting, and a failure with given words", async () => {
  const { flag } = napcat.inbox.arriveFriend({ userId: "30001", nickname: "a" });
  napcat.faults.okWithoutActing("set_friend_add_request");
  napcat.faults.failNext("set_friend_add_request", "网络繁忙");
  expect(await callAction(napcat, "set_friend_add_request", { flag, approve: true })).toMatchObject({ retcode: 0 });
  expect(await callAction(napcat, "set_friend_add_request", { flag, approve: true })).toMatchObject({
    message: "网络繁忙",
  });
  expect(napcat.inbox.friends[0]?.state).toBe("pending");
  await callAction(napcat, "set_friend_add_request", { flag, approve: true });
  expect(napcat.inbox.friends[0]?.state).toBe("approved");
});

test("a held answer comes when it is released, the act having happened before", async () => {
  const { flag } = napcat.inbox.arriveFriend({ userId: "30001", nickname: "a" });
  const latch = napcat.faults.hold("set_friend_add_request");
  const answer = callAction(napcat, "set_friend_add_request", { flag, approve: true });
  expect(await latch.call).toMatchObject({ action: "set_friend_add_request" });
  expect(napcat.world.friends.has("30001")).toBe(true);
  latch.release();
  expect(await answer).toMatchObject({ retcode: 0 });
});

test("answers can come out of order, twice, or not at all", async () => {
  const api = await openLine(napcat, "/api");
  const ask = (action: string, echo: number) => api.socket.send(JSON.stringify({ action, echo }));
  napcat.faults.answerAfter("get_status", 1);
  napcat.faults.answerTwice("get_login_info");
  ask("get_status", 1);
  ask("get_login_info", 2);
  const echoes = [await api.next(), await api.next(), await api.next()].map((answer) => answer.echo);
  expect(echoes.toSorted()).toEqual([1, 2, 2]);
  napcat.faults.hangUp("get_status", "after");
  ask("get_status", 3);
  await napcat.connected("forward", 0);
  await napcat.calls.wait("get_status", 2);
});

test("a raw answer is no OneBot, and refusing connections ends with accepting them on the same port", async () => {
  napcat.faults.answerRaw("*", { status: 302, headers: { location: "http://elsewhere.invalid/" }, body: "" });
  const answer = await fetch(`${napcat.httpUrl}/get_status`, {
    headers: { authorization: napcat.token },
    redirect: "manual",
  });
  expect(answer.status).toBe(302);
  await napcat.refuse();
  await expect(callAction(napcat, "get_status", {})).rejects.toThrow();
  await napcat.accept();
  expect(await callAction(napcat, "get_status", {})).toMatchObject({ retcode: 0 });
});
