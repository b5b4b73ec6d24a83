import { z } from "zod";
import { field } from "../field";
import { Count, Flag, groupId, Id, IdInput, Nothing, row, Text, userId } from "./field";

const block = field(z.boolean().default(false), "是否拒绝此人再次申请入群", "refuse their later requests, too");

/** What is done to members of a group. */
export const memberRows = {
  get_group_shut_list: row("get_group_shut_list", {
    zh: "获取群禁言列表",
    en: "List a group's muted members",
    line: 6968,
    capabilities: ["groups.muted"],
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.array(
      z.looseObject({
        uin: field(Id, "QQ 号", "the person's number"),
        uid: Text,
        qid: Text,
        nick: field(Text, "昵称", "name"),
        remark: Text,
        cardName: field(Text, "群名片", "card in the group"),
        role: Count,
        shutUpTime: field(Count, "解禁时间（秒）", "muted until, in unix seconds"),
        joinTime: field(Count, "入群时间（秒）", "joined, in unix seconds"),
        lastSpeakTime: field(Count, "最后发言时间（秒）", "last spoke, in unix seconds"),
        memberRealLevel: Count,
        memberSpecialTitle: Text,
        isRobot: Flag,
        isDelete: Flag,
      }),
    ),
    traps: [
      {
        zh: "结构与成员列表不同：字段为驼峰命名，role 为数字。",
        en: "Another shape than the member list: CamelCase, and role is a number.",
      },
    ],
  }),
  set_group_ban: row("set_group_ban", {
    zh: "群成员禁言",
    en: "Mute a member",
    line: 5349,
    capabilities: ["members.mute"],
    permission: "members.mute",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      user_id: userId,
      duration: field(
        z.int().min(0).max(2_592_000),
        "禁言时长（秒），0 为解除，最长 30 天",
        "how long, in seconds; 0 unmutes; 30 days at most",
      ),
    }),
    output: Nothing,
    traps: [{ zh: "0 表示解除禁言，文档未说明。", en: "0 unmutes; the document does not say so." }],
  }),
  set_group_whole_ban: row("set_group_whole_ban", {
    zh: "全体禁言",
    en: "Mute a whole group",
    line: 5514,
    capabilities: ["groups.muteAll"],
    permission: "members.mute",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      enable: field(z.boolean(), "true 开启，false 解除", "true mutes, false unmutes"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "除 false 以外的值（包括不填）都会开启全员禁言。",
        en: "Everything but false mutes everybody, an omitted value included.",
      },
    ],
  }),
  set_group_kick: row("set_group_kick", {
    zh: "移出群成员",
    en: "Remove a member",
    line: 5188,
    capabilities: ["members.kick"],
    permission: "members.kick",
    risk: "destructive",
    target: ["user_id"],
    input: z.strictObject({ group_id: groupId, user_id: userId, reject_add_request: block }),
    output: Nothing,
  }),
  set_group_kick_members: row("set_group_kick_members", {
    zh: "批量移出群成员",
    en: "Remove several members",
    line: 5070,
    permission: "members.kick",
    risk: "destructive",
    target: ["group_id"],
    input: z.strictObject({
      group_id: groupId,
      user_id: field(z.array(IdInput).min(1).max(100), "要移出的成员", "who is removed"),
      reject_add_request: block,
    }),
    output: Nothing,
    traps: [{ zh: "名称虽是 user_id，这里填的是列表。", en: "user_id is a list here, whatever the name says." }],
  }),
  set_group_admin: row("set_group_admin", {
    zh: "设置群管理员",
    en: "Make or unmake an admin",
    line: 5630,
    capabilities: ["members.promote"],
    permission: "members.promote",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      user_id: userId,
      enable: field(z.boolean(), "true 设为管理员，false 取消", "true makes, false unmakes"),
    }),
    output: Nothing,
    traps: [
      { zh: "不填 enable 时按 false 处理，即取消管理员。", en: "Left out, enable means false: an admin is unmade." },
    ],
  }),
  set_group_card: row("set_group_card", {
    zh: "设置群成员名片",
    en: "Change a member's card",
    line: 5691,
    capabilities: ["members.card"],
    permission: "members.edit",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      user_id: userId,
      card: field(z.string().max(60).default(""), "群名片，留空则取消", "the card; empty removes it"),
    }),
    output: Nothing,
  }),
  set_group_special_title: row("set_group_special_title", {
    zh: "设置群头衔",
    en: "Change a member's title",
    line: 6120,
    capabilities: ["members.title"],
    permission: "members.edit",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      user_id: userId,
      special_title: field(z.string().max(18).default(""), "专属头衔，留空则取消", "the title; empty removes it"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "仅群主可用，且需要 NapCat 的 packet 后端。",
        en: "Only a group's owner can; needs NapCat's packet backend.",
      },
    ],
  }),
};
