import type { Actor } from "@/lib/actor";
import {
  mostCounted,
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
import { all, botsOf, conditionsOf, type RequestFilter, sharedBy, statesOf } from "./filter";
import { toWords, withGrams, withWords } from "./search";

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
  const words = toWords(filter.text);
  const pool = await choosePool(database, actor, words);
  const [{ nobody, ...counts }, { me, others, mine }] = await Promise.all([
    common.read(database, key, () => readCommon(database, actor, filter, pool)),
    readOwn(database, actor, filter, pool),
  ]);
  return { ...counts, holders: { me, nobody, others }, mine, cap: mostCounted };
}

const matching = new Shared<number>();

/** How many requests are under a filter, up to the same cap: one number, where nothing is chosen among others. */
export async function countMatching(database: Database, actor: Actor, filter: RequestFilter): Promise<number> {
  return await matching.read(database, JSON.stringify([sharedBy(actor, filter), filter]), async () => {
    const pool = await choosePool(database, actor, toWords(filter.text));
    const [row] = await database.$queryRaw<{ count: number }[]>`
      ${pool.hits ?? Prisma.empty} SELECT ${capped(actor, filter, pool)} AS "count"`;
    if (!row) throw new Error("The database counted nothing.");
    return row.count;
  });
}

/** What is counted in: "Request" r under `conditions`, or what `hits` found once for all the counts. */
interface Pool {
  hits: Prisma.Sql | null;
  conditions: Prisma.Sql[];
}

/** Of so many of the newest requests it is read how common the words are. */
const sampled = 1_000;
/** Rarer than in one of so many of them, words are looked up by the index of grams, once for all the counts. */
const commonShare = 10;
/** So many are found by it: where more hold the words, the counts say how many of these there are. */
const mostHits = 10_000;

async function choosePool(database: Database, actor: Actor, words: string): Promise<Pool> {
  if (words === "") return { hits: null, conditions: [] };
  const [share] = await database.$queryRaw<{ size: number; having: number }[]>`
    SELECT count(*)::int AS "size", (count(*) FILTER (WHERE ${withWords(words)}))::int AS "having"
    FROM (SELECT "searchText" FROM "Request" ORDER BY "id" DESC LIMIT ${sampled}) r`;
  const isCommon = share !== undefined && share.having * commonShare > share.size;
  if (isCommon) return { hits: null, conditions: [withWords(words)] };
  const bots = botsOf(actor, {});
  const inSight = bots === null ? [] : [oneOf(Prisma.sql`r."botId"`, bots, Prisma.sql`uuid`)];
  const hits = Prisma.sql`WITH "hits" AS MATERIALIZED (
    SELECT r."id", r."botId", r."kind", r."state", r."groupId", r."arrivedAt", r."snoozedUntil", r."assigneeId"
    FROM "Request" r WHERE ${all([withGrams(words), ...inSight])} LIMIT ${mostHits})`;
  return { hits, conditions: [] };
}

async function readCommon(database: Database, actor: Actor, filter: RequestFilter, pool: Pool): Promise<Common> {
  const count = (part: Partial<RequestFilter>) => capped(actor, { ...filter, ...part }, pool);
  // Each value by itself and not joined from a list, for the planner knows how many each has.
  const by = <Value extends string>(values: readonly Value[], part: (value: Value) => Partial<RequestFilter>) => {
    if (values.length === 0) return Prisma.sql`'{}'::jsonb`;
    const pairs = values.map((value) => Prisma.sql`(${value}, ${count(part(value))})`);
    return Prisma.sql`(
      SELECT jsonb_object_agg(v."value", v."count") FROM (VALUES ${Prisma.join(pairs)}) v("value", "count"))`;
  };
  const bots = botsOf(actor, {}) ?? (await database.bot.findMany({ select: { id: true } })).map(({ id }) => id);
  const [row] = await database.$queryRaw<Common[]>`${pool.hits ?? Prisma.empty}
    SELECT ${by(requestStates, (state) => ({ state }))} AS "states",
      ${by(requestKinds, (kind) => ({ kind }))} AS "kinds",
      ${by(bots, (botId) => ({ botId }))} AS "bots",
      ${by(requestAges, (age) => ({ age }))} AS "ages",
      ${count({ holder: "nobody" })} AS "nobody", ${count({ set: "later" })} AS "later"`;
  if (!row) throw new Error("The database counted nothing.");
  return row;
}

async function readOwn(database: Database, actor: Actor, filter: RequestFilter, pool: Pool): Promise<Own> {
  const held = (holder: RequestHolder) => capped(actor, { ...filter, holder }, pool);
  const mine = capped(actor, { state: "open", set: "all", holder: "me" }, { hits: null, conditions: [] });
  const [row] = await database.$queryRaw<Own[]>`${pool.hits ?? Prisma.empty}
    SELECT ${held("me")} AS "me", ${held("others")} AS "others", ${mine} AS "mine"`;
  if (!row) throw new Error("The database counted nothing.");
  return row;
}

/** How many of a pool fulfil a filter (but its text), as a subquery that stops at the cap. */
function capped(actor: Actor, filter: RequestFilter, pool: Pool): Prisma.Sql {
  const bots = botsOf(actor, filter);
  const conditions = [
    ...(filter.state === "all" ? [] : [oneOf(Prisma.sql`r."state"`, statesOf(filter), Prisma.sql`text`)]),
    ...(bots === null ? [] : [oneOf(Prisma.sql`r."botId"`, bots, Prisma.sql`uuid`)]),
    ...pool.conditions,
  ];
  const from = pool.hits ? Prisma.sql`"hits"` : Prisma.sql`"Request"`;
  const sets = conditionsOf(actor, filter).map(
    (set) => Prisma.sql`(SELECT 1 FROM ${from} r WHERE ${all([...conditions, ...set])} LIMIT ${mostCounted})`,
  );
  return Prisma.sql`(
    SELECT LEAST(count(*), ${mostCounted})::int FROM (${Prisma.join(sets, " UNION ALL ")}) counted)`;
}

function oneOf(column: Prisma.Sql, values: readonly string[], type: Prisma.Sql): Prisma.Sql {
  const [first, ...others] = values;
  if (first !== undefined && others.length === 0) return Prisma.sql`${column} = ${first}::${type}`;
  return Prisma.sql`${column} = ANY(${[...values]}::${type}[])`;
}
