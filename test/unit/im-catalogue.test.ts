import { describe, expect, test } from "vitest";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { catalogue } from "@/server/platforms/im/catalogue";
import type { Row } from "@/server/platforms/row";

const rows: [string, Row][] = Object.entries(catalogue);
const account = { id: 10000001, username: "ann", email: "ann@desk.example", mobile: "", nickname: "Ann", age: 0 };
const group = {
  id: 1,
  name: "Chess",
  members: 2,
  members_limit: 500,
  disableAddMember: false,
  disableViewMember: true,
  disbaleAddGroup: false,
  enbaleBeforeMsg: false,
};

test.each(rows)("%s: a GET has no body, all else is a form, and no path holds the base", (_name, row) => {
  expect(row.route.path).not.toContain("/api/");
  if (row.transports.includes("http")) expect(row.body).toBe(row.route.method === "GET" ? "query" : "form");
});

test("a GET that sends a mail or a text message is a write, so that it is never repeated", () => {
  expect(catalogue["get.captcha.email"].risk).toBe("write");
  expect(catalogue["get.captcha.mobile"].risk).toBe("write");
});

describe("a decision is one of two words", () => {
  test.each(["post.friends.add.reply", "post.chatGroups.join.reply"] as const)("%s takes pass and deny", (name) => {
    const who = name === "post.friends.add.reply" ? { toId: "1" } : { groupId: "1", accountId: "1" };
    for (const status of ["pass", "deny"])
      expect(parseInput(catalogue[name], { ...who, status })).toMatchObject({ status });
    for (const status of [undefined, null, "", true, "wait", "approve", "PASS"])
      expect(() => parseInput(catalogue[name], { ...who, status })).toThrow(PlatformError);
  });
});

describe("a switch left out would be reset", () => {
  const whole = {
    groupId: "1",
    name: "Chess",
    disableAddMember: true,
    disableViewMember: false,
    disbaleAddGroup: true,
    enbaleBeforeMsg: false,
  };

  test("a group is edited with all four and its name, which travel as 1 and 0", () => {
    expect(parseInput(catalogue["put.chatGroups"], whole)).toEqual({
      groupId: "1",
      name: "Chess",
      disableAddMember: 1,
      disableViewMember: 0,
      disbaleAddGroup: 1,
      enbaleBeforeMsg: 0,
    });
  });

  test.each(Object.keys(whole))("without %s nothing is sent", (field) => {
    const { [field]: _left, ...rest } = Object.fromEntries(Object.entries(whole));
    expect(() => parseInput(catalogue["put.chatGroups"], rest)).toThrow(
      expect.objectContaining({ code: "invalid_input", isSent: false, detail: expect.objectContaining({ field }) }),
    );
  });
});

describe("what the server takes for missing is refused, not lost", () => {
  test.each([
    ["put.me.update.info", { nickname: "" }],
    ["put.me.update.info", { latitude: 0 }],
    ["put.friends.remark", { toId: "1", remark: "" }],
    ["post.chatGroups.banned", { groupId: "1", toId: "1", minute: 0 }],
    ["delete.friends", { toId: "0" }],
    ["get.chatGroups.near", { longitude: 0, latitude: 1 }],
  ] as const)("%s %j", (name, input) => {
    expect(() => parseInput(catalogue[name], input)).toThrow(PlatformError);
  });
});

test("an id keeps its digits: it goes in and comes out as text", () => {
  expect(parseInput(catalogue["delete.friends"], { toId: "9007199254740993" })).toEqual({ toId: "9007199254740993" });
  expect(catalogue["get.me.info"].output.parse({ account })).toMatchObject({ account: { id: "10000001" } });
  expect(() => parseInput(catalogue["delete.friends"], { toId: 10000001 })).toThrow(PlatformError);
});

