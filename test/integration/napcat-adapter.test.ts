import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import type { Arrival, RequestRef } from "@/server/platforms/arrival";
import { createCall } from "@/server/platforms/client";
import { createAdapter } from "@/server/platforms/napcat/adapter";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { createHttpTransport, type HttpTransport } from "@/server/platforms/napcat/http";
import { toInbound } from "@/server/platforms/napcat/inbound";
import { textOnly } from "@/server/platforms/piece";
import { type Napcat, start } from "@/test/simulators/napcat";
import { stringify } from "@/test/simulators/napcat/wire";
import { watchedAdapter } from "@/test/watched-adapter";

let napcat: Napcat;
let transport: HttpTransport;
let adapter: Required<Adapter>;

const ann = { userId: "30001", nickname: "Ann" };
const bob = { userId: "30002", nickname: "Bob" };

beforeEach(async () => {
  napcat = await start({ token: "t" });
  transport = createHttpTransport({ url: napcat.httpUrl, token: "t" });
  const call = createCall(catalogue, transport.send, new AbortController().signal);
  // The gateway hands names over as text.
  adapter = watchedAdapter(catalogue, call as Parameters<typeof createAdapter>[0], createAdapter);
  napcat.world.addGroup({ groupId: "40001", groupName: "Chess" });
});

afterEach(async () => {
  await transport.close();
  await napcat.close();
});

/** The newest pushed request, as the desk stores it. */
function pushed(): Arrival {
  const event = napcat.events.filter((each) => each.post_type === "request").at(-1);
  const inbound = toInbound(JSON.parse(stringify(event ?? null)));
  if (inbound.type !== "request") throw new Error("no request was pushed");
  return inbound.arrival;
}

