import { type Actor, botsWith } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { Shared } from "@/server/db/shared";
import { all, botsOf, conditionsOf, type RequestFilter, sharedBy, statesOf } from "./filter";
import { type RequestRow, type StoredRequest, toRequestRow, withLatest } from "./row";
import { scoped } from "./scope";
import { searchNewest, toWords } from "./search";
import { readSurroundings, type Surroundings } from "./surroundings";

/** Which part of the queue: below `cursor` (the last id of the page before), of `only` these ids where given. */
export interface RequestPage {
  cursor?: string | undefined;
  /** Nothing newer than this one: what arrived since waits until it is asked for. */
  since?: string | undefined;
  limit: number;
  only?: string[] | undefined;
}

interface StoredPage {
  rows: StoredRequest[];
  next: string | null;
  around: (id: string) => Surroundings;
}

const pages = new Shared<StoredPage>();

/** A page of the queue, newest first; `next` null means the end. */
export async function listRequests(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  page: RequestPage,
): Promise<{ items: RequestRow[]; next: string | null }> {
  // When something changes, every operator reads at once. What the rows depend on stands in the key, who may see them
  // included; what is the operator's own is added below.
  const key = JSON.stringify([sharedBy(actor, filter), filter, page]);
  const { rows, next, around } = await pages.read(database, key, () => readPage(database, actor, filter, page));
  return { items: rows.map((row) => toRequestRow(row, actor, around(row.id))), next };
}

async function readPage(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  { cursor, since, limit, only }: RequestPage,
): Promise<StoredPage> {
  const bounds = [
    ...(since ? [Prisma.sql`r."id" <= ${since}::uuid`] : []),
    ...(only ? [Prisma.sql`r."id" = ANY(${only}::uuid[])`] : []),
  ];
  const ids = await findNewest(database, actor, filter, { bounds, cursor, take: limit + 1 });
  const shown = ids.slice(0, limit);
  const rows = await database.request.findMany({
    where: { id: { in: shown } },
    orderBy: { id: "desc" },
    ...withLatest,
  });
  const next = ids.length > limit ? (shown.at(-1) ?? null) : null;
  return { rows, next, around: await readSurroundings(database, actor, rows) };
}

/** How many under the filter are newer than `after`; counted to a hundred. */
export async function countArrived(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  after: string,
): Promise<{ count: number }> {
  const key = JSON.stringify([sharedBy(actor, filter), filter, after]);
  const bounds = [Prisma.sql`r."id" > ${after}::uuid`];
  const find = () => findNewest(database, actor, filter, { bounds, take: mostArrived });
  return { count: (await arrivals.read(database, key, find)).length };
}

const arrivals = new Shared<string[]>();
const mostArrived = 100;

/** The newest ids that fulfil a filter, newest first. */
async function findNewest(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  { bounds, cursor, take }: { bounds: Prisma.Sql[]; cursor?: string | undefined; take: number },
): Promise<string[]> {
  const bots = botsOf(actor, filter);
  const sets = conditionsOf(actor, filter);
  const words = toWords(filter.text);
  if (words !== "") {
    const states = Prisma.sql`r."state" = ANY(${statesOf(filter)}::text[])`;
    const own = bots === null ? [states] : [states, Prisma.sql`r."botId" = ANY(${bots}::uuid[])`];
    const either = Prisma.sql`(${Prisma.join(sets.map(all), " OR ")})`;
    return await searchNewest(database, words, { cursor, take }, (where, limit) =>
      readIds(database, newestOf([...own, ...bounds, either, where], limit)),
    );
  }
  const below = cursor ? [Prisma.sql`r."id" < ${cursor}::uuid`] : [];
  // The newest of each state (and bot) by itself, then of all these: an index gives each in order, however few of all
  // the stored requests are in it. As values and not joined from a list, for the planner knows how many each has.
  const parts = lanesOf(filter, bots).flatMap((lane) => sets.map((set) => [...lane, ...bounds, ...below, ...set]));
  if (parts.length === 0) return [];
  const each = parts.map((part) => Prisma.sql`(${newestOf(part, take)})`);
  return await readIds(
    database,
    Prisma.sql`SELECT f."id" FROM (${Prisma.join(each, " UNION ALL ")}) f ORDER BY f."id" DESC LIMIT ${take}`,
  );
}

function lanesOf(filter: RequestFilter, bots: string[] | null): Prisma.Sql[][] {
  // All there are stand in order by themselves.
  if (bots === null && filter.state === "all") return [[]];
  return statesOf(filter).flatMap((state) => {
    const inState = Prisma.sql`r."state" = ${state}`;
    if (bots === null) return [[inState]];
    if (bots.length > mostLanes) return [[inState, Prisma.sql`r."botId" = ANY(${bots}::uuid[])`]];
    return bots.map((bot) => [inState, Prisma.sql`r."botId" = ${bot}::uuid`]);
  });
}

/** Of more bots than these the newest are not looked for one by one. */
const mostLanes = 8;

function newestOf(conditions: readonly Prisma.Sql[], take: number): Prisma.Sql {
  return Prisma.sql`SELECT r."id" FROM "Request" r WHERE ${all(conditions)} ORDER BY r."id" DESC LIMIT ${take}`;
}

async function readIds(database: Database, query: Prisma.Sql): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>(query);
  return rows.map(({ id }) => id);
}

/** One request as a list shows it. Throws DeskError `not_found`. */
export async function getRequestRow(database: Database, actor: Actor, id: string): Promise<RequestRow> {
  const row = await database.request.findFirst({ where: { AND: [scoped(actor), { id }] }, ...withLatest });
  if (!row) throw new DeskError("not_found");
  return toRequestRow(row, actor, (await readSurroundings(database, actor, [row]))(row.id));
}

/** The platform's own object, as it was stored. Throws DeskError `not_found`. */
export async function getRaw(database: Database, actor: Actor, id: string): Promise<Prisma.JsonValue> {
  const bots = botsWith(actor, "requests.raw");
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), bots === "all" ? {} : { botId: { in: bots } }, { id }] },
    select: { raw: true },
  });
  if (!row) throw new DeskError("not_found");
  return row.raw;
}

/** The bot of a request the operator may see, for the permission check. Throws DeskError `not_found`. */
export async function botOfRequest(
  database: Database,
  actor: Actor,
  id: string,
): Promise<{
  botId: string;
  botName: string;
  groupId: string | null;
  applicantId: string;
  applicantName: string;
  platform: string;
}> {
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), { id }] },
    select: {
      botId: true,
      groupId: true,
      applicantId: true,
      applicantName: true,
      bot: { select: { name: true, platform: true } },
    },
  });
  if (!row) throw new DeskError("not_found");
  return { ...row, botName: row.bot.name, platform: row.bot.platform };
}
