import { type Actor, botsWith } from "@/lib/actor";
import type { ErrorCode } from "@/lib/errors";
import type { RequestAge } from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { Shared } from "@/server/db/shared";

/** What needs a person now. Each number is what the queue shows under the filter of the same name. */
export interface Pressing {
  waiting: number;
  /** Of those, how many arrived longer ago than that. */
  older: Record<RequestAge, number>;
  oldestAt: Date | null;
  unknown: number;
  failed: number;
  later: number;
}

/** A bot that cannot work, and why: not connected, signed out over there, or connected without its account online. */
export interface LameBot {
  id: string;
  name: string;
  platform: string;
  is: "down" | "signedOut" | "offline";
  since: Date | null;
  error: ErrorCode | null;
}

/** Decisions of one operator, or of all together (`operatorId` and `name` null): by outcome, by verb, how long it took. */
export interface Decided {
  operatorId: string | null;
  name: string | null;
  total: number;
  outcomes: { underWay: number; sent: number; confirmed: number; failed: number; unknown: number };
  verbs: { approve: number; deny: number; ignore: number };
  /** From arrival to the first decision, s. Null: none of them was a first one. */
  medianSeconds: number | null;
  p90Seconds: number | null;
}

export interface Arrivals {
  /** Beginning of the first hour. */
  from: Date;
  /** Arrivals in each hour; the last one is not over. */
  hours: number[];
  /** Most first. */
  bots: { id: string; name: string; count: number }[];
  groups: { botId: string; botName: string; groupId: string; name: string; count: number }[];
}

export const spans = { day: 24, week: 168 } as const;
export type Span = keyof typeof spans;

/** So many bots and groups are named. */
const mostNamed = 8;
/** A decision's id has its time in it, by the clock of whoever made it; it is this much wrong at the most, s. */
const idSlack = 3_600;

const pressing = new Shared<Pressing>();
const decided = new Shared<Decided[]>();
const arrived = new Shared<Arrivals>();

/** The bots whose requests the operator sees, as a condition; their own or all there are. */
function sees(actor: Actor, column: Prisma.Sql): Prisma.Sql {
  const bots = botsWith(actor, "requests.view");
  // Named one by one even where all are meant, so that an index that begins with the bot leads to the rows.
  return bots === "all"
    ? Prisma.sql`${column} = ANY(ARRAY(SELECT "id" FROM "Bot"))`
    : Prisma.sql`${column} = ANY(${bots}::uuid[])`;
}

function keyOf(actor: Actor, ...rest: string[]): string {
  return JSON.stringify([botsWith(actor, "requests.view"), ...rest]);
}

/** What waits for a person, of what this operator sees. */
export async function readPressing(database: Database, actor: Actor): Promise<Pressing> {
  return await pressing.read(database, keyOf(actor), async () => {
    const isWaiting = Prisma.sql`r."state" = 'waiting' AND NOT "sleeps"`;
    const older = (hours: number) =>
      Prisma.sql`(count(*) FILTER (WHERE ${isWaiting} AND r."arrivedAt" < now() - make_interval(hours => ${hours}::int)))::int`;
    const [row] = await database.$queryRaw<Pressing[]>`
      SELECT (count(*) FILTER (WHERE ${isWaiting}))::int AS "waiting",
        jsonb_build_object('hour', ${older(1)}, 'day', ${older(24)}, 'week', ${older(168)}) AS "older",
        min(r."arrivedAt") FILTER (WHERE ${isWaiting}) AS "oldestAt",
        (count(*) FILTER (WHERE r."state" = 'unknown' AND NOT "sleeps"))::int AS "unknown",
        (count(*) FILTER (WHERE r."state" = 'failed' AND NOT "sleeps"))::int AS "failed",
        (count(*) FILTER (WHERE "sleeps"))::int AS "later"
      FROM (
        SELECT "state", "arrivedAt", coalesce("snoozedUntil" > now(), FALSE) AS "sleeps" FROM "Request" q
        WHERE "state" = ANY('{waiting,unknown,failed,held,sending}'::text[]) AND ${sees(actor, Prisma.sql`q."botId"`)}
      ) r`;
    if (!row) throw new Error("The database counted nothing.");
    return row;
  });
}

/** Bots that cannot work though they are meant to, the longest so first, of those this operator may look at. */
export async function listLameBots(database: Database, actor: Actor): Promise<LameBot[]> {
  const bots = botsWith(actor, "bots.view");
  const inSight = bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`b."id" = ANY(${bots}::uuid[])`;
  return await database.$queryRaw<LameBot[]>`
    SELECT b."id", b."name", b."platform",
      CASE WHEN b."isConnected" THEN 'offline'
        WHEN b."lastError" IN ('signed_out_there', 'token_rejected') THEN 'signedOut'
        ELSE 'down' END AS "is",
      CASE WHEN b."isConnected" THEN b."onlineAt" ELSE b."connectedAt" END AS "since",
      CASE WHEN b."isConnected" THEN NULL ELSE b."lastError" END AS "error"
    FROM "Bot" b
    WHERE b."isEnabled" AND (NOT b."isConnected" OR b."isOnline" IS FALSE) AND ${inSight}
    ORDER BY 5 ASC NULLS FIRST, b."name"`;
}

