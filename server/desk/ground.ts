import type { Prisma } from "@/server/db/generated/client";
import type { Answers } from "@/server/platforms/arrival";
import type { Lease } from "./claim";
import { type Preferences, preferenceKeys, toPreferences } from "./preference";
import { toAnswers } from "./row";
import { twinStates } from "./twin";

/** Everything a decision on a request depends on, read at one moment. */
export interface Ground {
  id: string;
  botId: string;
  botName: string;
  kind: string;
  state: string;
  version: number;
  answers: Answers;
  applicantId: string;
  applicantName: string;
  groupId: string | null;
  groupName: string | null;
  closedBy: string | null;
  closedAt: Date | null;
  /** Somebody has decided on the version the operator saw, or on a later one. */
  isDecided: boolean;
  /** The lease that counts now. */
  lease: Lease | null;
  twin: { id: string; applicantId: string; applicantName: string } | null;
  preferences: Preferences;
  /** By the database's clock, as everything this is compared with: instances may have clocks of their own. */
  now: Date;
}

type Row = Omit<Ground, "answers" | "lease" | "twin" | "preferences"> &
  Omit<Lease, "operatorId"> & {
    answers: Prisma.JsonValue;
    settings: Record<string, Prisma.JsonValue> | null;
    leaseOf: string | null;
    twinId: string | null;
    twinApplicantId: string;
    twinApplicantName: string;
  };

/**
 * Reads it in one statement: it runs for each decision, a thousand times in a batch. The request must be locked before
 * (desk/move.ts), by an earlier statement: this one sees what was committed until then. OFFSET 0 keeps the planner from
 * looking for the twin through all of a bot's open requests.
 * @returns null when there is no such request.
 */
export async function readGround(
  tx: Prisma.TransactionClient,
  seen: { id: string; version: number },
): Promise<Ground | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT r."id", r."botId", bot."name" AS "botName", r."kind", r."state", r."version", r."answers", r."applicantId",
      r."applicantName", r."groupId", r."groupName", r."closedBy", r."closedAt", clock_timestamp() AS "now",
      EXISTS (
        SELECT 1 FROM "Decision" d
        WHERE d."requestId" = r."id" AND d."version" >= ${seen.version}::int AND d."state" <> 'cancelled'
      ) AS "isDecided",
      (SELECT jsonb_object_agg(s."key", s."value") FROM "Setting" s WHERE s."key" = ANY(${preferenceKeys})) AS "settings",
      c."operatorId" AS "leaseOf", c."operatorName", c."tokenHash", c."tab", c."takenAt", c."expiresAt",
      twin."id" AS "twinId", twin."applicantId" AS "twinApplicantId", twin."applicantName" AS "twinApplicantName"
    FROM "Request" r JOIN "Bot" bot ON bot."id" = r."botId"
      LEFT JOIN "Claim" c ON c."requestId" = r."id" AND c."expiresAt" > clock_timestamp()
      LEFT JOIN LATERAL (
        SELECT t."id", t."applicantId", t."applicantName" FROM (
          SELECT * FROM "Request" WHERE "botId" = r."botId" AND "twinKey" = r."twinKey" OFFSET 0
        ) t
        WHERE t."id" <> r."id" AND t."applicantId" <> r."applicantId" AND t."state" = ANY(${[...twinStates]}::text[])
        LIMIT 1
      ) twin ON TRUE
    WHERE r."id" = ${seen.id}::uuid`;
  if (!row) return null;
  const { answers, settings, leaseOf, operatorName, tokenHash, tab, takenAt, expiresAt, ...rest } = row;
  const { twinId, twinApplicantId, twinApplicantName, ...request } = rest;
  return {
    ...request,
    answers: toAnswers(answers),
    lease: leaseOf === null ? null : { operatorId: leaseOf, operatorName, tokenHash, tab, takenAt, expiresAt },
    twin: twinId === null ? null : { id: twinId, applicantId: twinApplicantId, applicantName: twinApplicantName },
    preferences: toPreferences(settings ?? {}),
  };
}
