import { describe, expect, test } from "vitest";
import { z } from "zod";
import { builtInRoles, permissions } from "@/lib/permissions";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import type { Row } from "@/server/platforms/row";
import { napcatInputs } from "../napcat-inputs";

const rows: [string, Row][] = Object.entries(catalogue);

/** The dotted paths of the fields, however deep, that are not described in both languages. */
function undescribed(schema: z.core.JSONSchema.BaseSchema, path: string[] = []): string[] {
  const inner: unknown[] = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const faults = inner.flatMap((value) =>
    // What is not an object here is a boolean schema or absent.
    typeof value === "object" && value !== null ? undescribed(value as z.core.JSONSchema.BaseSchema, path) : [],
  );
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    if (typeof value !== "object") continue;
    if (!value.description || typeof value.zh !== "string" || value.zh === "") faults.push([...path, name].join("."));
    faults.push(...undescribed(value, [...path, name]));
  }
  return faults;
}

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

  test("describes every field in both languages", () => {
    expect(undescribed(z.toJSONSchema(row.input, { io: "input" }))).toEqual([]);
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

describe("a switch that is left out would act", () => {
  test.each([
    ["set_group_whole_ban", "enable", { group_id: "1" }],
    ["set_group_admin", "enable", { group_id: "1", user_id: "2" }],
    ["set_msg_emoji_like", "set", { message_id: "3", emoji_id: 76 }],
    ["delete_friend", "temp_block", { user_id: "2", temp_both_del: false }],
    ["delete_friend", "temp_both_del", { user_id: "2", temp_block: false }],
  ] as const)("%s takes %s as a real boolean only", (name, key, rest) => {
    for (const value of [undefined, null, "", 0, 1, "no", "false"])
      expect(() => parseInput(catalogue[name], { ...rest, [key]: value })).toThrow(PlatformError);
    expect(parseInput(catalogue[name], { ...rest, [key]: false })).toMatchObject({ [key]: false });
  });
});

describe("the wrong person or place", () => {
  const both = { user_id: "1", friend_id: "2", temp_block: false, temp_both_del: false };
  test("of two ids NapCat would remove the second friend: exactly one is taken", () => {
    expect(() => parseInput(catalogue.delete_friend, both)).toThrow(PlatformError);
    expect(() => parseInput(catalogue.delete_friend, { temp_block: false, temp_both_del: false })).toThrow(
      PlatformError,
    );
  });

  test("a bundle goes to exactly one place", () => {
    const messages = [
      { type: "node", data: { user_id: "1", nickname: "n", content: [{ type: "text", data: { text: "x" } }] } },
    ];
    expect(() => parseInput(catalogue.send_forward_msg, { messages })).toThrow(PlatformError);
    expect(() => parseInput(catalogue.send_forward_msg, { group_id: "1", user_id: "2", messages })).toThrow(
      PlatformError,
    );
  });

  test("a group is not dissolved by leaving it: asking for that is refused", () => {
    expect(() => parseInput(catalogue.set_group_leave, { group_id: "1", is_dismiss: true })).toThrow(PlatformError);
  });

  test("a quick operation that NapCat would drop in silence is refused", () => {
    const row = catalogue[".handle_quick_operation"];
    const context = { post_type: "message", message_type: "group", user_id: "1", group_id: "2" };
    for (const operation of [{}, { kick: true }, { delete: true }, { ban: true }, { approve: true }, { reply: "x" }])
      expect(() => parseInput(row, { context, operation })).toThrow(PlatformError);
    const operation = { reply: "x", auto_escape: true };
    expect(parseInput(row, { context, operation })).toEqual({ context, operation });
  });
});

describe("secrets", () => {
  test.each(rows.filter(([, row]) => row.risk === "sensitive"))(
    "%s names what is secret in its answer",
    (_name, row) => {
      expect(row.permission).toBe("secrets.view");
      expect(row.secrets.output.length).toBeGreaterThan(0);
    },
  );

  test("nobody but an owner may fetch them without being given the right", () => {
    for (const role of ["admin", "moderator", "auditor"] as const)
      expect<readonly string[]>(builtInRoles[role]).not.toContain("secrets.view");
    expect(builtInRoles.owner).toContain("secrets.view");
  });
});

describe("answers that the document shows in two shapes", () => {
  const notice = { notice_id: "n", sender_id: 1, publish_time: 1 };
  const picture = { id: "p", height: "4", width: "4" };
  test.each([
    [[picture], ""],
    [{ text: "read", image: [picture] }, "read"],
  ])("a notice's content %j", (message, text) => {
    expect(catalogue._get_group_notice.output.parse([{ ...notice, message }])[0]?.message).toMatchObject({
      text,
      image: [{ id: "p" }],
    });
  });

  test("an honour's avatar as a number, and as the address it is", () => {
    const parsed = catalogue.get_group_honor_info.output.parse({
      group_id: "1",
      current_talkative: {},
      talkative_list: [{ user_id: 1, avatar: 5 }, { avatar: "https://example.com/" }],
      performer_list: null,
    });
    expect(parsed.talkative_list.map((one) => one.avatar)).toEqual(["5", "https://example.com/"]);
    expect(parsed.performer_list).toEqual([]);
  });

  test("what a refused highlight says, with its code as text or number", () => {
    for (const errCode of ["0", 0])
      expect(catalogue.set_essence_msg.output.safeParse({ errCode, errMsg: "", result: { wording: "" } }).success).toBe(
        true,
      );
  });
});
