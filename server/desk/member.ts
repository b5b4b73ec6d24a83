import { type MemberRole, maximumMemberIds } from "@/lib/member";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { isMutedNow, type MemberFilter, type MemberOrder, toOrder, toWhere } from "./member-filter";

/** A member as the desk knows them. What the platform does not tell is null. */
export interface MemberRow {
  userId: string;
  name: string;
  avatar: string | null;
  card: string | null;
  role: MemberRole;
  title: string | null;
  level: number | null;
  isMuted: boolean | null;
  /** Only of a mute that lasts. */
  mutedUntil: Date | null;
  joinedAt: Date | null;
  lastSpokeAt: Date | null;
  isOnline: boolean | null;
  lastSeenAt: Date | null;
}

/** Which group of which bot. */
export interface GroupRef {
  botId: string;
  groupId: string;
}

const columns = Prisma.sql`m."userId", m."name", m."avatar", m."card", m."role", m."title", m."level", ${isMutedNow} AS "isMuted",
  CASE WHEN m."mutedUntil" > statement_timestamp() THEN m."mutedUntil" END AS "mutedUntil", m."joinedAt", m."lastSpokeAt",
  m."isOnline", m."lastSeenAt"`;

/** Who is shown, as one number: the same for the same members, whatever their order and what else changed of them. */
const mark = Prisma.sql`COALESCE(sum(hashtextextended(m."userId", 0)), 0)::text`;

/** A window of the members that the filter shows, in order; how many it shows in all, and the `mark` of these. */
export async function pageMembers(
  database: Database,
  { botId, groupId }: GroupRef,
  filter: MemberFilter,
  order: MemberOrder,
  window: { offset: number; limit: number },
): Promise<{ rows: MemberRow[]; total: number; mark: string }> {
  const where = toWhere(botId, groupId, filter);
  const [rows, counted] = await Promise.all([
    database.$queryRaw<MemberRow[]>`
      SELECT ${columns} FROM "KnownMember" m WHERE ${where}
      ORDER BY ${toOrder(order)} LIMIT ${window.limit} OFFSET ${window.offset}`,
    database.$queryRaw<{ total: number; mark: string }[]>`
      SELECT count(*)::int AS "total", ${mark} AS "mark" FROM "KnownMember" m WHERE ${where}`,
  ]);
  return { rows, total: counted[0]?.total ?? 0, mark: counted[0]?.mark ?? "0" };
}

/** These members, as far as they are known to be in the group. */
export async function readMembers(
  database: Prisma.TransactionClient,
  { botId, groupId }: GroupRef,
  userIds: readonly string[],
): Promise<MemberRow[]> {
  return await database.$queryRaw<MemberRow[]>`
    SELECT ${columns} FROM "KnownMember" m
    WHERE m."botId" = ${botId}::uuid AND m."groupId" = ${groupId} AND m."userId" = ANY(${[...userIds]}::text[])`;
}

/** The ids of all that the filter shows, in order, at most `maximumMemberIds`; `total` says how many there are, `mark` which. */
export async function listMemberIds(
  database: Database,
  { botId, groupId }: GroupRef,
  filter: MemberFilter,
  order: MemberOrder,
): Promise<{ ids: string[]; total: number; mark: string }> {
  const where = toWhere(botId, groupId, filter);
  const rows = await database.$queryRaw<{ userId: string; total: number; mark: string }[]>`
    SELECT m."userId", count(*) OVER ()::int AS "total", sum(hashtextextended(m."userId", 0)) OVER ()::text AS "mark" FROM "KnownMember" m WHERE ${where}
    ORDER BY ${toOrder(order)} LIMIT ${maximumMemberIds}`;
  return { ids: rows.map((row) => row.userId), total: rows[0]?.total ?? 0, mark: rows[0]?.mark ?? "0" };
}