/**
 * What was decided since the day began in `zone`: all together first, then by operator, the busiest first. What was taken
 * back counts for nobody.
 * @param zone an IANA name.
 */
export async function readDecided(database: Database, actor: Actor, zone: string): Promise<Decided[]> {
  return await decided.read(database, keyOf(actor, zone), async () => {
    const counted = (condition: Prisma.Sql) => Prisma.sql`(count(*) FILTER (WHERE ${condition}))::int`;
    const state = (...names: string[]) => counted(Prisma.sql`d."state" = ANY(${names}::text[])`);
    const verb = (name: string) => counted(Prisma.sql`d."verb" = ${name}`);
    const share = (part: number) => Prisma.sql`
      percentile_cont(${part}::float8) WITHIN GROUP (
        ORDER BY CASE WHEN d."previousState" = 'waiting' THEN extract(epoch FROM d."createdAt" - r."arrivedAt")::float8 END)`;
    return await database.$queryRaw<Decided[]>`
      WITH "day" AS MATERIALIZED (
        SELECT date_trunc('day', now() AT TIME ZONE ${zone}) AT TIME ZONE ${zone} AS "from")
      SELECT d."actorId" AS "operatorId",
        CASE WHEN GROUPING(d."actorId") = 1 THEN NULL ELSE max(d."actorName") END AS "name",
        count(*)::int AS "total",
        jsonb_build_object('underWay', ${state("held", "sending")}, 'sent', ${state("sent")},
          'confirmed', ${state("confirmed")}, 'failed', ${state("failed")}, 'unknown', ${state("unknown")}) AS "outcomes",
        jsonb_build_object('approve', ${verb("approve")}, 'deny', ${verb("deny")}, 'ignore', ${verb("ignore")}) AS "verbs",
        ${share(0.5)} AS "medianSeconds", ${share(0.9)} AS "p90Seconds"
      FROM "day", "Decision" d JOIN "Request" r ON r."id" = d."requestId"
      -- Ids begin with their time: the newest are found by the primary key.
      WHERE d."id" >= (
          SELECT (lpad(to_hex((extract(epoch FROM "from") * 1000)::bigint - ${idSlack * 1000}::bigint), 12, '0')
            || repeat('0', 20))::uuid FROM "day")
        AND d."createdAt" >= "from" AND d."state" <> 'cancelled' AND ${sees(actor, Prisma.sql`r."botId"`)}
      GROUP BY GROUPING SETS ((), (d."actorId"))
      ORDER BY GROUPING(d."actorId") DESC, count(*) DESC, 2`;
  });
}

/**
 * Arrivals by the hour, up to now, and by bot and group in the same time.
 * @param zone an IANA name: some begin their hours at other minutes.
 */
export async function readArrivals(database: Database, actor: Actor, zone: string, span: Span): Promise<Arrivals> {
  return await arrived.read(database, keyOf(actor, zone, span), async () => {
    const [row] = await database.$queryRaw<Arrivals[]>`
      WITH "start" AS MATERIALIZED (
        SELECT date_trunc('hour', now() AT TIME ZONE ${zone}) AT TIME ZONE ${zone}
          - make_interval(hours => ${spans[span] - 1}::int) AS "from"),
      "came" AS MATERIALIZED (
        SELECT r."botId", r."groupId", date_bin('1 hour', r."arrivedAt", (SELECT "from" FROM "start")) AS "hour",
          count(*)::int AS "count"
        FROM "Request" r
        WHERE ${sees(actor, Prisma.sql`r."botId"`)} AND r."arrivedAt" >= (SELECT "from" FROM "start")
        GROUP BY 1, 2, 3)
      SELECT "from",
        (SELECT jsonb_agg(coalesce(c."count", 0) ORDER BY h) FROM generate_series(0, ${spans[span] - 1}::int) h
          LEFT JOIN (SELECT "hour", sum("count") AS "count" FROM "came" GROUP BY 1) c
            ON c."hour" = "from" + make_interval(hours => h)) AS "hours",
        (SELECT coalesce(jsonb_agg(t), '[]') FROM (
          SELECT b."id", b."name", sum(c."count") AS "count" FROM "came" c JOIN "Bot" b ON b."id" = c."botId"
          GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT ${mostNamed}) t) AS "bots",
        (SELECT coalesce(jsonb_agg(t), '[]') FROM (
          SELECT g.*, b."name" AS "botName", coalesce((SELECT r."groupName" FROM "Request" r
            WHERE r."groupId" = g."groupId" AND r."botId" = g."botId" ORDER BY r."id" DESC LIMIT 1), '') AS "name"
          FROM (SELECT "botId", "groupId", sum("count") AS "count" FROM "came" WHERE "groupId" IS NOT NULL
            GROUP BY 1, 2 ORDER BY 3 DESC, 2, 1 LIMIT ${mostNamed}) g
            JOIN "Bot" b ON b."id" = g."botId" ORDER BY "count" DESC, 2, 1) t) AS "groups"
      FROM "start"`;
    if (!row) throw new Error("The database counted nothing.");
    return row;
  });
}
