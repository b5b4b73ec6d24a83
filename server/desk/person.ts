import { type Actor, can } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import { type PersonFlagName, personPermissions } from "@/lib/person";
import type { Platform } from "@/lib/platform";
import type { Database } from "@/server/db/client";
import { type HistoryRow, toHistoryRow, withHistory } from "./detail";

/** Who a page is about: an account of a platform, whichever bot met it. */
export interface PersonRef {
  platform: Platform;
  personId: string;
}

interface BotName {
  id: string;
  name: string;
}

/** A friendship of one bot. */
export interface FriendOf {
  bot: BotName;
  name: string;
  remark: string | null;
  label: string | null;
  categoryName: string | null;
  isOnline: boolean | null;
}

/** A membership in a group that one bot is in, too. */
export interface MemberOf {
  bot: BotName;
  groupId: string;
  groupName: string | null;
  name: string;
  card: string | null;
  role: string;
  title: string | null;
  level: number | null;
  isMuted: boolean | null;
  mutedUntil: Date | null;
  joinedAt: Date | null;
  lastSpokeAt: Date | null;
}

export interface PersonNoteRow {
  id: string;
  bot: BotName;
  by: string;
  text: string;
  at: Date;
  /** The reader's own. */
  isMine: boolean;
}

export interface PersonFlagRow {
  bot: BotName;
  flag: PersonFlagName;
  by: string;
  at: Date;
}

/** What is known of somebody, as far as the reader's grants show it. Null: no grant shows that part on any bot. */
export interface PersonPage extends PersonRef {
  /** "" when nobody has told it. */
  name: string;
  /** What else they are called, in groups and by the accounts. */
  aliases: string[];
  /** What shows them, as the platform tells it: whose bot says so, and what one must hold to see it. */
  face: { botId: string; url: string; permission: Permission } | null;
  signature: string | null;
  sex: string | null;
  friends: FriendOf[] | null;
  members: { items: MemberOf[]; count: number } | null;
  requests: { items: HistoryRow[]; count: number } | null;
  notes: PersonNoteRow[];
  flags: PersonFlagRow[];
  /** Bots for whose team the reader may note and flag: first those that know the person. */
  noting: BotName[];
  canSeeMessages: boolean;
  canSeeRecord: boolean;
}

const mostMembers = 200;
const mostRequests = 50;
const mostNotes = 200;

/** The bot for whose team something of somebody is noted. Throws DeskError `not_found` for one out of sight or elsewhere. */
export async function botOfPerson(
  database: Database,
  actor: Actor,
  who: { platform: string; personId: string; botId: string },
): Promise<BotName> {
  const bot = await database.bot.findUnique({
    where: { id: who.botId, platform: who.platform },
    select: { id: true, name: true },
  });
  if (!bot || accountOf(who.personId) === null || !can(actor, "requests.view", bot.id))
    throw new DeskError("not_found");
  return bot;
}

