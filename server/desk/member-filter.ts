import type { MemberRole, MemberSort } from "@/lib/member";
import { Prisma } from "@/server/db/generated/client";
import { toWords } from "./search";

/** Which members of a group are meant. Ranges are closed; what a platform does not tell lies in none. */
export interface MemberFilter {
  text?: string | undefined;
  role?: MemberRole | undefined;
  isMuted?: boolean | undefined;
  isOnline?: boolean | undefined;
  joinedFrom?: Date | undefined;
  joinedTo?: Date | undefined;
  spokeFrom?: Date | undefined;
  spokeTo?: Date | undefined;
}

export interface MemberOrder {
  by: MemberSort;
  isDescending: boolean;
}

/**
 * Is "KnownMember" m muted now? When a mute ends is the platform's word, and decides where it is told; else whatever it
 * said when the list was read. Null: not told.
 */
export const isMutedNow = Prisma.sql`COALESCE(m."mutedUntil" > statement_timestamp(), m."isMuted")`;

/** Owner, admins, the others; whose role is not told comes last. */
const rank = Prisma.sql`CASE m."role" WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 WHEN 'member' THEN 2 ELSE 3 END`;
const called = Prisma.sql`lower(COALESCE(NULLIF(m."card", ''), m."name"))`;

const keys: Record<MemberSort, Prisma.Sql> = {
  role: rank,
  name: called,
  title: Prisma.sql`NULLIF(lower(m."title"), '')`,
  level: Prisma.sql`m."level"`,
  joined: Prisma.sql`m."joinedAt"`,
  spoke: Prisma.sql`m."lastSpokeAt"`,
  seen: Prisma.sql`COALESCE(CASE WHEN m."isOnline" THEN 'infinity'::timestamptz END, m."lastSeenAt")`,
  muted: Prisma.sql`CASE WHEN ${isMutedNow} THEN COALESCE(m."mutedUntil", 'infinity'::timestamptz) END`,
};

/** What is not told comes last either way; ties by name and then by id, so that no page shows somebody twice. */
export function toOrder({ by, isDescending }: MemberOrder): Prisma.Sql {
  return Prisma.sql`${keys[by]} ${isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`} NULLS LAST, ${called}, m."userId"`;
}

/** The condition on "KnownMember" m. What is searched for is found literally, in name, card, title and id. */
export function toWhere(botId: string, groupId: string, filter: MemberFilter): Prisma.Sql {
  const words = toWords(filter.text);
  const parts = [
    Prisma.sql`m."botId" = ${botId}::uuid AND m."groupId" = ${groupId}`,
    words !== "" && Prisma.sql`m."searchText" LIKE ${`%${words.replace(/[\\%_]/g, "\\$&")}%`}`,
    filter.role && Prisma.sql`m."role" = ${filter.role}`,
    filter.isMuted !== undefined && Prisma.sql`${isMutedNow} IS NOT DISTINCT FROM ${filter.isMuted}`,
    filter.isOnline !== undefined && Prisma.sql`m."isOnline" IS NOT DISTINCT FROM ${filter.isOnline}`,
    filter.joinedFrom && Prisma.sql`m."joinedAt" >= ${filter.joinedFrom}::timestamptz`,
    filter.joinedTo && Prisma.sql`m."joinedAt" <= ${filter.joinedTo}::timestamptz`,
    filter.spokeFrom && Prisma.sql`m."lastSpokeAt" >= ${filter.spokeFrom}::timestamptz`,
    filter.spokeTo && Prisma.sql`m."lastSpokeAt" <= ${filter.spokeTo}::timestamptz`,
  ].filter((part) => part !== false && part !== undefined);
  return Prisma.join(parts, " AND ");
}
