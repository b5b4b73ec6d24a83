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
}

const withOutcome = { include: { outcome: true } } as const;
type Stored = Prisma.AuditEventGetPayload<typeof withOutcome>;

/** Which events an operator may read: everything, or those of some bots. Never the desk's own under a bot's grant. */
export type AuditScope = "all" | string[];

function where(filter: AuditFilter, scope: AuditScope): Prisma.AuditEventWhereInput {
  const and: Prisma.AuditEventWhereInput[] = [];
  if (scope !== "all") and.push({ botId: { in: scope } });
  if (filter.actorId) and.push({ actorId: filter.actorId });
  if (filter.action) and.push({ action: filter.action });
  if (filter.botId) and.push({ botId: filter.botId });
  if (filter.groupId) and.push({ groupId: filter.groupId });
  if (filter.personId) and.push({ personId: filter.personId });
  if (filter.risk) and.push({ risk: filter.risk });
  if (filter.from) and.push({ at: { gte: filter.from } });
  if (filter.to) and.push({ at: { lt: filter.to } });
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
      ],
    });
  }
  return { AND: and };
}

/** A page of the record, newest first. `cursor` is the last id of the page before; `next` null means the end. */
export async function listEvents(
  database: Database,
  filter: AuditFilter,
  scope: AuditScope,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditRow[]; next: string | null }> {
  const conditions = where(filter, scope);
  const rows = await database.auditEvent.findMany({
    where: page.cursor ? { AND: [conditions, { id: { lt: page.cursor } }] } : conditions,
    orderBy: { id: "desc" },
    take: page.limit + 1,
    ...withOutcome,
  });
  const items = rows.slice(0, page.limit).map(toAuditRow);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** One event with its input, before and after, and every event of the same click; null when the scope does not hold it. */
export async function getEvent(database: Database, id: string, scope: AuditScope) {
  const visible = where({}, scope);
  const row = await database.auditEvent.findFirst({ where: { AND: [visible, { id }] }, ...withOutcome });
  if (!row) return null;
  const siblings = await database.auditEvent.findMany({
    where: { AND: [visible, { correlationId: row.correlationId }] },
    orderBy: { id: "asc" },
    take: 200,
    ...withOutcome,
  });
  return {
    ...toAuditRow(row),
    input: row.input,
    before: row.outcome?.before ?? null,
    after: row.outcome?.after ?? null,
    siblings: siblings.map(toAuditRow),
  };
}

function toAuditRow(row: Stored): AuditRow {
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
  };
}