test("a message goes to a friend unless a group is said, and in the clear unless encryption is", () => {
  const input = { toId: "1", ope: "group", type: "text", body: "hello" };
  expect(parseInput(catalogue["post.chat.send"], input)).toEqual({ ...input, isPrivate: 0 });
  expect(() => parseInput(catalogue["post.chat.send"], { ...input, ope: undefined })).toThrow(PlatformError);
});

describe("answers", () => {
  test("one friend comes in a list or bare", () => {
    const friend = { account, friendGroups: null, remark: "A", label: "" };
    const read = (answer: unknown) => parseOutput(catalogue["get.friends.info"], answer).value;
    expect(read({ items: [friend], total: 1 })).toMatchObject({ account: { id: "10000001" }, friendGroups: [] });
    expect(read(friend)).toEqual(read({ items: [friend], total: 1 }));
    expect(read({ items: [], total: 0 })).toBeNull();
    expect(() => read({})).toThrow(PlatformError);
  });

  test("an empty list may be null; an answer without one is an error, not an empty queue", () => {
    for (const name of ["get.friends.add.applies", "get.chatGroups.join", "get.friends", "get.chatGroups"] as const) {
      expect(parseOutput(catalogue[name], { items: null, total: 0 }).value).toMatchObject({ items: [] });
      for (const answer of [null, {}, { total: 0 }, []])
        expect(() => parseOutput(catalogue[name], answer)).toThrow(PlatformError);
    }
  });

  test("an application is read with any fraction of a second", () => {
    const apply = { applyReason: "hi", denyReason: "", status: "wait", replyTime: null };
    const createdAt = "2022-11-25T09:39:52.15+08:00";
    const friend = { items: [{ ...apply, createdAt, fromAccount: account }], total: 1 };
    expect(catalogue["get.friends.add.applies"].output.parse(friend).items[0]).toMatchObject({
      createdAt,
      replyTime: "",
    });
    const join = { items: [{ ...apply, createdAt, account, chatGroup: group }], total: 1 };
    expect(catalogue["get.chatGroups.join"].output.parse(join).items[0]).toMatchObject({ chatGroup: { id: "1" } });
  });

  test("a role nobody knows gains no rank", () => {
    const membersList = [
      { account, role: "owner", remark: "", isBanned: false },
      { account, role: "king", remark: "", isBanned: true },
    ];
    const selfInfo = { chatGroupMemberRole: "manager", isBanned: false };
    expect(catalogue["get.chatGroups.info"].output.parse({ ...group, membersList, selfInfo })).toMatchObject({
      id: "1",
      disableViewMember: true,
      membersList: [{ role: "owner" }, { role: "general", isBanned: true }],
      selfInfo: { chatGroupMemberRole: "manager" },
    });
  });

  test.each(["delete.friends", "put.friends.remark", "post.chatGroups.kick"] as const)(
    "%s: nothing is not drift",
    (name) => {
      for (const answer of [null, {}, undefined]) expect(parseOutput(catalogue[name], answer).hasDrift).toBe(false);
    },
  );

  test("history has the sender's mark", () => {
    const message = {
      id: 1,
      fromId: 1,
      toId: 2,
      ope: "friend",
      type: "text",
      body: "hello",
      isPrivate: true,
      self: true,
    };
    expect(catalogue["get.chat.messages"].output.parse({ items: [message], total: 1 }).items[0]).toMatchObject({
      id: "1",
      self: true,
      isRead: false,
    });
  });
});

test("what hands out a token or a password is sensitive and says where it is", () => {
  const named = rows.filter(([, row]) => row.secrets.output.some((path) => /token|password/i.test(path)));
  expect(named.map(([name]) => name).sort()).toEqual([
    "get.configs",
    "get.discovers",
    "get.upload.qiniu.params",
    "post.login.basic",
    "post.login.email",
    "post.login.mobile",
    "post.register.basic",
  ]);
  for (const [, row] of named) expect(row.risk).toBe("sensitive");
});
