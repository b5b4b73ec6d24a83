import type { Inbox } from "./inbox";
import type { Kind, Schema } from "./schema";
import type { Wire } from "./wire";
import type { Group, Member, World } from "./world";

/** Thrown by an action: the words become the answer's `message`. */
export class Refusal extends Error {}

export type Params = Readonly<Record<string, unknown>>;
export interface Action {
  schema: Schema;
  run(params: Params, world: World, inbox: Inbox): Wire;
}

export const define = (schema: Readonly<Record<string, Kind>>, run: Action["run"]): Action => ({ schema, run });

export function findGroup(world: World, params: Params): Group {
  const group = world.groups.get(String(params.group_id));
  if (!group) throw new Refusal(`群${String(params.group_id)}不存在`);
  return group;
}

/** The member that `user_id` names. */
export function findMember(group: Group, params: Params): Member {
  const member = group.members.get(String(params.user_id));
  if (!member) throw new Refusal(`群(${group.groupId})成员${String(params.user_id)}不存在`);
  return member;
}

const ranks = { member: 0, admin: 1, owner: 2 };

/** Refuses what the account has not the rank for; over `member`, when one is given, it needs a higher one than theirs. */
export function needRank(world: World, group: Group, least: "admin" | "owner", member?: Member): void {
  const own = group.members.get(world.account.userId)?.role ?? "member";
  if (ranks[own] < ranks[least] || (member && ranks[own] <= ranks[member.role])) throw new Refusal("权限不足");
}

/** Refuses what goes as a raw packet where NapCat has no backend for them. */
export function needPackets(world: World): void {
  if (!world.hasPacketBackend) throw new Refusal("packetBackend不可用，请参照文档进行配置");
}

/** The bytes of a picture or file that is sent inside a call; undefined for any other. */
export function contentOf(source: unknown): Buffer | undefined {
  const inline = /^(?:base64:\/\/|data:[\w.+/-]+;base64,)(.+)$/.exec(String(source))?.[1];
  return inline === undefined ? undefined : Buffer.from(inline, "base64");
}

/** A picture or file as NapCat takes it; what its host could not fetch is refused. Answers the size in bytes. */
export function sizeOf(source: unknown): number {
  const content = contentOf(source);
  if (content) return content.byteLength;
  const text = String(source);
  if (URL.canParse(text) && /^https?:/.test(text)) return text.length;
  throw new Refusal("文件异常");
}
