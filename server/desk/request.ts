import { type Actor, botsWith } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { openStates, type RequestKind, type RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { Shared } from "@/server/db/shared";
import { type RequestRow, type StoredRequest, toRequestRow, withLatest } from "./row";
import { scoped } from "./scope";
import { searchNewest, toWords, withGrams } from "./search";
import { readSurroundings, type Surroundings } from "./surroundings";

/** What the queue can be narrowed to. `open` is everything that still needs a person or the worker. */
export interface RequestFilter {
  kind?: RequestKind | undefined;
  botId?: string | undefined;
  groupId?: string | undefined;
  state: RequestState | "open" | "all";
  text?: string | undefined;
}

/** Everything of the filter but its text, which server/desk/search.ts looks for. */
function matching(filter: RequestFilter, isAnyState = false): Prisma.RequestWhereInput {
  const state =
    isAnyState || filter.state === "all"
      ? {}
      : filter.state === "open"
        ? { state: { in: [...openStates] } }
        : { state: filter.state };
  return {
    ...state,
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.botId ? { botId: filter.botId } : {}),
    ...(filter.groupId ? { groupId: filter.groupId } : {}),
  };
}

/** Which part of the queue: below `cursor` (the last id of the page before), of `only` these ids where given. */
export interface RequestPage {
  cursor?: string | undefined;
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
  const only = page.only ? { id: { in: page.only } } : {};
  const where = { AND: [scoped(actor), matching(filter), only] };
  const words = toWords(filter.text);
  // When something changes, every operator reads at once. What the rows depend on stands in the key, who may see them
  // included; what is the operator's own is added below.
  const key = JSON.stringify([botsWith(actor, "requests.view"), where, words, page]);
  const { rows, next, around } = await pages.read(database, key, () => readPage(database, actor, where, words, page));
  return { items: rows.map((row) => toRequestRow(row, actor, around(row.id))), next };
}

async function readPage(
  database: Database,
  actor: Actor,
  where: Prisma.RequestWhereInput,
  words: string,
  { cursor, limit }: RequestPage,
): Promise<StoredPage> {
  const found = await searchNewest(database, words, { where, cursor, take: limit + 1 }, (where, take) =>
    database.request.findMany({ where, orderBy: { id: "desc" }, take, ...withLatest }),
  );
  const rows = found.slice(0, limit);
  const next = found.length > limit ? (rows.at(-1)?.id ?? null) : null;
  return { rows, next, around: await readSurroundings(database, actor, rows) };
}

/** How many requests stand in each state under the same filter (its own state left aside). */
export async function countRequests(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
): Promise<Partial<Record<RequestState, number>>> {
  const groups = await database.request.groupBy({
    by: ["state"],
    where: { AND: [scoped(actor), matching(filter, true), withGrams(toWords(filter.text))] },
    _count: { _all: true },
  });
  // The state column is written by desk/ only, with these closed names.
  return Object.fromEntries(groups.map((group) => [group.state as RequestState, group._count._all]));
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
