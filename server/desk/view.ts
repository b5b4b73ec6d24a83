import { v7 as uuid } from "uuid";
import { z } from "zod";
import { type Actor, botsWith, can, canSomewhere } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { longestViewName, type ViewPage, type ViewQuery, viewPages, viewPermissions } from "@/lib/view";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { parseViewQuery, readViewQuery } from "./view-query";

/** Views one operator keeps: a list that is read whole, and counted live. */
const mostViews = 50;

export const ViewName = z.string().trim().min(1).max(longestViewName);

/** A view as it is saved: with an id it takes the place of that one. */
export const ViewInput = z.object({
  id: z.uuid().optional(),
  name: ViewName,
  page: z.enum(viewPages),
  query: z.record(z.string().max(20), z.string().max(200)),
  isTeam: z.boolean().default(false),
});
export type ViewInput = z.infer<typeof ViewInput>;

/** A set of filters with a name. */
export interface ViewRow {
  id: string;
  name: string;
  page: ViewPage;
  query: ViewQuery;
  isTeam: boolean;
  isOwn: boolean;
  ownerName: string;
  canEdit: boolean;
}

type Stored = Prisma.SavedViewGetPayload<{ include: { operator: { select: { name: true } } } }>;

/**
 * The operator's own views and the team's, own ones first, each in its owner's order. Without those of pages the operator
 * has no way to, and without the team's that name a bot out of their sight: the name of a view may be telling.
 */
export async function listViews(database: Database, actor: Actor): Promise<ViewRow[]> {
  const rows = await database.savedView.findMany({
    where: { OR: [{ operatorId: self(actor) }, { isTeam: true }] },
    include: { operator: { select: { name: true } } },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  const views = rows.flatMap((row) => toViewRow(actor, row) ?? []);
  return [...views.filter(({ isOwn }) => isOwn), ...views.filter(({ isOwn }) => !isOwn)];
}

/** One view in the operator's sight. Throws DeskError `not_found`. */
export async function getView(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<ViewRow> {
  const row = await tx.savedView.findUnique({ where: { id }, include: { operator: { select: { name: true } } } });
  const view = row && (row.isTeam || row.operatorId === actor.id) ? toViewRow(actor, row) : null;
  if (!view) throw new DeskError("not_found");
  return view;
}

/**
 * Keeps a set of filters, or replaces the one of `id`; a new one stands at the end. Answers what it was and is.
 * @throws DeskError `invalid_input` (`field`: query, name when there are too many), `not_found`, `forbidden`.
 */
export async function saveView(
  database: Database,
  actor: Actor,
  { id, ...input }: ViewInput,
): Promise<{ before: ViewRow | null; after: ViewRow }> {
  const query = parseViewQuery(input.page, input.query);
  if (!canSomewhere(actor, viewPermissions[input.page])) throw new DeskError("forbidden");
  if (input.isTeam) checkMayShare(actor);
  return await database.$transaction(async (tx) => {
    if (id !== undefined) {
      const before = await editable(tx, actor, id);
      await tx.savedView.update({ where: { id }, data: { ...input, query } });
      return { before, after: await told(tx, actor, id) };
    }
    const operatorId = self(actor);
    const own = { where: { operatorId } };
    const { _count, _max } = await tx.savedView.aggregate({ ...own, _count: { _all: true }, _max: { position: true } });
    if (_count._all >= mostViews) throw new DeskError("invalid_input", { field: "name", maximum: mostViews });
    const position = (_max.position ?? -1) + 1;
    const row = await tx.savedView.create({ data: { ...input, id: uuid(), operatorId, query, position } });
    return { before: null, after: await told(tx, actor, row.id) };
  });
}

/** Gives a view another name, or shows it to the team, or no longer. Throws DeskError `not_found`, `forbidden`. */
export async function changeView(
  database: Database,
  actor: Actor,
  id: string,
  change: { name: string } | { isTeam: boolean },
): Promise<{ before: ViewRow; after: ViewRow }> {
  if ("isTeam" in change && change.isTeam) checkMayShare(actor);
  return await database.$transaction(async (tx) => {
    const before = await editable(tx, actor, id);
    await tx.savedView.update({ where: { id }, data: change });
    await tell(tx, id);
    // Taken from the team it is its owner's alone, and may be out of sight of who took it.
    return { before, after: { ...before, ...change } };
  });
}

/** Forgets a view. Throws DeskError `not_found`, `forbidden`. */
export async function removeView(database: Database, actor: Actor, id: string): Promise<ViewRow> {
  return await database.$transaction(async (tx) => {
    const before = await editable(tx, actor, id);
    await tx.savedView.deleteMany({ where: { id } });
    await tell(tx, id);
    return before;
  });
}

/** Puts the operator's own views in this order; one that is not named comes after them. */
export async function orderViews(
  database: Database,
  actor: Actor,
  ids: readonly string[],
): Promise<{ before: string[] }> {
  return await database.$transaction(async (tx) => {
    const operatorId = self(actor);
    const rows = await tx.savedView.findMany({
      where: { operatorId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    const before = rows.map((row) => row.id);
    const order = [...new Set([...ids.filter((id) => before.includes(id)), ...before])];
    for (const [position, id] of order.entries())
      await tx.savedView.updateMany({ where: { id, position: { not: position } }, data: { position } });
    await tell(tx, operatorId);
    return { before };
  });
}

async function editable(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<ViewRow> {
  const view = await getView(tx, actor, id);
  if (!view.canEdit) throw new DeskError("forbidden");
  return view;
}

/** What all see is for those who have something to see themselves. */
function checkMayShare(actor: Actor): void {
  if (!canSomewhere(actor, "requests.view")) throw new DeskError("forbidden", { permission: "requests.view" });
}

async function told(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<ViewRow> {
  await tell(tx, id);
  return await getView(tx, actor, id);
}

function tell(tx: Prisma.TransactionClient, id: string): Promise<void> {
  return publishIn(tx, { topic: "view", id, botId: null, version: 1 });
}

/** Null: out of the operator's sight, or of a page this version does not know. */
function toViewRow(actor: Actor, row: Stored): ViewRow | null {
  const known = readViewQuery(row.page, row.query);
  if (!known || !canSomewhere(actor, viewPermissions[known.page])) return null;
  const isOwn = row.operatorId === actor.id;
  const bots = botsWith(actor, viewPermissions[known.page]);
  const { bot } = known.query;
  if (!isOwn && bot !== undefined && bots !== "all" && !bots.includes(bot)) return null;
  return {
    id: row.id,
    name: row.name,
    ...known,
    isTeam: row.isTeam,
    isOwn,
    ownerName: row.operator.name,
    canEdit: isOwn || (row.isTeam && can(actor, "desk.manage", null)),
  };
}

function self(actor: Actor): string {
  if (actor.id === null) throw new DeskError("signed_out");
  return actor.id;
}
