import type { Actor } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import { Shared } from "@/server/db/shared";
import type { RequestFilter } from "./filter";
import { listRequests } from "./request";
import type { RequestRow } from "./row";
import { scoped } from "./scope";

/** Those who share a handle or a person with what changed, the newest first; more are not looked at. */
const mostRelated = 50;

const related = new Shared<string[]>();
const inSight = new Shared<{ id: string }[]>();

/**
 * What a list under `filter` has to show of these requests now: those that belong to it, newest first, and of the ones
 * it shows with them (a twin, the same person's other requests) what a change of theirs may have changed. Who is asked
 * for and not in the answer is not, or no longer, in that list. `near`: all those others, in the list or not.
 */
export async function listChanged(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  ids: readonly string[],
): Promise<{ items: RequestRow[]; near: string[] }> {
  const asked = ids.toSorted();
  const others = await related.read(database, asked.join(), () => findRelated(database, asked));
  const only = [...asked, ...others];
  const [{ items }, near] = await Promise.all([
    listRequests(database, actor, filter, { only, limit: only.length }),
    findInSight(database, actor, others),
  ]);
  return { items, near };
}

async function findInSight(database: Database, actor: Actor, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const where = { AND: [scoped(actor), { id: { in: [...ids] } }] };
  const find = () => database.request.findMany({ where, select: { id: true } });
  const rows = await inSight.read(database, JSON.stringify(where), find);
  return rows.map(({ id }) => id);
}

/** Ids alone, of any bot: what the operator may see of them is the list's to say. */
async function findRelated(database: Database, ids: string[]): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      (SELECT t."id" FROM "Request" r JOIN "Request" t ON t."botId" = r."botId" AND t."twinKey" = r."twinKey"
       WHERE r."id" = ANY(${ids}::uuid[]) ORDER BY t."id" DESC LIMIT ${mostRelated})
      UNION
      (SELECT p."id" FROM "Request" r JOIN "Request" p ON p."applicantId" = r."applicantId"
       WHERE r."id" = ANY(${ids}::uuid[]) ORDER BY p."id" DESC LIMIT ${mostRelated})
    ) near
    WHERE "id" <> ALL(${ids}::uuid[])`;
  return rows.map(({ id }) => id);
}
