import { v7 as uuid } from "uuid";
import { DeskError } from "@/lib/errors";
import type { Recorder } from "@/server/audit/record";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Logger } from "@/server/log";
import { strongestRole } from "./role";

/**
 * Ends a session for good: its cookie is worthless from now on, on whatever machine a copy of it lies. A session that
 * is over already is left alone and leaves no second line in the record.
 *
 * It goes through even when it cannot be recorded: nobody is kept signed in against their will. The log says so.
 */
export async function signOut(
  { database, recorder, log }: { database: Database; recorder: Recorder; log: Logger },
  sessionId: string,
): Promise<void> {
  const session = await database.session.findFirst({
    where: { id: sessionId, revokedAt: null },
    include: { operator: { select: { name: true, email: true, grants: { select: { roleId: true } } } } },
  });
  if (session === null) return;
  const { operator } = session;
  const open = await recorder
    .begin({
      correlationId: uuid(),
      actor: {
        kind: "operator",
        id: session.operatorId,
        name: operator.name,
        role: strongestRole(operator.grants.map((grant) => grant.roleId)),
        sessionId,
        address: session.address,
        userAgent: session.userAgent,
        grants: [],
      },
      action: "auth.signOut",
      risk: "write",
      target: operator.email,
    })
    .catch((error: unknown) => {
      if (!(error instanceof DeskError)) throw error;
      log.error({ sessionId }, "a sign-out could not be recorded and was carried out");
      return null;
    });
  await database.$transaction(async (tx) => {
    await tx.$executeRaw`update "Session" set "revokedAt" = now() where "id" = ${sessionId}::uuid and "revokedAt" is null`;
    await publishIn(tx, { topic: "session", id: sessionId, botId: null, version: 1 });
  });
  if (open !== null) await recorder.settle(open, { outcome: "OK" });
}
