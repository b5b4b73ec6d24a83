import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import type { EventInput, Recorder } from "@/server/audit/record";
import type { Database } from "@/server/db/client";
import { parseEmail } from "./email";
import { dummyHash, hashPassword, isOutdated, type Verify, verifyPassword } from "./password";
import { strongestRole } from "./role";
import { sessionSeconds } from "./session";
import { forgive, isKnownAddress, signInKeys, takeAttempt, toldKeys } from "./throttle";

export interface SignInInput {
  email: string;
  password: string;
  address: string;
  userAgent: string;
}

export interface SignInPorts {
  database: Database;
  recorder: Recorder;
  /** Replaced in tests, which count the work that an answer costs. */
  verify?: Verify;
}

/**
 * Checks e-mail and password and opens a session row.
 * @throws DeskError `bad_credentials` (the same answer after the same work, whether the account is unknown, disabled or
 *   the password wrong), `throttled` with `seconds`, `not_recorded`: no record, no sign-in.
 */
export async function signIn(
  ports: SignInPorts,
  input: SignInInput,
): Promise<{ operatorId: string; sessionId: string }> {
  const { database, recorder, verify = verifyPassword } = ports;
  const email = parseEmail(input.email);
  const event = toEvent(visitor(input), email);
  const refuse = async (code: ErrorCode, detail: ErrorDetail = {}): Promise<never> => {
    await recorder.refuse(event, code);
    throw new DeskError(code, detail);
  };

  const isKnown = await isKnownAddress(database, email ?? "", input.address);
  const keys = signInKeys(input.email, input.address, isKnown);
  const seconds = await takeAttempt(database, keys);
  if (seconds > 0) {
    const isTold = (await takeAttempt(database, toldKeys(input.address))) === 0;
    if (isTold) return refuse("throttled", { seconds });
    throw new DeskError("throttled", { seconds });
  }

  const operator = await database.operator.findUnique({
    where: { email: email ?? "" },
    select: { id: true, name: true, passwordHash: true, disabledAt: true, grants: { select: { roleId: true } } },
  });
  const isRight = await verify(operator?.passwordHash ?? dummyHash, input.password);
  if (operator === null || operator.disabledAt !== null || !isRight) return refuse("bad_credentials");

  const sessionId = uuid();
  const actor: Actor = {
    ...visitor(input),
    kind: "operator",
    id: operator.id,
    name: operator.name,
    role: strongestRole(operator.grants.map((grant) => grant.roleId)),
    sessionId,
  };
  const open = await recorder.begin({ ...event, actor });
  try {
    await openSession(database, operator, input, sessionId);
  } catch (error) {
    const isRefusal = error instanceof DeskError;
    await recorder.settle(open, {
      outcome: isRefusal ? "DENIED" : "FAILED",
      error: isRefusal ? error.code : "internal",
    });
    throw error;
  }
  await recorder.settle(open, { outcome: "OK" });
  await forgive(database, keys);
  return { operatorId: operator.id, sessionId };
}

/**
 * The operator's row is locked and looked at again: while the password was being verified somebody may have changed it
 * or disabled the operator, and had closed all sessions there were. This one must not come after that.
 */
async function openSession(
  database: Database,
  operator: { id: string; passwordHash: string },
  { password, address, userAgent }: SignInInput,
  sessionId: string,
): Promise<void> {
  const renewed = isOutdated(operator.passwordHash) ? await hashPassword(password) : null;
  await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select "id" from "Operator"
      where "id" = ${operator.id}::uuid and "passwordHash" = ${operator.passwordHash} and "disabledAt" is null
      for update`;
    if (rows.length === 0) throw new DeskError("bad_credentials");
    if (renewed !== null) await tx.operator.update({ where: { id: operator.id }, data: { passwordHash: renewed } });
    await tx.$executeRaw`
      insert into "Session" ("id", "operatorId", "expiresAt", "address", "userAgent")
      values (${sessionId}::uuid, ${operator.id}::uuid, now() + ${sessionSeconds}::int * interval '1 second',
              ${address}, ${userAgent})`;
  });
}

/** Somebody nobody knows yet. */
function visitor({ address, userAgent }: { address: string; userAgent: string }): Actor {
  return { kind: "visitor", id: null, name: "", role: null, sessionId: null, address, userAgent, grants: [] };
}

/** What was typed is kept only where it is a mail address: into the wrong field people type their password. */
function toEvent(actor: Actor, email: string | null): EventInput {
  return { correlationId: uuid(), actor, action: "auth.signIn", risk: "write", target: email };
}
