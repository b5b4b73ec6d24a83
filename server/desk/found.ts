import { type Actor, botsWith } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { RequestKind, RequestState } from "@/lib/request";
import { Prisma } from "@/server/db/generated/client";
import type { RequestRow } from "./row";

export interface FoundBot {
  id: string;
  name: string;
  platform: string;
  nickname: string | null;
}

export interface FoundGroup {
  botId: string;
  botName: string;
  groupId: string;
  name: string;
  memberCount: number | null;
}

export interface FoundRequest {
  id: string;
  kind: RequestKind;
  state: RequestState;
  applicantId: string;
  applicantName: string;
  groupName: string | null;
  botName: string;
  arrivedAt: Date;
}

/** A person by what the desk knows of them best: a friend, else a member of a group, else somebody who asked. */
export interface FoundPerson {
  platform: string;
  personId: string;
  name: string;
  as: "friend" | "member" | "applicant";
  /** The bot whose friend they are or that they asked, or the group they are a member of. */
  of: string;
}

export interface FoundChat {
  id: string;
  botId: string;
  botName: string;
  name: string;
  peerTo: string;
  peerId: string;
}

export interface FoundEvent {
  id: string;
  at: Date;
  action: string;
  actorName: string;
  target: string | null;
}

/** What has the words, by kind, the likeliest first; each kind only as far as the operator may see it. */
export interface Found {
  bots: FoundBot[];
  groups: FoundGroup[];
  people: FoundPerson[];
  requests: FoundRequest[];
  chats: FoundChat[];
  events: FoundEvent[];
}

/** Of each kind so many: a palette is for leading somewhere, lists are for reading. */
export const mostFound = 6;

/** The bots on which `permission` is held, as a condition on a column with a bot's id. */
export function sight(actor: Actor, permission: Permission, column: Prisma.Sql): Prisma.Sql {
  const bots = botsWith(actor, permission);
  return bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${bots}::uuid[])`;
}

/** A pattern for LIKE that means these words literally, anywhere or (`begins`) at the beginning. */
export function pattern(words: string, begins = false): string {
  return `${begins ? "" : "%"}${words.replace(/[\\%_]/g, "\\$&")}%`;
}

/** A request as the palette shows it. */
export function toFoundRequest(row: RequestRow): FoundRequest {
  const { id, kind, state, applicantId, applicantName, groupName, bot, arrivedAt } = row;
  return { id, kind, state, applicantId, applicantName, groupName, botName: bot.name, arrivedAt };
}
