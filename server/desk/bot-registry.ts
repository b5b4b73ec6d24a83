import { v7 as uuid } from "uuid";
import { DeskError } from "@/lib/errors";
import { type PaceSettings, paceDefaults } from "@/lib/pace";
import type { Sealer } from "@/server/auth/seal";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilUndisturbed } from "@/server/db/retry";
import type { Driver, ProbeResult } from "@/server/platforms/driver";
import { isBeyond, type Platform } from "@/server/platforms/row";
import { refreshAnswers } from "./answers";
import { driverOf, toPace } from "./bot";
import { isSame, leadsElsewhere, refuseSameName, toConnection, unseal } from "./bot-connection";
import { findRow } from "./operation";

/** What makes or changes a bot. `token` and what is left out of the pace keep what is stored; a new bot begins with its platform's pace. */
export interface BotInput extends PaceInput {
  name: string;
  connection: unknown;
  token?: string | undefined;
}

export type PaceInput = { [K in keyof PaceSettings]?: PaceSettings[K] | undefined };

interface Parts {
  database: Database;
  sealer: Sealer;
}

/** Adds a bot and tells every instance to open it. Throws DeskError `invalid_input`, `bot_exists`. */
export async function createBot(parts: Parts, input: BotInput & { platform: Platform }): Promise<{ id: string }> {
  const driver = driverOf(input.platform);
  const connection = toConnection(driver, input.connection);
  const token = input.token ?? "";
  checkToken(driver, token);
  const id = uuid();
  await parts.database.$transaction(async (tx) => {
    await refuseSameName(tx, input.name, null);
    await tx.bot.create({
      data: {
        id,
        name: input.name,
        platform: input.platform,
        connection,
        sealed: token === "" ? null : parts.sealer.seal({ token }, `bot:${id}`),
        ...paceDefaults[input.platform],
        ...givenPace(input),
      },
    });
    await publishIn(tx, { topic: "bot", id, botId: id, version: 1 });
  });
  return { id };
}

/**
 * Changes a bot. Its connection is made anew when how it is reached has changed; a name and a pace leave it standing.
 * Returns what it was, without secrets, for the record. A new address needs
 * the token typed again: else whoever may edit could read a token that nobody is shown, by having it sent to them.
 * @throws DeskError `not_found`, `bot_exists`, `invalid_input` with `field`.
 */
export async function updateBot(parts: Parts, id: string, input: BotInput) {
  return await parts.database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    const driver = driverOf(row.platform);
    await refuseSameName(tx, input.name, id);
    const connection = toConnection(driver, input.connection);
    if (input.token !== undefined) checkToken(driver, input.token);
    else if (row.sealed !== null && leadsElsewhere(row.connection, connection)) {
      // Where one signs in there is no token to type: signing in takes the new address over.
      if (driver.signIn) throw new DeskError("invalid_input", { field: "connection.baseUrl", fault: "sign in there" });
      throw new DeskError("invalid_input", { field: "token", fault: "a new address needs the token typed again" });
    }
    const sealed =
      input.token === undefined
        ? {}
        : { sealed: input.token === "" ? null : parts.sealer.seal({ token: input.token }, `bot:${id}`) };
    const isSamePlace = input.token === undefined && isSame(row.connection, connection);
    const after = await tx.bot.update({
      where: { id },
      data: {
        name: input.name,
        connection,
        ...(isSamePlace ? {} : { version: { increment: 1 } }),
        ...givenPace(input),
        ...sealed,
      },
    });
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
    return {
      before: { name: row.name, connection: row.connection, ...toPace(row) },
      after: {
        name: after.name,
        connection: after.connection,
        ...toPace(after),
        isTokenNew: input.token !== undefined,
      },
    };
  });
}

/**
 * Switches a bot on or off. Off closes its connection in every instance; nothing is lost.
 * @throws DeskError `not_found`, `invalid_input` for one whose sign-in was forgotten.
 */
export async function setBotEnabled(database: Database, id: string, isEnabled: boolean) {
  return await database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    if (isEnabled && row.sealed === null) checkToken(driverOf(row.platform), "");
    const after = await tx.bot.update({ where: { id }, data: { isEnabled, version: { increment: 1 } } });
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
    return { before: { isEnabled: row.isEnabled }, after: { isEnabled } };
  });
}

/**
 * Switches an operation beyond the vendor's document on or off for a bot; its connection stays. Throws DeskError
 * `not_found`, and `unknown_operation` for what the bot's platform does not have or what needs no switching.
 */
export async function setExtra(database: Database, id: string, operation: string, isOn: boolean) {
  return await database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Bot" WHERE "id" = ${id}::uuid FOR UPDATE`;
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    const known = findRow(row.platform, operation);
    if (!known || !isBeyond(known)) throw new DeskError("unknown_operation", { operation });
    const others = row.extras.filter((name) => name !== operation);
    const after = await tx.bot.update({ where: { id }, data: { extras: isOn ? [...others, operation] : others } });
    await refreshAnswers(tx, after);
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
    return { before: { extras: row.extras }, after: { extras: after.extras } };
  });
}

/** Removes a bot with its requests; the record stays. The name has to be typed. Throws `not_found`, `name_mismatch`. */
export async function removeBot(database: Database, id: string, name: string): Promise<void> {
  await untilUndisturbed(() =>
    database.$transaction(async (tx) => {
      const row = await tx.bot.findUnique({ where: { id } });
      if (!row) throw new DeskError("not_found");
      if (row.name !== name.trim()) throw new DeskError("name_mismatch");
      await tx.bot.delete({ where: { id } });
      await publishIn(tx, { topic: "bot", id, botId: id, version: row.version + 1 });
    }),
  );
}

/** "Try connection", for a bot that exists (its stored token, when none is typed) or one that is being made. */
export async function probeBot(
  parts: Parts,
  input: { id?: string | undefined; platform: Platform; connection: unknown; token?: string | undefined },
  signal: AbortSignal,
): Promise<ProbeResult> {
  const driver = driverOf(input.platform);
  const row = input.id === undefined ? null : await parts.database.bot.findUnique({ where: { id: input.id } });
  if (input.id !== undefined && !row) throw new DeskError("not_found");
  const connection = toConnection(driver, input.connection);
  // The stored token goes only where it already goes: sent along with a new address it could be read there.
  const isSamePlace = row !== null && isSame(row.connection, connection);
  const stored =
    row?.sealed && input.token === undefined && isSamePlace ? unseal(parts.sealer, `bot:${row.id}`, row.sealed) : null;
  const credentials = stored ?? toCredentials(input.token);
  return await driver.probe({ connection, credentials, accountId: row?.accountId ?? null, signal });
}

/** A platform without a token is given none, not an empty one. */
function toCredentials(token: string | undefined): { token?: string } {
  return token === undefined || token === "" ? {} : { token };
}

function checkToken(driver: Driver, token: string): void {
  const parsed = driver.credentialsSchema.safeParse(toCredentials(token));
  if (!parsed.success)
    throw new DeskError("invalid_input", { field: "token", fault: parsed.error.issues[0]?.message ?? "" });
}

/** What of a pace was given. */
export function givenPace({ writeGapMs, readLimit, writeLimit }: PaceInput): Partial<PaceSettings> {
  return {
    ...(writeGapMs === undefined ? {} : { writeGapMs }),
    ...(readLimit === undefined ? {} : { readLimit }),
    ...(writeLimit === undefined ? {} : { writeLimit }),
  };
}
