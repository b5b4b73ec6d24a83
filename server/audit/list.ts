import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

export type AuditOutcomeName = "STARTED" | "OK" | "FAILED" | "UNKNOWN" | "DENIED";

/** What the record can be narrowed to. Ids as strings; `from` inclusive, `to` exclusive; `text` is looked for in names and targets. */
export interface AuditFilter {
  actorId?: string | undefined;
  action?: string | undefined;
  outcome?: AuditOutcomeName | undefined;
  botId?: string | undefined;
  groupId?: string | undefined;
  personId?: string | undefined;
  platform?: string | undefined;
  risk?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  text?: string | undefined;
}

/** One line as a screen shows it. */
export interface AuditRow {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  role: string | null;
  address: string | null;
  userAgent: string | null;
  sessionId: string | null;
  action: string;
  risk: string;
  bot: { id: string; name: string } | null;
  platform: string | null;
  endpoint: string | null;
  capability: string | null;
  requestId: string | null;
  groupId: string | null;
  personId: string | null;
  target: string | null;
  outcome: AuditOutcomeName;
  error: string | null;
  platformText: string | null;
  durationMs: number | null;
  hasDrift: boolean;
  correlationId: string;
  /** How often the same refusal of the same actor came again within the minute. */
  repeats: number;
}

export const withOutcome = { include: { outcome: true } } as const;
type Stored = Prisma.AuditEventGetPayload<typeof withOutcome>;

/** Which events an operator may read: everything, or those of some bots. Never the desk's own under a bot's grant. */
export type AuditScope = "all" | string[];

/** The filter and the scope as a condition; a text is also looked for in what a refusal was about when it came again. */
export async function findMatching(
  database: Database,
  filter: AuditFilter,
  scope: AuditScope,
): Promise<Prisma.AuditEventWhereInput> {
  if (!filter.text) return matching(filter, scope, []);
  const repeats = await database.auditRepeat.groupBy({
    by: ["eventId"],
    where: { target: { contains: filter.text, mode: "insensitive" } },
    orderBy: { eventId: "desc" },
    take: maximumRepeated,
  });
  return matching(
    filter,
    scope,
    repeats.map(({ eventId }) => eventId),
  );
}

/** Refusals that a text is found in only when they came again: the newest so many are shown. */
const maximumRepeated = 1_000;

/** An event's id is made with its time in the same breath; so far apart they never are, ms. */
const apartMs = 60_000;

/** A date may name times that no event carries and that PostgreSQL cannot read; the nearest that it can means the same. */
function bounded(date: Date | undefined): Date | undefined {
  return date && new Date(Math.min(Math.max(0, date.getTime()), Date.UTC(9_999, 11, 31)));
}

/** The lowest id of that moment. Ids begin with their time: a bound on them is found by every index, one on `at` by none. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

function matching(filter: AuditFilter, scope: AuditScope, repeated: string[]): Prisma.AuditEventWhereInput {
  const and: Prisma.AuditEventWhereInput[] = [];
  if (scope !== "all") and.push({ botId: { in: scope } });
  if (filter.actorId) and.push({ actorId: filter.actorId });
  if (filter.action) and.push({ action: filter.action });
  if (filter.botId) and.push({ botId: filter.botId });
  if (filter.groupId) and.push({ groupId: filter.groupId });
  if (filter.personId) and.push({ personId: filter.personId });
  if (filter.platform) and.push({ platform: filter.platform });
  if (filter.risk) and.push({ risk: filter.risk });
  const [from, to] = [bounded(filter.from), bounded(filter.to)];
  if (from) and.push({ at: { gte: from } }, { id: { gte: firstIdAt(from.getTime() - apartMs) } });
  if (to) and.push({ at: { lt: to } }, { id: { lt: firstIdAt(to.getTime() + apartMs) } });
  if (filter.outcome === "STARTED") and.push({ outcome: { is: null } });
  else if (filter.outcome) and.push({ outcome: { is: { outcome: filter.outcome } } });
  if (filter.text) {
    const contains = { contains: filter.text, mode: "insensitive" } as const;
    and.push({
      OR: [
        { actorName: contains },
        { target: contains },
        { action: contains },
        { endpoint: contains },
        { groupId: filter.text },
        { personId: filter.text },
        ...(repeated.length > 0 ? [{ id: { in: repeated } }] : []),
      ],
    });
  }
  return { AND: and };
}

/** A refusal that came again is told by the count of the first one, not by a line of its own. */
export const isLine = { NOT: { outcome: { is: { isRepeat: true } } } } satisfies Prisma.AuditEventWhereInput;

/** A page of the record, newest first. `cursor` is the last id of the page before; `next` null means the end. */
export async function listEvents(
  database: Database,
  filter: AuditFilter,
  scope: AuditScope,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditRow[]; next: string | null }> {
  const conditions = await findMatching(database, filter, scope);
  const rows = await database.auditEvent.findMany({
    where: { AND: [conditions, isLine, ...(page.cursor ? [{ id: { lt: page.cursor } }] : [])] },
    orderBy: { id: "desc" },
    take: page.limit + 1,
    ...withOutcome,
  });
  const items = await withRepeats(database, rows.slice(0, page.limit).map(toAuditRow));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** More newer events than this are not counted. */
const maximumNewer = 100;

/** How many events under the filter came after the newest one seen; at most 100, which says "100 or more". */
export async function countNewer(
  database: Database,
  filter: AuditFilter,
  scope: AuditScope,
  after: string,
): Promise<{ count: number }> {
  const newer = await database.auditEvent.findMany({
    where: { AND: [await findMatching(database, filter, scope), isLine, { id: { gt: after } }] },
    orderBy: { id: "desc" },
    take: maximumNewer,
    select: { id: true },
  });
  return { count: newer.length };
}

/** Fills in how often each was repeated. Only refusals ever are: a page without one asks nothing. */
export async function withRepeats(database: Database, rows: AuditRow[]): Promise<AuditRow[]> {
  const refused = rows.filter((row) => row.outcome === "DENIED").map((row) => row.id);
  if (refused.length === 0) return rows;
  const counts = await database.auditRepeat.groupBy({
    by: ["eventId"],
    where: { eventId: { in: refused } },
    _count: { _all: true },
  });
  const repeats = new Map(counts.map((each) => [each.eventId, each._count._all]));
  return rows.map((row) => ({ ...row, repeats: repeats.get(row.id) ?? 0 }));
}

export function toAuditRow(row: Stored): AuditRow {
  return {
    id: row.id,
    at: row.at,
    actorKind: row.actorKind,
    actorId: row.actorId,
    actorName: row.actorName,
    role: row.role,
    address: row.address,
    userAgent: row.userAgent,
    sessionId: row.sessionId,
    action: row.action,
    risk: row.risk,
    bot: row.botId === null ? null : { id: row.botId, name: row.botName ?? row.botId },
    platform: row.platform,
    endpoint: row.endpoint,
    capability: row.capability,
    requestId: row.requestId,
    groupId: row.groupId,
    personId: row.personId,
    target: row.target,
    // The column holds what `settle` and `refuse` wrote: one of the four names.
    outcome: (row.outcome?.outcome ?? "STARTED") as AuditOutcomeName,
    error: row.outcome?.error ?? null,
    platformText: row.outcome?.platformText ?? null,
    durationMs: row.outcome?.durationMs ?? null,
    hasDrift: row.outcome?.hasDrift ?? false,
    correlationId: row.correlationId,
    repeats: 0,
  };
}
