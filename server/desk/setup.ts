import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { createOperator, type Person, preparePerson } from "@/server/auth/person";
import { forgive, setupKeys, takeAttempt } from "@/server/auth/throttle";
import { createToken, hashToken, isSameHash } from "@/server/auth/token";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

const tokenKey = "setup.tokenHash";
/** Its row is written with the first owner and never removed: it closes set-up for ever. */
const doneKey = "setup.done";

/**
 * Makes the one-time token that guards set-up, to be printed in the terminal, and forgets the one of an earlier start.
 * Null once there is an owner. Of instances that start together the last one's token counts.
 */
export async function prepareSetup(database: Database): Promise<string | null> {
  if ((await readSetupStatus(database)).isSetUp) return null;
  const token = createToken();
  const value = hashToken(token);
  await database.setting.upsert({ where: { key: tokenKey }, create: { key: tokenKey, value }, update: { value } });
  return token;
}

/** Has the first owner been made? */
export async function readSetupStatus(database: Database): Promise<{ isSetUp: boolean }> {
  return { isSetUp: await isSetUp(database) };
}

/**
 * Makes the first owner. Of two at the same moment one wins.
 * @throws DeskError `setup_done`, `setup_token` (wrong), `throttled` with `seconds`, `weak_password`.
 */
export async function createFirstOwner(
  database: Database,
  actor: Actor,
  input: Person & { token: string },
): Promise<{ operatorId: string; email: string }> {
  if (await isSetUp(database)) throw new DeskError("setup_done");
  const keys = setupKeys(actor.address ?? "unknown");
  const seconds = await takeAttempt(database, keys);
  if (seconds > 0) throw new DeskError("throttled", { seconds });
  const stored = await database.setting.findUnique({ where: { key: tokenKey } });
  if (!isSameHash(hashToken(input.token), String(stored?.value ?? ""))) throw new DeskError("setup_token");
  await forgive(database, keys);

  const person = await preparePerson(input);
  return await database.$transaction(async (tx) => {
    // The second of two waits here for the first to commit, and then finds the row.
    const { count } = await tx.setting.createMany({ data: { key: doneKey, value: true }, skipDuplicates: true });
    if (count === 0 || (await tx.operator.count()) > 0) throw new DeskError("setup_done");
    const operatorId = uuid();
    await createOperator(tx, operatorId, person, { roleId: "owner", botId: null });
    await tx.setting.deleteMany({ where: { key: tokenKey } });
    return { operatorId, email: person.email };
  });
}

/** Operators count too: a database that has some is no fresh installation, whatever became of the row. */
async function isSetUp(tx: Prisma.TransactionClient): Promise<boolean> {
  if ((await tx.setting.findUnique({ where: { key: doneKey } })) !== null) return true;
  return (await tx.operator.findFirst({ select: { id: true } })) !== null;
}
