import { describe, expect, test } from "vitest";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { catalogue } from "@/server/platforms/yunhu/catalogue";

const status = { number: "114514", code: 1, msg: "success" };

describe("a request is answered with one of two numbers", () => {
  test.each(["agree-apply", "agree-invite"] as const)("%s takes 1 and 2, never the states 3 and 4", (name) => {
    for (const agree of [1, 2]) expect(parseInput(catalogue[name], { id: "7", agree })).toEqual({ id: 7, agree });
    for (const agree of [undefined, 0, 3, 4, true, "1"])
      expect(() => parseInput(catalogue[name], { id: "7", agree })).toThrow(PlatformError);
  });

  test.each(["2147483648", "0", "-1", "1.0", 7])("%s is no id of a request", (id) => {
    expect(() => parseInput(catalogue["agree-apply"], { id, agree: 1 })).toThrow(PlatformError);
  });
});

describe("deleting a friend cannot leave a group", () => {
  test("the same operation is two rows with two permissions", () => {
    const [person, group] = [catalogue["delete-friend"], catalogue["delete-friend#2"]];
    expect([person.route, person.permission]).toEqual([group.route, "friends.remove"]);
    expect(group.permission).toBe("groups.leave");
    expect(() => parseInput(person, { chatId: "5", chatType: 2 })).toThrow(PlatformError);
    expect(() => parseInput(person, { chatId: "5" })).toThrow(PlatformError);
    expect(parseInput(group, { chatId: "5" })).toEqual({ chatId: "5", chatType: 2 });
    expect(() => parseInput(group, { chatId: "5", chatType: 1 })).toThrow(PlatformError);
  });
});

test("the address book is asked for whole unless one says what one has", () => {
  expect(parseInput(catalogue["address-book-list"], {})).toEqual({ number: "" });
});

test("switching notifications off takes a real boolean", () => {
  expect(parseInput(catalogue["no-notify"], { chatId: "5", noNotify: true })).toEqual({ chatId: "5", noNotify: 1 });
  for (const noNotify of [undefined, 1, "1"])
    expect(() => parseInput(catalogue["no-notify"], { chatId: "5", noNotify })).toThrow(PlatformError);
});

describe("answers", () => {
  test("success is 1: with 0 or a negative number nothing was read", () => {
    expect(parseOutput(catalogue["request-list"], { status }).value).toMatchObject({ requests: [], pending: null });
    for (const code of [0, -1, -9, undefined])
      expect(() => parseOutput(catalogue["request-list"], { status: { ...status, code } })).toThrow(PlatformError);
    expect(() => parseOutput(catalogue["request-list"], {})).toThrow(PlatformError);
  });

  test("what protobuf leaves out is 0 or empty: the request waits", () => {
    const requests = [{ requestId: 7, name: "Ann", inviteAt: "1700000000123", targetType: 1 }];
    expect(catalogue["request-list"].output.parse({ status, requests, total: 1, pending: 1 }).requests).toMatchObject([
      { requestId: "7", result: 0, inviteAt: "1700000000123", note: "", processorName: "" },
    ]);
  });

  test("a section of the address book may be empty, a member's rank left out", () => {
    const data = [
      { list_name: "people", data: [{ chat_id: "5", name: "Ann" }] },
      { list_name: "groups", data: [{ chat_id: "6", name: "Chess", permisson_level: 100, noDisturb: true }] },
      { list_name: "bots" },
    ];
    expect(catalogue["address-book-list"].output.parse({ status, data }).data).toMatchObject([
      { data: [{ chat_id: "5", permisson_level: 0, noDisturb: false, remark: "" }] },
      { data: [{ chat_id: "6", permisson_level: 100, noDisturb: true }] },
      { data: [] },
    ]);
  });
});
