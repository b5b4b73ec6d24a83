import type { Database } from "@/server/db/client";

/** How long an act over many members is kept, days: the record keeps each of its calls for good. */
const keptDays = 90;
/** So many at once: each may have thousands of items. */
const atOnce = 20;

/**
 * Forgets acts over many members that are over and were begun longer ago than they are kept, with their items. By the
 * database's clock; several instances may do it at once.
 * @returns how many.
 */
export async function forgetTasks(database: Database): Promise<number> {
  let tasks = 0;
  for (;;) {
    const count = await database.$executeRaw`
      DELETE FROM "Task" WHERE "id" IN (
        SELECT t."id" FROM "Task" t
        WHERE t."createdAt" < now() - make_interval(days => ${keptDays}::int)
          AND NOT EXISTS (
            SELECT 1 FROM "TaskItem" i WHERE i."taskId" = t."id" AND i."state" IN ('queued', 'sending'))
        ORDER BY t."createdAt" LIMIT ${atOnce} FOR UPDATE OF t SKIP LOCKED)`;
    tasks += count;
    if (count < atOnce) return tasks;
  }
}
