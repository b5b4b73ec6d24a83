import { z } from "zod";
import { Count, Id, IdInput, NoCache, row, Text } from "./field";

export const GroupEntry = z.looseObject({
  group_id: Id,
  group_name: Text,
  member_count: Count,
  max_member_count: Count,
});

/** `role` is one of three words in the tables, but the examples show that anything may come. */
export const MemberEntry = z.looseObject({
  group_id: Id,
  user_id: Id,
  nickname: Text,
  card: Text,
  role: z.enum(["owner", "admin", "member", "unknown"]).catch("unknown"),
});

/** Groups and their members. */
export const groupRows = {
  get_group_list: row("get_group_list", {
    zh: "获取群列表",
    en: "List groups",
    line: 6371,
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ no_cache: NoCache }),
    output: z.array(GroupEntry),
    traps: ["The document shows a list of null; groups arrive."],
  }),
  get_group_info: row("get_group_info", {
    zh: "获取群信息",
    en: "Get a group",
    line: 6316,
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: IdInput }),
    output: GroupEntry,
  }),
  get_group_member_list: row("get_group_member_list", {
    zh: "获取群成员列表",
    en: "List a group's members",
    line: 6549,
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ group_id: IdInput, no_cache: NoCache }),
    output: z.array(MemberEntry),
  }),
  get_group_member_info: row("get_group_member_info", {
    zh: "获取群成员信息",
    en: "Get a group member",
    line: 6488,
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ group_id: IdInput, user_id: IdInput, no_cache: NoCache }),
    output: MemberEntry,
  }),
};
