import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { createToken, hashToken, isSameHash } from "@/server/auth/token";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Claim, Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { toConflict } from "./conflict";
import { lockRequest } from "./move";
import { isDecidable } from "./row";

/** How long a lease lasts without being renewed, ms. */
export const leaseMs = 300_000;

/** Who held a request, as the record keeps it. */
export interface ClaimHolder {
  holder: string | null;
  until: Date | null;
}

/** A lease just taken. The token is told here and never again; the database has only its hash. */
export interface ClaimTaken {
  token: string;
  expiresAt: Date;
  before: ClaimHolder;
  after: ClaimHolder;
}

const nobody: ClaimHolder = { holder: null, until: null };

/**
 * Takes the lease on a request for one tab of an operator: a free one, one whose time is over, the operator's own of an
 * older tab (which is late from then on), or, with a reason, a colleague's. The fact goes out with the commit.
 * @throws DeskError `not_found`, `conflict` or `already_decided` (there is nothing left to decide), `claimed` with `by`
 *   and `until` (somebody else holds it and no reason was given), `signed_out` (nobody who could hold it).
 */
export async function claimRequest(
  database: Database,
  actor: Actor,
  input: { id: string; tab: string; reason?: string | undefined },
): Promise<ClaimTaken> {
  const operatorId = actor.id;
  if (operatorId === null) throw new DeskError("signed_out");
  const token = createToken();
  return await database.$transaction(async (tx) => {
    await lockRequest(tx, input.id);
    const request = await tx.request.findUnique({ where: { id: input.id } });
    if (!request) throw new DeskError("not_found");
    if (!isDecidable(request.state)) throw await toConflict(tx, request);
    const now = await readClock(tx);
    const held = await liveClaim(tx, request.id, now);
    if (held && held.operatorId !== operatorId && input.reason === undefined) throw toClaimed(held, operatorId);
    const lease = {
      operatorId,
      operatorName: actor.name,
      tokenHash: hashToken(token),
      tab: input.tab,
      takenAt: now,
      expiresAt: new Date(now.getTime() + leaseMs),
    };
    await tx.claim.upsert({
      where: { requestId: request.id },
      create: { requestId: request.id, ...lease },
      update: lease,
    });
    await publishIn(tx, { topic: "request", id: request.id, botId: request.botId, version: request.version });
    return {
      token,
      expiresAt: lease.expiresAt,
      before: held ? { holder: held.operatorName, until: held.expiresAt } : nobody,
      after: { holder: actor.name, until: lease.expiresAt },
    };
  });
}

/**
 * Gives a lease back. Who no longer holds it changes nothing and is told so: giving back late is no fault.
 * @returns whether it was held until now.
 */
export async function releaseClaim(database: Database, id: string, token: string): Promise<boolean> {
  const tokenHash = hashToken(token);
  // The hash is of 256 random bits, so looking it up gives nothing away.
  return (await database.$transaction((tx) => endClaims(tx, { requestId: id, tokenHash }))) > 0;
}

/**
 * Ends the leases that match, and tells the screens with the commit.
 * @returns how many there were.
 */
export async function endClaims(tx: Prisma.TransactionClient, where: Prisma.ClaimWhereInput): Promise<number> {
  // In one order, so that two who end the same ones cannot wait for each other.
  const claims = await tx.claim.findMany({
    where,
    select: { requestId: true, tokenHash: true },
    orderBy: { requestId: "asc" },
  });
  let ended = 0;
  for (const { requestId, tokenHash } of claims) {
    // Somebody may have taken it over since it was read: that one stays.
    const { count } = await tx.claim.deleteMany({ where: { requestId, tokenHash } });
    if (count > 0) await publishClaim(tx, requestId);
    ended += count;
  }
  return ended;
}

/** A lease as a decision meets it. */
export type Lease = Pick<Claim, "operatorId" | "operatorName" | "tokenHash" | "tab" | "takenAt" | "expiresAt">;

/**
 * May this operator decide, as far as leases go? Asked by `decide` under the request's lock; the lease ends with the
 * decision. Without a token one must be free: the lock is the lease of that moment.
 * @param held the lease that counts now.
 * @param by `tab` null: the operator shows none, so that their own lease of any tab is another's. `"any"`: each of
 *   their own tabs counts (what they do to many requests at once).
 * @throws DeskError `claimed` with `by` and `until` (held by somebody else or in another tab, and no token shown),
 *   `claim_lost` with `by` and `at` (the token is not the living one: taken over, expired or given back).
 */
export function checkLease(
  held: Lease | null,
  by: { operatorId: string | null; token: string | null; tab: string | null },
): void {
  const isMine = held !== null && held.operatorId === by.operatorId;
  if (by.token !== null) {
    // Shown by who it was not given to, a token opens nothing.
    if (!isMine || !isSameHash(held.tokenHash, hashToken(by.token))) throw toLost(held, by.operatorId);
  } else if (held && !(isMine && (by.tab === "any" || by.tab === held.tab))) throw toClaimed(held, by.operatorId);
}

/** The lease that counts at `now`, locked for the rest of the transaction: nobody renews or gives it back meanwhile. */
async function liveClaim(tx: Prisma.TransactionClient, requestId: string, now: Date): Promise<Claim | null> {
  await tx.$queryRaw`SELECT 1 FROM "Claim" WHERE "requestId" = ${requestId}::uuid FOR UPDATE`;
  return await tx.claim.findUnique({ where: { requestId, expiresAt: { gt: now } } });
}

/** Screens read a request again when its holder changes; its version stays, for nothing was decided. */
export async function publishClaim(tx: Prisma.TransactionClient, requestId: string): Promise<void> {
  const request = await tx.request.findUnique({ where: { id: requestId }, select: { botId: true, version: true } });
  if (request) await publishIn(tx, { topic: "request", id: requestId, ...request });
}

/** What a lease says to who may not decide because of it. */
export function toClaimed(
  held: Pick<Claim, "operatorId" | "operatorName" | "expiresAt">,
  operatorId: string | null,
): DeskError {
  const found = held.operatorId === operatorId ? "own" : "taken";
  return new DeskError("claimed", { by: held.operatorName, until: held.expiresAt.toISOString(), found });
}

/** `found` chooses the text: a colleague has it now, another tab of one's own, or nobody. */
function toLost(held: Lease | null, operatorId: string | null): DeskError {
  if (held === null) return new DeskError("claim_lost", { by: null, at: null, found: "none" });
  const found = held.operatorId === operatorId ? "own" : "taken";
  return new DeskError("claim_lost", { by: held.operatorName, at: held.takenAt.toISOString(), found });
}
