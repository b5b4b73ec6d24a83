import { v7 as uuid } from "uuid";
import { z } from "zod";
import { DeskError } from "@/lib/errors";
import { paceDefaults } from "@/lib/pace";
import { toLine } from "@/server/audit/line";
import type { Sealer } from "@/server/auth/seal";
import { challengeKeys, forgive, platformSignInKeys, takeAttempt } from "@/server/auth/throttle";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Platform } from "@/server/platforms/row";
import type { Challenge, SignedInAccount, SignIn, SignInAnswer, SignInStart } from "@/server/platforms/sign-in";
import { driverOf } from "./bot";
import { leadsElsewhere, refuseSameName, toConnection, unseal } from "./bot-connection";
import { givenPace, type PaceInput } from "./bot-registry";

interface Parts {
  database: Database;
  sealer: Sealer;
}

interface Where {
  /** A bot that exists; without it one is being made. */
  id?: string | undefined;
  platform: Platform;
  connection: unknown;
}

/** `kept`: with the account and password that are kept for this bot; of it a person only reads the picture. */
export type TypedAnswer = SignInAnswer | { method: "kept"; key: string; code: string };

export interface SignInInput extends Where, PaceInput {
  name: string;
  answer: TypedAnswer;
  /** Keeps account and password, sealed, so that signing in again takes the picture's characters only. */
  keepsPassword: boolean;
  /** The operator knows that an address nobody has becomes a new account over there. */
  mayRegister: boolean;
}

const Kept = z.object({ account: z.string(), password: z.string() });

/**
 * Asks the platform for the picture or the code that signing in takes.
 * @throws DeskError `throttled`, `not_found`, `invalid_input`; what the platform says.
 */
export async function startSignIn(
  parts: Parts,
  operatorId: string,
  input: Where & { start: SignInStart },
  signal: AbortSignal,
): Promise<Challenge> {
  const { signIn, connection } = await place(parts, input);
  const { start } = input;
  const address = start.method === "email" ? start.email : start.method === "mobile" ? start.mobile : null;
  await brake(parts.database, challengeKeys(operatorId, address));
  return await signIn.start({ connection, start, signal });
}

/**
 * Signs the account in with what an operator typed, which is used for this one call. What is kept is what the platform
 * hands out, sealed; account and password only where they chose so. A bot that exists goes on with its history.
 * @throws DeskError `wrong_account` when it is not the bot's account, which is then left as it was; `bot_exists`,
 *   `throttled`, `not_found`, `invalid_input`; what the platform says.
 */
export async function finishSignIn(
  parts: Parts,
  operatorId: string,
  input: SignInInput,
  signal: AbortSignal,
): Promise<{ id: string; accountId: string; nickname: string; needsPassword: boolean }> {
  const { row, signIn, connection } = await place(parts, input);
  const { database } = parts;
  // Before anything is asked over there: a code is good for one try.
  await database.$transaction((tx) => refuseSameName(tx, input.name, row?.id ?? null));
  const answer = input.answer.method === "kept" ? recall(parts.sealer, row, connection, input.answer) : input.answer;
  const isRegistering = signIn.methods.find(({ method }) => method === answer.method)?.registers ?? true;
  if (isRegistering && !input.mayRegister) throw new DeskError("invalid_input", { field: "mayRegister" });
  const keys = platformSignInKeys(operatorId);
  await brake(database, keys);
  const account = await signIn.finish({ connection, answer, signal });
  await forgive(database, keys);
  if (row !== null && row.accountId !== null && row.accountId !== account.accountId)
    throw new DeskError("wrong_account", { expected: row.accountId, found: account.accountId });
  const id = await store(parts, input, { row, connection, answer, account });
  const { accountId, nickname, needsPassword } = account;
  return { id, accountId, nickname, needsPassword };
}

type BotRow = Prisma.BotGetPayload<object>;

async function place(
  { database }: Parts,
  input: Where,
): Promise<{ row: BotRow | null; signIn: SignIn; connection: Prisma.InputJsonObject }> {
  const row = input.id === undefined ? null : await database.bot.findUnique({ where: { id: input.id } });
  if (input.id !== undefined && (!row || row.platform !== input.platform)) throw new DeskError("not_found");
  const driver = driverOf(input.platform);
  if (!driver.signIn) throw new DeskError("invalid_input", { field: "platform" });
  return { row, signIn: driver.signIn, connection: toConnection(driver, input.connection) };
}

async function brake(database: Database, keys: Parameters<typeof takeAttempt>[1]): Promise<void> {
  const seconds = await takeAttempt(database, keys);
  if (seconds > 0) throw new DeskError("throttled", { seconds });
}

/** A kept password goes to the server it was typed for and to no other. */
function recall(
  sealer: Sealer,
  row: BotRow | null,
  connection: unknown,
  { key, code }: { key: string; code: string },
): SignInAnswer {
  if (!row?.sealedSignIn || leadsElsewhere(row.connection, connection))
    throw new DeskError("invalid_input", { field: "answer.password" });
  const { account, password } = Kept.parse(unseal(sealer, contextOf(row.id), row.sealedSignIn));
  return { method: "password", account, password, key, code };
}

const contextOf = (id: string) => `bot:${id}:sign-in`;

async function store(
  { database, sealer }: Parts,
  input: SignInInput,
  found: { row: BotRow | null; connection: Prisma.InputJsonObject; answer: SignInAnswer; account: SignedInAccount },
): Promise<string> {
  const { row, connection, answer, account } = found;
  const id = row?.id ?? uuid();
  const isKept = answer.method === "password" && (input.keepsPassword || input.answer.method === "kept");
  const data = {
    name: input.name,
    connection,
    accountId: account.accountId,
    nickname: toLine(account.nickname, 200),
    // The driver's credentials are an object: its schema is one.
    sealed: sealer.seal(account.credentials as object, `bot:${id}`),
    sealedSignIn: isKept ? sealer.seal({ account: answer.account, password: answer.password }, contextOf(id)) : null,
    ...givenPace(input),
  };
  await database.$transaction(async (tx) => {
    await refuseSameName(tx, input.name, row?.id ?? null);
    await refuseSameAccount(tx, input.platform, account.accountId, connection, row?.id ?? null);
    const after = row
      ? await tx.bot.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
      : await tx.bot.create({ data: { id, platform: input.platform, ...paceDefaults[input.platform], ...data } });
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
  });
  return id;
}

/** Two bots of one account would end each other's connection. The same number on another server is somebody else. */
async function refuseSameAccount(
  tx: Prisma.TransactionClient,
  platform: Platform,
  accountId: string,
  connection: unknown,
  exceptId: string | null,
): Promise<void> {
  const others = await tx.bot.findMany({
    where: { platform, accountId, ...(exceptId ? { id: { not: exceptId } } : {}) },
  });
  const same = others.find((other) => !leadsElsewhere(other.connection, connection));
  if (same) throw new DeskError("bot_exists", { name: same.name });
}
