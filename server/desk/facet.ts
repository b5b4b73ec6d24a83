import type { Actor } from "@/lib/actor";
import {
  mostCounted,
  openStates,
  type RequestAge,
  type RequestHolder,
  type RequestKind,
  type RequestState,
  requestAges,
  requestKinds,
  requestStates,
} from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { Shared } from "@/server/db/shared";
import {
  all,
  asleep,
  botsOf,
  conditionsOf,
  type Facet,
  heldBy,
  olderThan,
  type RequestFilter,
  sharedBy,
  statesOf,
} from "./filter";
import { toWords, withGrams } from "./search";

/** How many requests there are by each value of a filter's parts, under its other parts. */
export interface RequestCounts {
  states: Record<RequestState, number>;
  kinds: Record<RequestKind, number>;
  /** By id, of the bots in sight. */
  bots: Record<string, number>;
  holders: Record<RequestHolder, number>;
  ages: Record<RequestAge, number>;
  /** Snoozed until later. */
  later: number;
  /** Open ones the operator holds, by a lease or because they were handed over; whatever else is filtered. */
  mine: number;
  /** None of these numbers is larger: it means "so many or more". */
  cap: number;
}

type Common = Pick<RequestCounts, "states" | "kinds" | "bots" | "ages" | "later"> & { nobody: number };
type Own = { me: number; others: number; mine: number };

const common = new Shared<Common>();

/**
 * The counts of the queue, each capped, so that they cost the same however many requests are stored. What is the same
 * for all who see the same bots is counted once for those who ask at the same moment.
 */
export async function countRequests(database: Database, actor: Actor, filter: RequestFilter): Promise<RequestCounts> {
  const key = JSON.stringify([sharedBy(actor, filter), filter]);
  const [{ nobody, ...counts }, { me, others, mine }] = await Promise.all([
    common.read(database, key, () => readCommon(database, actor, filter)),
    readOwn(database, actor, filter),
  ]);
  return { ...counts, holders: { me, nobody, others }, mine, cap: mostCounted };
}

async function readCommon(database: Database, actor: Actor, filter: RequestFilter): Promise<Common> {
  const under = (without: Facet, ...own: Prisma.Sql[]) => capped(conditions(actor, filter, without, own));
  const by = (name: string, values: readonly string[], column: Prisma.Sql, facet: Facet) => Prisma.sql`(
    SELECT jsonb_object_agg(v."value", ${under(facet, Prisma.sql`${column} = v."value"`)})
    FROM unnest(${[...values]}::text[]) v("value")) AS ${Prisma.raw(`"${name}"`)}`;
  const seen = botsOf(actor, {});
  const bots = seen === null ? Prisma.sql`(SELECT "id" FROM "Bot")` : Prisma.sql`unnest(${seen}::uuid[])`;
  const [row] = await database.$queryRaw<
    (Omit<Common, "bots" | "ages"> & { bots: Common["bots"] | null } & Common["ages"])[]
  >`
    SELECT ${by("states", requestStates, Prisma.sql`r."state"`, "state")},
      ${by("kinds", requestKinds, Prisma.sql`r."kind"`, "kind")},
      (SELECT jsonb_object_agg(b."id", ${under("bot", Prisma.sql`r."botId" = b."id"`)}) FROM ${bots} b("id")) AS "bots",
      ${under("holder", ...heldBy(actor, "nobody", statesOf(filter)))} AS "nobody",
      ${Prisma.join(requestAges.map((age) => Prisma.sql`${under("age", olderThan(age))} AS ${Prisma.raw(`"${age}"`)}`))},
      ${under("set", asleep)} AS "later"`;
  if (!row) throw new Error("The database counted nothing.");
  const { states, kinds, bots: byBot, nobody, later, ...ages } = row;
  return { states, kinds, bots: byBot ?? {}, nobody, later, ages };
}

async function readOwn(database: Database, actor: Actor, filter: RequestFilter): Promise<Own> {
  const held = (holder: RequestHolder) =>
    capped(conditions(actor, filter, "holder", heldBy(actor, holder, statesOf(filter))));
  const open: RequestFilter = { state: "open", set: "all" };
  const mine = capped(conditions(actor, open, "holder", heldBy(actor, "me", openStates)));
  const [row] = await database.$queryRaw<Own[]>`
    SELECT ${held("me")} AS "me", ${held("others")} AS "others", ${mine} AS "mine"`;
  if (!row) throw new Error("The database counted nothing.");
  return row;
}

/** Everything of the filter but one part, and that part's own condition. */
function conditions(actor: Actor, filter: RequestFilter, without: Facet, own: Prisma.Sql[]): Prisma.Sql[] {
  const bots = botsOf(actor, without === "bot" ? {} : filter);
  const words = toWords(filter.text);
  return [
    ...own,
    ...(without === "state" ? [] : [Prisma.sql`r."state" = ANY(${statesOf(filter)}::text[])`]),
    ...(bots === null || without === "bot" ? [] : [Prisma.sql`r."botId" = ANY(${bots}::uuid[])`]),
    ...conditionsOf(actor, filter, without),
    ...(words === "" ? [] : [withGrams(words)]),
  ];
}

function capped(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(
    SELECT count(*)::int FROM (SELECT 1 FROM "Request" r WHERE ${all(conditions)} LIMIT ${mostCounted}) counted)`;
}
