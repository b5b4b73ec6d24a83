import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { opposites, type PersonFlagName } from "@/lib/person";
import { openStates } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { PersonRef } from "./person";

/** Somebody, as the team of one bot speaks of them. */
export interface TeamsPerson extends PersonRef {
  botId: string;
}

/** Open requests of one person that are read anew when something is noted of them; more nobody has at once. */
const mostOpen = 50;

/** A note on a person, for the team of that bot. @returns its id. */
export async function addPersonNote(database: Database, actor: Actor, who: TeamsPerson, text: string): Promise<string> {
  return await database.$transaction(async (tx) => {
    const { id } = await tx.personNote.create({
      data: { id: uuid(), ...keyOf(who), operatorId: actor.id, operatorName: actor.name, text },
    });
    await tell(tx, who);
    return id;
  });
}

/** Takes an own note away, and answers what it said. Throws DeskError `not_found` for any other. */
export async function removePersonNote(
  database: Database,
  actor: Actor,
  who: TeamsPerson,
  id: string,
): Promise<{ before: { text: string } }> {
  const { id: operatorId } = actor;
  if (operatorId === null) throw new DeskError("not_found");
  return await database.$transaction(async (tx) => {
    const note = await tx.personNote.findFirst({ where: { id, ...keyOf(who), operatorId } });
    if (!note) throw new DeskError("not_found");
    await tx.personNote.delete({ where: { id } });
    await tell(tx, who);
    return { before: { text: note.text } };
  });
}

/** Puts a flag on a person for the team of that bot, or takes it away. Twice is once; who put it first stays named. */
export async function setPersonFlag(
  database: Database,
  actor: Actor,
  who: TeamsPerson,
  flag: PersonFlagName,
  isOn: boolean,
): Promise<{ before: { flags: string[] }; after: { flags: string[] } }> {
  return await database.$transaction(async (tx) => {
    const read = async () => {
      const rows = await tx.personFlag.findMany({ where: keyOf(who), orderBy: { flag: "asc" } });
      return { flags: rows.map((row) => row.flag) };
    };
    const before = await read();
    const away = isOn ? opposites[flag] : flag;
    if (away) await tx.personFlag.deleteMany({ where: { ...keyOf(who), flag: away } });
    if (isOn)
      await tx.personFlag.createMany({
        data: { ...keyOf(who), flag, operatorName: actor.name },
        skipDuplicates: true,
      });
    const after = await read();
    await tell(tx, who);
    return { before, after };
  });
}

function keyOf({ platform, personId, botId }: { platform: string; personId: string; botId: string }) {
  return { platform, personId, botId };
}

/** The person's page, and the rows of the queue that show what is noted of them. */
async function tell(
  tx: Prisma.TransactionClient,
  who: { platform: string; personId: string; botId: string },
): Promise<void> {
  await publishIn(tx, { topic: "person", id: `${who.platform}/${who.personId}`, botId: who.botId, version: 1 });
  const open = await tx.request.findMany({
    where: { applicantId: who.personId, bot: { platform: who.platform }, state: { in: [...openStates] } },
    orderBy: { id: "desc" },
    take: mostOpen,
    select: { id: true, botId: true, version: true },
  });
  for (const { id, botId, version } of open) await publishIn(tx, { topic: "request", id, botId, version });
}
