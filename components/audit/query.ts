import type { AuditQuery } from "@/lib/href";
import { fromLocalTime } from "@/lib/local-time";
import { risks } from "@/lib/risk";

export const outcomes = ["STARTED", "OK", "FAILED", "UNKNOWN", "DENIED"] as const;
export type Outcome = (typeof outcomes)[number];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const localTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?$/;

/** Reads the address of the record; what is not of the expected kind is left out, so an old link still opens. */
export function readAuditQuery(parameters: { get(name: string): string | null }): AuditQuery {
  const id = (name: string) => {
    const value = parameters.get(name);
    return value && uuid.test(value) ? value : null;
  };
  const time = (name: string) => {
    const value = parameters.get(name);
    return value && localTime.test(value) ? value : null;
  };
  return {
    actor: id("actor"),
    action: parameters.get("action"),
    outcome: outcomes.find((name) => name === parameters.get("outcome")) ?? null,
    bot: id("bot"),
    group: parameters.get("group"),
    person: parameters.get("person"),
    risk: risks.find((name) => name === parameters.get("risk")) ?? null,
    from: time("from"),
    to: time("to"),
    text: parameters.get("text"),
    open: id("open"),
    tail: parameters.get("tail") === "on" ? "on" : null,
  };
}

/**
 * The address as the API's filter. A time in the address has no zone, because it is the reader's own.
 * @param zone the reader's, as an IANA name.
 */
export function readAuditFilter(query: AuditQuery, zone: string) {
  const outcome = outcomes.find((name) => name === query.outcome);
  const risk = risks.find((name) => name === query.risk);
  const from = query.from ? fromLocalTime(query.from, zone) : null;
  const to = query.to ? fromLocalTime(query.to, zone) : null;
  return {
    ...(query.actor ? { actorId: query.actor } : {}),
    ...(query.action ? { action: query.action } : {}),
    ...(outcome ? { outcome } : {}),
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.group ? { groupId: query.group } : {}),
    ...(query.person ? { personId: query.person } : {}),
    ...(risk ? { risk } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(query.text ? { text: query.text } : {}),
  };
}

export const auditPageSize = 50;