/** The page of one person. Throws DeskError `not_found` when no bot of that platform is in sight, or nobody is named. */
export async function getPerson(database: Database, actor: Actor, who: PersonRef): Promise<PersonPage> {
  const { platform, personId } = who;
  const all = await database.bot.findMany({
    where: { platform },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const withPermission = (permission: Permission) => all.filter((bot) => can(actor, permission, bot.id));
  if (accountOf(personId) === null || !personPermissions.some((name) => withPermission(name).length > 0))
    throw new DeskError("not_found");
  const ids = (permission: Permission) => withPermission(permission).map(({ id }) => id);
  const named = new Map(all.map((bot) => [bot.id, bot]));
  const botOf = (id: string) => named.get(id) ?? { id, name: "" };

  const scope = {
    friends: ids("friends.view"),
    members: ids("members.view"),
    requests: ids("requests.view"),
    messages: ids("messages.view"),
  };
  const asked = { botId: { in: scope.requests }, applicantId: personId };
  const joined = { botId: { in: scope.members }, userId: personId };
  const ofTeam = { platform, personId, botId: { in: scope.requests } };
  const [friends, members, memberCount, requests, requestCount, notes, flags] = await Promise.all([
    database.knownFriend.findMany({ where: { botId: { in: scope.friends }, userId: personId } }),
    database.knownMember.findMany({
      where: joined,
      orderBy: [{ botId: "asc" }, { groupId: "asc" }],
      take: mostMembers,
    }),
    database.knownMember.count({ where: joined }),
    database.request.findMany({ where: asked, orderBy: { id: "desc" }, take: mostRequests, ...withHistory }),
    database.request.count({ where: asked }),
    database.personNote.findMany({ where: ofTeam, orderBy: { id: "desc" }, take: mostNotes }),
    database.personFlag.findMany({ where: ofTeam, orderBy: [{ flag: "asc" }, { at: "asc" }] }),
  ]);
  const groups = await database.knownGroup.findMany({
    where: { OR: members.map(({ botId, groupId }) => ({ botId, groupId })) },
    select: { botId: true, groupId: true, name: true },
  });
  const groupNames = new Map(groups.map((group) => [`${group.botId}/${group.groupId}`, group.name]));
  const names = [
    ...friends.flatMap(({ name, remark }) => [name, remark]),
    ...members.flatMap(({ name, card }) => [name, card]),
    ...requests.map(({ applicantName }) => applicantName),
  ].filter((name): name is string => Boolean(name));
  const [name = "", ...aliases] = new Set(names);
  const known = new Set([...requests, ...friends, ...members].map(({ botId }) => botId));
  const teams = withPermission("requests.note");
  return {
    platform,
    personId,
    name,
    aliases: aliases.slice(0, 12),
    face: faceOf(friends, "friends.view") ?? faceOf(members, "members.view"),
    signature: friends.find((friend) => friend.signature)?.signature ?? null,
    sex: friends.find((friend) => friend.sex)?.sex ?? null,
    friends:
      scope.friends.length === 0
        ? null
        : friends.map((friend) => ({
            bot: botOf(friend.botId),
            name: friend.name,
            remark: friend.remark,
            label: friend.label,
            categoryName: friend.categoryName,
            isOnline: friend.isOnline,
          })),
    members:
      scope.members.length === 0
        ? null
        : {
            count: memberCount,
            items: members.map((member) => ({
              bot: botOf(member.botId),
              groupId: member.groupId,
              groupName: groupNames.get(`${member.botId}/${member.groupId}`) ?? null,
              name: member.name,
              card: member.card,
              role: member.role,
              title: member.title,
              level: member.level,
              isMuted: member.isMuted,
              mutedUntil: member.mutedUntil,
              joinedAt: member.joinedAt,
              lastSpokeAt: member.lastSpokeAt,
            })),
          },
    requests: scope.requests.length === 0 ? null : { count: requestCount, items: requests.map(toHistoryRow) },
    notes: notes.map((note) => ({
      id: note.id,
      bot: botOf(note.botId),
      by: note.operatorName,
      text: note.text,
      at: note.at,
      isMine: note.operatorId !== null && note.operatorId === actor.id,
    })),
    flags: flags.map((row) => ({
      bot: botOf(row.botId),
      // Written by desk/person-note.ts only, with these closed names.
      flag: row.flag as PersonFlagName,
      by: row.operatorName,
      at: row.at,
    })),
    noting: [...teams.filter(({ id }) => known.has(id)), ...teams.filter(({ id }) => !known.has(id))],
    canSeeMessages: scope.messages.length > 0,
    canSeeRecord: ids("audit.view").length > 0,
  };
}

function faceOf(rows: readonly { botId: string; avatar: string | null }[], permission: Permission): PersonPage["face"] {
  const row = rows.find(({ avatar }) => avatar);
  return row?.avatar ? { botId: row.botId, url: row.avatar, permission } : null;
}
