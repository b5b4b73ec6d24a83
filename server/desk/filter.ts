import { type Actor, botsWith } from "@/lib/actor";
import {
  openStates,
  type RequestAge,
  type RequestKind,
  type RequestSet,
  type RequestState,
  requestStates,
} from "@/lib/request";
import { Prisma } from "@/server/db/generated/client";

/** What the queue can be narrowed to. `open` is everything that still needs a person or the worker. */
export interface RequestFilter {
  kind?: RequestKind | undefined;
  botId?: string | undefined;
  groupId?: string | undefined;
  state: RequestState | "open" | "all";
  text?: string | undefined;
  /** By whom it is held: the operator of the living lease, else who it was handed to. A RequestHolder or an id. */
  holder?: string | undefined;
  /** Arrived longer ago than that. */
  age?: RequestAge | undefined;
  /** `now` (also when left out): without open ones that are snoozed; `later`: those alone. */
  set?: RequestSet | undefined;
  /** `hide`: without what the operator who asks passed over. */
  skipped?: "hide" | "show" | undefined;
}

const hours = { hour: 1, day: 24, week: 168 } as const satisfies Record<RequestAge, number>;

/** A lease whose time is over counts as none. */
const isLiving = Prisma.sql`c."expiresAt" > now()`;
const isFree = Prisma.sql`NOT EXISTS (SELECT 1 FROM "Claim" c WHERE c."requestId" = r."id" AND ${isLiving})`;

/** The states a filter asks for; all of them when it asks for any. */
export function statesOf(filter: RequestFilter): RequestState[] {
  if (filter.state === "all") return [...requestStates];
  return filter.state === "open" ? [...openStates] : [filter.state];
}

/** The bots a filter asks for, of those in the operator's sight; null: any bot there is. */
export function botsOf(actor: Actor, filter: Pick<RequestFilter, "botId">): string[] | null {
  const bots = botsWith(actor, "requests.view");
  const { botId } = filter;
  if (botId === undefined) return bots === "all" ? null : bots;
  return bots === "all" || bots.includes(botId) ? [botId] : [];
}

/**
 * Everything of a filter but state and bot, which the callers lead through an index, and its text (desk/search.ts): sets
 * of conditions on "Request" r of which a row fulfils one, and never two. Times are the database's.
 */
export function conditionsOf(actor: Actor, filter: RequestFilter): Prisma.Sql[][] {
  const { kind, groupId, holder, age, set = "now", skipped } = filter;
  const states = statesOf(filter);
  const common = [
    ...(kind ? [Prisma.sql`r."kind" = ${kind}`] : []),
    ...(groupId ? [Prisma.sql`r."groupId" = ${groupId}`] : []),
    ...(age ? [Prisma.sql`r."arrivedAt" < now() - make_interval(hours => ${hours[age]}::int)`] : []),
    ...inSet(set, states),
    ...(skipped === "hide" && actor.id !== null ? [notSkippedBy(actor.id)] : []),
  ];
  return holder ? heldBy(actor, holder).map((held) => [...held, ...common]) : [common];
}

/** Out of the way until later, or not. Open requests alone sleep: what is closed waits for nobody. */
function inSet(set: RequestSet, states: readonly RequestState[]): Prisma.Sql[] {
  const open: readonly string[] = openStates;
  if (set === "later") {
    return [Prisma.sql`r."snoozedUntil" > now()`, Prisma.sql`r."state" = ANY(${[...open]}::text[])`];
  }
  if (set === "all" || !states.some((state) => open.includes(state))) return [];
  const awake = Prisma.sql`r."snoozedUntil" IS NULL OR r."snoozedUntil" <= now()`;
  if (states.every((state) => open.includes(state))) return [Prisma.sql`(${awake})`];
  return [Prisma.sql`(${awake} OR r."state" <> ALL(${[...open]}::text[]))`];
}

/**
 * Held by the operator who asks, by nobody, by somebody else or by one operator: by a lease, or handed over and free.
 * Each by itself has an index, both in one condition would have none.
 */
function heldBy(actor: Actor, holder: string): Prisma.Sql[][] {
  if (holder === "nobody") return [[Prisma.sql`r."assigneeId" IS NULL`, isFree]];
  const who = holder === "others" || holder === "me" ? actor.id : holder;
  if (who === null) return [[Prisma.sql`FALSE`]];
  const isThem = holder === "others" ? Prisma.sql`<> ${who}::uuid` : Prisma.sql`= ${who}::uuid`;
  return [
    [Prisma.sql`r."assigneeId" IS NOT NULL`, Prisma.sql`r."assigneeId" ${isThem}`, isFree],
    [Prisma.sql`r."id" IN (SELECT c."requestId" FROM "Claim" c WHERE ${isLiving} AND c."operatorId" ${isThem})`],
  ];
}

function notSkippedBy(operatorId: string): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM "Skip" k WHERE k."requestId" = r."id" AND k."operatorId" = ${operatorId}::uuid)`;
}

/** What the answers under a filter depend on beside it: the bots in sight, and who asks where that makes a difference. */
export function sharedBy(actor: Actor, filter: RequestFilter): unknown[] {
  const isPersonal = filter.skipped === "hide" || filter.holder === "me" || filter.holder === "others";
  return [botsWith(actor, "requests.view"), isPersonal ? actor.id : null];
}

/** All of these conditions; none: everything. */
export function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], " AND ");
}
