import { lockSpace } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";

/**
 * The numbers of the instances that live, as a query: each holds an advisory lock on its bus connection. Read from the
 * server's list of locks and not by trying to take them, which would make a living one seem dead to the next who tries.
 */
export const livingOnes = Prisma.sql`
  SELECT "objid"::bigint::int AS "instance" FROM pg_locks
  WHERE "locktype" = 'advisory' AND "classid"::bigint = ${lockSpace}::int AND "objsubid" = 2 AND "granted"
    AND "database" = (SELECT "oid" FROM pg_database WHERE "datname" = current_database())`;

/** The numbers of the instances that live. */
export async function livingInstances(database: Database): Promise<ReadonlySet<number>> {
  const rows = await database.$queryRaw<{ instance: number }[]>(livingOnes);
  return new Set(rows.map((row) => row.instance));
}