/** What there is to be filtered by, and which columns hold anything at all on this platform. */
export interface MemberSummary {
  total: number;
  roles: Record<MemberRole, number>;
  muted: number;
  online: number;
  has: Record<"card" | "role" | "title" | "level" | "muted" | "joined" | "spoke" | "online" | "seen", boolean>;
  /** Our own place in the group; `unknown`: not told. */
  ownRole: MemberRole;
  ownId: string | null;
}

type Summed = Record<"total" | MemberRole | "muted" | "online", number> & {
  [Column in keyof MemberSummary["has"] as `has_${Column}`]: boolean;
};

/** Counts all members of a group once. */
export async function summarizeMembers(database: Database, group: GroupRef): Promise<MemberSummary> {
  const { botId, groupId } = group;
  const [sum] = await database.$queryRaw<Summed[]>`
    SELECT count(*)::int AS "total",
      count(*) FILTER (WHERE m."role" = 'owner')::int AS "owner",
      count(*) FILTER (WHERE m."role" = 'admin')::int AS "admin",
      count(*) FILTER (WHERE m."role" = 'member')::int AS "member",
      count(*) FILTER (WHERE m."role" NOT IN ('owner', 'admin', 'member'))::int AS "unknown",
      count(*) FILTER (WHERE ${isMutedNow})::int AS "muted",
      count(*) FILTER (WHERE m."isOnline")::int AS "online",
      COALESCE(bool_or(m."card" IS NOT NULL), FALSE) AS "has_card",
      COALESCE(bool_or(m."role" <> 'unknown'), FALSE) AS "has_role",
      COALESCE(bool_or(m."title" IS NOT NULL), FALSE) AS "has_title",
      COALESCE(bool_or(m."level" IS NOT NULL), FALSE) AS "has_level",
      COALESCE(bool_or(m."isMuted" IS NOT NULL OR m."mutedUntil" IS NOT NULL), FALSE) AS "has_muted",
      COALESCE(bool_or(m."joinedAt" IS NOT NULL), FALSE) AS "has_joined",
      COALESCE(bool_or(m."lastSpokeAt" IS NOT NULL), FALSE) AS "has_spoke",
      COALESCE(bool_or(m."isOnline" IS NOT NULL), FALSE) AS "has_online",
      COALESCE(bool_or(m."lastSeenAt" IS NOT NULL), FALSE) AS "has_seen"
    FROM "KnownMember" m WHERE m."botId" = ${botId}::uuid AND m."groupId" = ${groupId}`;
  if (!sum) throw new Error("Counting told nothing.");
  const { owner, admin, member, unknown, total, muted, online } = sum;
  return {
    ...{ total, muted, online, roles: { owner, admin, member, unknown } },
    has: {
      ...{ card: sum.has_card, role: sum.has_role, title: sum.has_title, level: sum.has_level, muted: sum.has_muted },
      ...{ joined: sum.has_joined, spoke: sum.has_spoke, online: sum.has_online, seen: sum.has_seen },
    },
    ...(await readOwnPlace(database, group)),
  };
}

/** Who the bot is in a group: by the list of members, else by the list of groups. */
export async function readOwnPlace(
  database: Prisma.TransactionClient,
  { botId, groupId }: GroupRef,
): Promise<{ ownRole: MemberRole; ownId: string | null }> {
  const [row] = await database.$queryRaw<{ ownRole: MemberRole; ownId: string | null }[]>`
    SELECT b."accountId" AS "ownId",
      COALESCE(
        NULLIF(m."role", 'unknown'), g."ownRole",
        CASE WHEN g."ownerId" = b."accountId" THEN 'owner' END, 'unknown') AS "ownRole"
    FROM "Bot" b
      LEFT JOIN "KnownGroup" g ON g."botId" = b."id" AND g."groupId" = ${groupId}
      LEFT JOIN "KnownMember" m ON m."botId" = b."id" AND m."groupId" = ${groupId} AND m."userId" = b."accountId"
    WHERE b."id" = ${botId}::uuid`;
  return row ?? { ownRole: "unknown", ownId: null };
}
