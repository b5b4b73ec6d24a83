import { z } from "zod";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Call } from "../simulators/napcat/call";
import type { Case } from "./crowd";
import type { Ledger } from "./ledger";
import type { Death } from "./reaper";
import { type Announced, answers } from "./trouble";

export type StoredRequest = Prisma.RequestGetPayload<{ include: { decisions: true } }>;
export type StoredDecision = StoredRequest["decisions"][number];
export type StoredBatch = Prisma.BatchGetPayload<{ include: { items: true } }>;
export type StoredEvent = Prisma.AuditEventGetPayload<{ include: { outcome: true } }>;

/** One answer that reached the simulator, with the event that announced it. */
export interface Answer {
  order: number;
  flag: string;
  isApproval: boolean;
  /** Null: no event stood in the record that was not another call's already. */
  event: StoredEvent | null;
  decision: StoredDecision | null;
  /** Whom the simulator let in or turned away because of it; null: nobody. */
  moved: string | null;
}

/** Everything that is known at the end, from the simulator and from the database, before anybody judges it. */
export interface Evidence {
  cases: readonly Case[];
  calls: readonly Call[];
  answers: readonly Answer[];
  requests: readonly StoredRequest[];
  decisions: ReadonlyMap<string, StoredDecision>;
  /** Events that announce an answer. */
  announced: readonly StoredEvent[];
  /** Events of operators' decisions, by `clickKey`. */
  clicks: ReadonlyMap<string, StoredEvent>;
  batches: readonly StoredBatch[];
  /** Requests that somebody holds a living lease on. */
  claimed: readonly string[];
  deaths: readonly Death[];
  ledger: Ledger;
}

interface Sources {
  database: Database;
  cases: readonly Case[];
  calls: readonly Call[];
  witnessed: ReadonlyMap<number, readonly Announced[]>;
  moved: ReadonlyMap<number, string>;
  deaths: readonly Death[];
  ledger: Ledger;
}

/** Reads the database and lays it beside what the simulator has seen. */
export async function gather({ database, witnessed, moved, ...seen }: Sources): Promise<Evidence> {
  const requests = await database.request.findMany({ include: { decisions: { orderBy: { id: "asc" } } } });
  const events = await database.auditEvent.findMany({
    where: { OR: [{ capability: "requests.answer" }, { action: "requests.decide" }] },
    include: { outcome: true },
    orderBy: { id: "asc" },
  });
  const batches = await database.batch.findMany({ include: { items: true } });
  const claims = await database.$queryRaw<{ requestId: string }[]>`
    SELECT "requestId" FROM "Claim" WHERE "expiresAt" > clock_timestamp()`;
  const claimed = claims.map((each) => each.requestId);
  const announced = events.filter((event) => event.capability === "requests.answer");
  const clicks = new Map(events.filter(isClick).map((event) => [clickKey(event), event]));
  const decisions = new Map(requests.flatMap((row) => row.decisions).map((each) => [each.id, each]));
  const byId = new Map(announced.map((event) => [event.id, event]));
  const used = new Set<string>();
  const matched = seen.calls
    .filter((call) => answers.includes(call.action))
    .map((call): Answer => {
      // The newest at that moment: an older one without a call belongs to a desk that died before it could call.
      const newest = witnessed.get(call.order)?.at(-1);
      const event = newest && !used.has(newest.id) ? (byId.get(newest.id) ?? null) : null;
      if (event) used.add(event.id);
      return {
        order: call.order,
        flag: String(call.params.flag),
        isApproval: call.params.approve === true,
        event,
        decision: decisions.get(event?.decisionId ?? "") ?? null,
        moved: moved.get(call.order) ?? null,
      };
    });
  return { ...seen, claimed, batches, requests, decisions, announced, clicks, answers: matched };
}

function isClick(event: StoredEvent): boolean {
  return event.action === "requests.decide";
}

/** One click decides on a request once; in bulk on many. */
export function clickKey(of: { correlationId: string; requestId: string | null }): string {
  return `${of.correlationId} ${of.requestId}`;
}

const Flag = z.object({ flag: z.string() });

/** The platform's handle of a stored request. */
export function flagOf(request: StoredRequest): string {
  return Flag.parse(request.handle).flag;
}

const Again = z.object({ again: z.boolean() });

/** Did the operator say that they know an earlier decision may have worked? */
export function isAgain(click: StoredEvent | undefined): boolean {
  return Again.safeParse(click?.input).data?.again ?? false;
}
