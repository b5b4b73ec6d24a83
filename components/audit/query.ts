import type { AuditQuery } from "@/lib/href";
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
 * The address as the API's filter. A time in the address has no zone, because it is the reader's own; it is understood
 * where the reader is, in the browser, and therefore the server page does not read a list with times ahead.
 */
export function readAuditFilter(query: AuditQuery) {
  const outcome = outcomes.find((name) => name === query.outcome);
  const risk = risks.find((name) => name === query.risk);
  return {
    ...(query.actor ? { actorId: query.actor } : {}),
    ...(query.action ? { action: query.action } : {}),
    ...(outcome ? { outcome } : {}),
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.group ? { groupId: query.group } : {}),
    ...(query.person ? { personId: query.person } : {}),
    ...(risk ? { risk } : {}),
    ...(query.from ? { from: new Date(query.from) } : {}),
    ...(query.to ? { to: new Date(query.to) } : {}),
    ...(query.text ? { text: query.text } : {}),
  };
}

export const auditPageSize = 50;