async function listed(kind: Arrival["kind"]): Promise<Arrival> {
  const { arrivals } = await adapter["requests.list"]();
  const found = arrivals.find((arrival) => arrival.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} is listed`);
  return found;
}

const ref = ({ kind, handle, applicantId, groupId }: Arrival): RequestRef => ({ kind, handle, applicantId, groupId });
const answer = (arrival: Arrival, verb: "approve" | "deny", reason = "") =>
  adapter["requests.answer"]({ ...ref(arrival), verb, reason });
const check = (arrival: Arrival) => adapter["requests.check"](ref(arrival));

describe("friend requests", () => {
  test("ok means submitted: without the friend in the list an approval is not confirmed", async () => {
    napcat.inbox.arriveFriend(ann);
    const arrival = pushed();
    napcat.faults.okWithoutActing("set_friend_add_request");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("unknown");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("approved");
  });

  test("a denial is sent as the boolean false, and cannot be read back", async () => {
    const request = napcat.inbox.arriveFriend(ann);
    await answer(pushed(), "deny");
    expect(napcat.calls.of("set_friend_add_request")[0]?.params).toMatchObject({ flag: request.flag, approve: false });
    expect(request.state).toBe("denied");
    expect(await check(pushed())).toBe("unknown");
  });

  test("of two with one flag the platform lets in the first: reading back tells who it was", async () => {
    napcat.inbox.arriveFriend({ ...ann, second: 1700000000 });
    const first = pushed();
    napcat.inbox.arriveFriend({ ...bob, second: 1700000000 });
    const second = pushed();
    expect(first.twinKey).toBe(second.twinKey);
    await answer(second, "approve");
    expect(await check(second)).toBe("unknown");
    expect(await check(first)).toBe("approved");
  });
});

describe("filtered friend requests", () => {
  test("are never pushed: only polling finds them", async () => {
    napcat.inbox.arriveFiltered({ ...ann, message: "hi" });
    expect(napcat.events).toEqual([]);
    expect(await listed("filtered_friend")).toMatchObject({ applicantId: "30001", message: "hi" });
  });

  test("denying one would accept it: nothing is sent", async () => {
    napcat.inbox.arriveFiltered(ann);
    const arrival = await listed("filtered_friend");
    await expect(answer(arrival, "deny")).rejects.toMatchObject({ code: "not_offered", isSent: false });
    expect(napcat.calls.of("set_doubt_friends_add_request")).toEqual([]);
    expect(await check(arrival)).toBe("pending");
  });

  test("accepting one is read back from the friend list", async () => {
    napcat.inbox.arriveFiltered(ann);
    const arrival = await listed("filtered_friend");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("approved");
    expect(await adapter["requests.list"]()).toMatchObject({ arrivals: [], complete: ["filtered_friend"] });
  });
});

describe("join requests", () => {
  test("one that is pushed and listed is one request", async () => {
    napcat.inbox.arriveJoin({ ...ann, groupId: "40001", comment: "let me in" });
    const fromList = await listed("group_join");
    expect(fromList.key).toBe(pushed().key);
    expect(fromList).toMatchObject({ applicantId: "30001", applicantName: "Ann", groupName: "Chess" });
  });

  test("approved is read back from the member list", async () => {
    napcat.inbox.arriveJoin({ ...ann, groupId: "40001" });
    const arrival = pushed();
    expect(await check(arrival)).toBe("pending");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("approved");
  });

  test("denied carries the reason, and is read back as decided", async () => {
    napcat.inbox.arriveJoin({ ...ann, groupId: "40001" });
    await answer(pushed(), "deny", "not today");
    expect(napcat.calls.of("set_group_add_request")[0]?.params).toMatchObject({ approve: false, reason: "not today" });
    expect(await check(pushed())).toBe("decided");
  });

  test("decided in the QQ client is listed with who did it", async () => {
    const request = napcat.inbox.arriveJoin({ ...ann, groupId: "40001" });
    napcat.inbox.decideGroup(request, false, "50001");
    expect((await listed("group_join")).isHandled).toEqual({ by: "50001" });
  });

  test("filtered ones come from the list that really has them, not from the one of that name", async () => {
    napcat.inbox.arriveJoin({ ...ann, groupId: "40001", isFiltered: true });
    const arrival = await listed("group_join");
    expect(arrival).toMatchObject({ applicantId: "30001", source: "filtered" });
    expect(napcat.calls.of("get_group_ignored_notifies")).toEqual([]);
    expect(await check(arrival)).toBe("pending");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("approved");
  });
});

describe("invitations", () => {
  test("accepted is read back from the group list", async () => {
    napcat.inbox.arriveInvite({ ...ann, groupId: "40002", groupName: "Go" });
    const arrival = await listed("group_invite");
    expect(arrival.key).toBe(pushed().key);
    expect(await check(arrival)).toBe("pending");
    await answer(arrival, "approve");
    expect(await check(arrival)).toBe("approved");
  });

  test("refused is read back as decided", async () => {
    napcat.inbox.arriveInvite({ ...ann, groupId: "40002", groupName: "Go" });
    await answer(pushed(), "deny");
    expect(await check(pushed())).toBe("decided");
  });

  test("a member's invitation is listed nowhere: nothing is claimed about it", async () => {
    napcat.inbox.arriveMemberInvite({ ...ann, groupId: "40001" });
    expect(pushed()).toMatchObject({ kind: "group_join" });
    expect(await check(pushed())).toBe("unknown");
  });
});

describe("polling", () => {
  test("a version that lacks a list still shows the others", async () => {
    napcat.inbox.arriveJoin({ ...ann, groupId: "40001" });
    napcat.faults.failNext("get_doubt_friends_add_request", "不支持的Api get_doubt_friends_add_request", "unknown");
    napcat.faults.failNext("get_group_ignore_add_request", "broken");
    expect((await adapter["requests.list"]()).arrivals).toHaveLength(1);
  });

  test("when nothing can be read it is an error and not an empty queue", async () => {
    napcat.faults.failNext("*", "broken", "business", 3);
    await expect(adapter["requests.list"]()).rejects.toMatchObject({ code: "platform_refused" });
  });
});

describe("reading and writing", () => {
  test("profile, state, people, groups", async () => {
    napcat.world.addFriend(ann, "from chess");
    napcat.world.putMember(napcat.world.addGroup({ groupId: "40003", groupName: "Go" }), bob);
    expect(await adapter["profile.get"]()).toMatchObject({ id: "10001" });
    expect(await adapter["presence.get"]()).toMatchObject({ isOnline: true });
    expect(await adapter["friends.list"]()).toMatchObject([{ id: "30001", name: "Ann", remark: "from chess" }]);
    expect(await adapter["groups.list"]()).toHaveLength(2);
    expect((await adapter["members.list"]("40003")).map((member) => member.id)).toContain("30002");
    expect(await adapter["members.get"]("40003", "30002")).toMatchObject({ name: "Bob", role: "member" });
    expect(await adapter["people.get"]("30001")).toMatchObject({ id: "30001", name: "Ann" });
  });

  test("typed CQ codes are sent as the text they are", async () => {
    napcat.world.addFriend(ann);
    const text = "[CQ:at,qq=all]";
    const { messageId } = await adapter["messages.send"]({ to: "person", id: "30001", pieces: textOnly(text) });
    expect(messageId).toMatch(/^\d+$/);
    await adapter["messages.send"]({ to: "group", id: "40001", pieces: textOnly(text) });
    expect(napcat.calls.of("send_group_msg")[0]?.params).toEqual({
      group_id: "40001",
      message: [{ type: "text", data: { text } }],
    });
    expect(napcat.world.sent.map((sent) => sent.id)).toEqual(["30001", "40001"]);
  });
});
