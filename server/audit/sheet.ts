import type { AuditRecord } from "./read";

export const sheetFormats = ["csv", "jsonl"] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** How a file of events is written: what stands before the first, and one event's own text. */
export interface Sheet {
  contentType: string;
  head: string;
  line(record: AuditRecord): string;
}

/** What a program of tables shows, column by column. Times are ISO 8601 in UTC, objects their JSON. */
const columns: Record<string, (record: AuditRecord) => string | number | boolean | null> = {
  id: (row) => row.id,
  at: (row) => row.at.toISOString(),
  actorKind: (row) => row.actorKind,
  actorId: (row) => row.actorId,
  actorName: (row) => row.actorName,
  role: (row) => row.role,
  address: (row) => row.address,
  userAgent: (row) => row.userAgent,
  sessionId: (row) => row.sessionId,
  action: (row) => row.action,
  risk: (row) => row.risk,
  outcome: (row) => row.outcome,
  error: (row) => row.error,
  platformText: (row) => row.platformText,
  repeats: (row) => row.repeats,
  durationMs: (row) => row.durationMs,
  hasDrift: (row) => row.hasDrift,
  botId: (row) => row.bot?.id ?? null,
  botName: (row) => row.bot?.name ?? null,
  platform: (row) => row.platform,
  endpoint: (row) => row.endpoint,
  capability: (row) => row.capability,
  requestId: (row) => row.requestId,
  groupId: (row) => row.groupId,
  personId: (row) => row.personId,
  target: (row) => row.target,
  correlationId: (row) => row.correlationId,
  input: (row) => toText(row.input),
  before: (row) => toText(row.before),
  after: (row) => toText(row.after),
};

/** The columns of the CSV, in their order. */
export const sheetColumns: readonly string[] = Object.keys(columns);

/**
 * What programs of tables take for a formula, in full width too, also behind blanks and invisible characters, which some
 * of them pass over; and what begins with a tab or a line break. Apostrophes before it, so that the guard can be undone.
 */
const formula = /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u;

/** The byte order mark tells Excel that the rest is UTF-8. */
export const byteOrderMark = "\uFEFF";

export const sheets: Record<SheetFormat, Sheet> = {
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    head: `${byteOrderMark}${toCsvLine(sheetColumns)}`,
    line: (record) => toCsvLine(Object.values(columns).map((read) => read(record))),
  },
  jsonl: {
    contentType: "application/jsonl; charset=utf-8",
    head: "",
    line: (record) => `${JSON.stringify(record)}\n`,
  },
};

/** One line of RFC 4180, with its end. Nothing is an empty cell; text that a program would calculate is guarded. */
export function toCsvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text = typeof value === "string" ? guardFormula(value.toWellFormed()) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text with an apostrophe in front if it would be calculated: whoever has that taken off again has the text itself. */
export function guardFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function toText(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
