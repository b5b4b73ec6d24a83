import { type Actor, botsWith } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import type { PersonFlagName } from "@/lib/person";
import { openStates } from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";

/** What stands around a request of a list and is read for a whole page at once. */
export interface Surroundings {
  /** An undecided request shares its handle on the platform. */
  hasTwin: boolean;
  /** The lease that counts now. */
  claim: { operatorId: string; operatorName: string; tab: string; expiresAt: Date } | null;
  /** The operators who passed it over, so that all who may see it can share what was read. */
  skippedBy: ReadonlySet<string>;
  /** How many earlier requests of the same person were denied, on the bots the operator may see. */
  refusedBefore: number;
  /** What the teams of the bots in sight noted of the person. */
  noted: Noted;
}

/** The flags on a person, each once, and how many notes there are. */
export interface Noted {
  flags: PersonFlagName[];
  notes: number;
}

interface Around {
  id: string;
  botId: string;
  twinKey: string | null;
  applicantId: string;
}

/** Of one person's earlier requests so many are looked at: somebody who asks a thousand times must not slow the list. */
const earlierLooked = 200;

/** What stands around these requests, one query a fact for the whole page. */
export async function readSurroundings(
  database: Database,
  actor: Actor,
  rows: readonly Around[],
): Promise<(id: string) => Surroundings> {
  const ids = rows.map((row) => row.id);
  const named = rows.filter((row) => accountOf(row.applicantId) !== null).map((row) => row.id);
  const [twins, claims, skips, refusals, noted] = await Promise.all([
    readTwins(database, rows),
    readClaims(database, ids),
    readSkips(database, ids),
    readRefusals(database, actor, named),
    readNoted(database, actor, named),
  ]);
  return (id) => ({
    hasTwin: twins.has(id),
    claim: claims.get(id) ?? null,
    skippedBy: skips.get(id) ?? nobody,
    refusedBefore: refusals.get(id) ?? 0,
    noted: noted.get(id) ?? nothing,
  });
}

async function readTwins(database: Database, rows: readonly Around[]): Promise<Set<string>> {
  const keys = rows.flatMap((row) => row.twinKey ?? []);
  if (keys.length === 0) return new Set();
  const others = await database.request.findMany({
    where: {
      twinKey: { in: keys },
      botId: { in: rows.map((row) => row.botId) },
      state: { in: [...openStates, "ignored", "sent"] },
    },
    select: { id: true, botId: true, twinKey: true, applicantId: true },
  });
  const isTwin = (row: Around) =>
    others.some(
      (other) => other.botId === row.botId && other.twinKey === row.twinKey && other.applicantId !== row.applicantId,
    );
  return new Set(rows.filter((row) => row.twinKey !== null && isTwin(row)).map((row) => row.id));
}

/** By the database's clock: a lease whose time is over counts as none, whether or not its row is still there. */
async function readClaims(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, NonNullable<Surroundings["claim"]>>> {
  if (ids.length === 0) return new Map();
  const claims = await database.$queryRaw<({ requestId: string } & NonNullable<Surroundings["claim"]>)[]>`
    SELECT "requestId", "operatorId", "operatorName", "tab", "expiresAt" FROM "Claim"
    WHERE "requestId" = ANY(${ids}::uuid[]) AND "expiresAt" > now()`;
  return new Map(claims.map(({ requestId, ...claim }) => [requestId, claim]));
}

const nobody: ReadonlySet<string> = new Set();

async function readSkips(database: Database, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  if (ids.length === 0) return new Map();
  const rows = await database.skip.findMany({
    where: { requestId: { in: [...ids] } },
    select: { requestId: true, operatorId: true },
  });
  const skips = new Map<string, Set<string>>();
  for (const { requestId, operatorId } of rows) {
    const by = skips.get(requestId);
    if (by) by.add(operatorId);
    else skips.set(requestId, new Set([operatorId]));
  }
  return skips;
}

/** The same person is who has the same id on the same platform, whichever bot was asked; of whom the platform names nobody, nothing is known. */
async function readRefusals(database: Database, actor: Actor, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const bots = botsWith(actor, "requests.view");
  const inSight = bots === "all" ? Prisma.empty : Prisma.sql`AND e."botId" = ANY(${bots}::uuid[])`;
  const counts = await database.$queryRaw<{ id: string; count: number }[]>`
    SELECT r."id", denied."count" FROM "Request" r JOIN "Bot" b ON b."id" = r."botId"
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "count" FROM (
        SELECT e."id" FROM "Request" e JOIN "Bot" eb ON eb."id" = e."botId" AND eb."platform" = b."platform"
        WHERE e."applicantId" = r."applicantId" AND e."id" < r."id" ${inSight}
        ORDER BY e."id" DESC LIMIT ${earlierLooked}
      ) earlier
      WHERE EXISTS (
        SELECT 1 FROM "Decision" d
        WHERE d."requestId" = earlier."id" AND d."verb" = 'deny' AND d."state" IN ('sent', 'confirmed'))
    ) denied
    WHERE r."id" = ANY(${ids}::uuid[]) AND denied."count" > 0`;
  return new Map(counts.map(({ id, count }) => [id, count]));
}

const nothing: Noted = { flags: [], notes: 0 };

/** What is noted of who asks. Most people are not: then both tables answer nothing by their indexes. */
async function readNoted(database: Database, actor: Actor, ids: readonly string[]): Promise<Map<string, Noted>> {
  if (ids.length === 0) return new Map();
  const bots = botsWith(actor, "requests.view");
  const inSight = (alias: string) =>
    bots === "all" ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(alias)}."botId" = ANY(${bots}::uuid[])`;
  const rows = await database.$queryRaw<(Noted & { id: string })[]>`
    SELECT r."id", noted.* FROM "Request" r JOIN "Bot" b ON b."id" = r."botId"
    CROSS JOIN LATERAL (
      SELECT ARRAY(
          SELECT DISTINCT f."flag" FROM "PersonFlag" f
          WHERE f."platform" = b."platform" AND f."personId" = r."applicantId" ${inSight("f")} ORDER BY f."flag"
        ) AS "flags", (
          SELECT count(*)::int FROM "PersonNote" n
          WHERE n."platform" = b."platform" AND n."personId" = r."applicantId" ${inSight("n")}
        ) AS "notes"
    ) noted
    WHERE r."id" = ANY(${ids}::uuid[]) AND (noted."notes" > 0 OR cardinality(noted."flags") > 0)`;
  return new Map(rows.map(({ id, flags, notes }) => [id, { flags, notes }]));
}
