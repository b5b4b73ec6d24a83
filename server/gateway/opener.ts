import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Platform } from "@/server/platforms/row";
import { livingOnes } from "./instance";

/**
 * Makes this instance the one that opens a bot whose account bears a single connection, unless another one that lives is.
 * @returns whether it is.
 */
export async function takeOpening(database: Database, botId: string, instance: number): Promise<boolean> {
  const taken = await database.$executeRaw`
    UPDATE "Bot" SET "openedBy" = ${instance}::int WHERE "id" = ${botId}::uuid
      AND ("openedBy" IS NULL OR "openedBy" = ${instance}::int OR "openedBy" NOT IN (${livingOnes}))`;
  return taken > 0;
}

/** Is a bot whose account bears a single connection opened by another instance, one that lives? */
export async function isHeldElsewhere(database: Database, botId: string, instance: number): Promise<boolean> {
  const found = await database.$queryRaw<unknown[]>`
    SELECT 1 FROM "Bot" WHERE "id" = ${botId}::uuid AND "isEnabled" AND "openedBy" <> ${instance}::int
      AND "openedBy" IN (${livingOnes})`;
  return found.length > 0;
}

/** Lets the others open what this instance has opened and closed. They are told. */
export async function leaveOpening(database: Database, botId: string, instance: number): Promise<void> {
  await database.$transaction(async (tx) => {
    const [left] = await tx.$queryRaw<{ version: number }[]>`
      UPDATE "Bot" SET "openedBy" = NULL WHERE "id" = ${botId}::uuid AND "openedBy" = ${instance}::int
      RETURNING "version"`;
    if (left) await publishIn(tx, { topic: "bot", id: botId, botId, version: left.version });
  });
}

/** The bots of these platforms that wait for somebody to open them: who did is gone. */
export async function listUnopened(database: Database, platforms: readonly Platform[]): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Bot" WHERE "isEnabled" AND "platform" = ANY(${[...platforms]}::text[])
      AND ("openedBy" IS NULL OR "openedBy" NOT IN (${livingOnes}))`;
  return rows.map(({ id }) => id);
}
