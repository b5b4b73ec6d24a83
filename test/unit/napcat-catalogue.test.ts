import { describe, expect, test } from "vitest";
import { z } from "zod";
import { permissions } from "@/lib/permissions";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import type { Row } from "@/server/platforms/row";
import { napcatInputs } from "../napcat-inputs";

const rows: [string, Row][] = Object.entries(catalogue);

describe.each(rows)("row %s", (name, row) => {
  test("says everything once and consistently", () => {
    expect(row.operation).toBe(name);
    expect(row.id).toBe(`napcat.${name}`);
    expect(row.route.path).toBe(`/${name}`);
    expect(permissions).toHaveProperty([row.permission]);
    expect(row.source).toMatch(/^napcat:\d+$/);
    expect(row.title.zh).not.toBe("");
    expect(row.title.en).not.toBe("");
  });

  test("has an input that a form can be made of, and that refuses unknown keys", () => {
    const schema = z.toJSONSchema(row.input, { io: "input" });
    expect(schema.type).toBe("object");
    expect(schema.additionalProperties).toBe(false);
    expect(() => parseInput(row, { access_token: "x" })).toThrow(PlatformError);
  });

  test("takes a sensible input, and takes what comes out of it again", () => {
    const sent = parseInput(row, napcatInputs[name]);
    expect(parseInput(row, sent)).toEqual(sent);
  });
});

describe("without a real boolean NapCat approves", () => {
  test.each(["set_friend_add_request", "set_group_add_request"] as const)("%s takes nothing else", (name) => {
    for (const approve of [undefined, null, "", 0, 1, "no", "false", "true"]) {
      expect(() => parseInput(catalogue[name], { flag: "1", approve })).toThrow(PlatformError);
    }
    expect(parseInput(catalogue[name], { flag: "1", approve: false })).toMatchObject({ approve: false });
    expect(parseInput(catalogue[name], { flag: "1", approve: true })).toMatchObject({ approve: true });
  });
});

test("refusing a filtered friend would accept them: approve=false never leaves the house", () => {
  const row = catalogue.set_doubt_friends_add_request;
  expect(() => parseInput(row, { flag: "u_1", approve: false })).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      isSent: false,
      detail: expect.objectContaining({ field: "approve" }),
    }),
  );
  expect(() => parseInput(row, { flag: "u_1" })).toThrow(PlatformError);
  expect(parseInput(row, { flag: "u_1", approve: true })).toEqual({ flag: "u_1", approve: true });
});

describe("with both ids a message could reach the wrong chat", () => {
  const message = [{ type: "text", data: { text: "hello" } }];

  test.each([
    { group_id: "1", user_id: "2", message },
    { message },
    { message_type: "private", group_id: "1", message },
    { message_type: "group", user_id: "2", message },
  ])("send_msg refuses %j", (input) => {
    expect(() => parseInput(catalogue.send_msg, input)).toThrow(PlatformError);
  });

  test.each([
    { group_id: "1", message },
    { user_id: "2", message },
    { message_type: "group", group_id: "1", message },
  ])("send_msg takes %j", (input) => {
    expect(parseInput(catalogue.send_msg, input)).toEqual(input);
  });

  test("a plain string, in which NapCat would carry out CQ codes, is refused", () => {
    expect(() => parseInput(catalogue.send_msg, { group_id: "1", message: "[CQ:at,qq=all]" })).toThrow(PlatformError);
  });
});

const entry = {
  request_id: 1700000000123456,
  invitor_uin: 30001,
  invitor_nick: "Ann",
  group_id: 40001,
  message: "let me in",
  group_name: "Chess",
  checked: false,
  actor: 0,
  requester_nick: "Ann",
};

describe("invitations arrive under two names", () => {
  const parsed = (data: unknown) => catalogue.get_group_system_msg.output.parse(data);

  test.each([
    ["InvitedRequest alone", { InvitedRequest: [entry], join_requests: [] }],
    ["invited_requests alone", { invited_requests: [entry], join_requests: [] }],
    ["both, with the same entries", { InvitedRequest: [entry], invited_requests: [entry], join_requests: [] }],
    ["the second one empty", { InvitedRequest: [entry], invited_requests: [], join_requests: null }],
  ])("%s: the invitation is there once", (_name, data) => {
    expect(parsed(data).invited_requests).toHaveLength(1);
    expect(parsed(data).invited_requests[0]).toMatchObject({ request_id: "1700000000123456", actor: null });
  });

  test("an answer with none of the lists is an error, not an empty queue", () => {
    expect(() => parseOutput(catalogue.get_group_system_msg, {})).toThrow(PlatformError);
  });
});

describe("ids are numbers or text", () => {
  test.each([
    ["a number", 10001],
    ["text", "10001"],
  ])("%s is the same person inside", (_name, user_id) => {
    expect(catalogue.get_login_info.output.parse({ user_id, nickname: "n" })).toMatchObject({ user_id: "10001" });
    expect(catalogue.get_friend_list.output.parse([{ user_id, nickname: "n" }])[0]).toMatchObject({ user_id: "10001" });
    const member = { group_id: 1, user_id, nickname: "n", role: "[" };
    expect(catalogue.get_group_member_list.output.parse([member])[0]).toMatchObject({
      user_id: "10001",
      role: "unknown",
    });
  });

  test("they are sent as text: a number is refused before it can lose digits", () => {
    expect(() => parseInput(catalogue.get_group_info, { group_id: 40001 })).toThrow(PlatformError);
  });
});

describe("answers of unexpected shape", () => {
  test("a read names the field", () => {
    expect(() => parseOutput(catalogue.get_friend_list, [{ nickname: "n" }])).toThrow(
      expect.objectContaining({ code: "bad_answer", detail: expect.objectContaining({ field: "0.user_id" }) }),
    );
  });

  test("a write has happened all the same: it is OK with drift", () => {
    expect(parseOutput(catalogue.send_group_msg, "sent")).toEqual({ value: "sent", hasDrift: true });
    expect(parseOutput(catalogue.set_friend_add_request, null)).toEqual({ value: null, hasDrift: false });
  });
});
