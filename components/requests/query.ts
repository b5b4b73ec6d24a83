import type { RequestsQuery } from "@/lib/href";
import { type RequestKind, type RequestState, requestKinds, requestStates } from "@/lib/request";

export type StateFilter = RequestState | "open" | "all";

/** What the API takes to narrow the queue. */
export interface RequestFilterInput {
  state: StateFilter;
  kind?: RequestKind;
  botId?: string;
  groupId?: string;
  text?: string;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address of the queue. What is not of the expected kind is left out, so an old link still opens. */
export function readRequestsQuery(parameters: { get(name: string): string | null }): RequestsQuery {
  const kind = parameters.get("kind");
  const state = parameters.get("state");
  const bot = parameters.get("bot");
  const open = parameters.get("open");
  return {
    kind: requestKinds.find((name) => name === kind) ?? null,
    state: readState(state),
    bot: bot && uuid.test(bot) ? bot : null,
    group: parameters.get("group"),
    text: parameters.get("text"),
    open: open && uuid.test(open) ? open : null,
  };
}

function readState(value: string | null | undefined): StateFilter | null {
  if (value === "all") return value;
  return requestStates.find((name) => name === value) ?? null;
}

/** The address as the API's filter. Server page and browser build it here, so their cache keys are the same. */
export function readRequestFilter(query: RequestsQuery): RequestFilterInput {
  const kind = requestKinds.find((name) => name === query.kind);
  return {
    state: readState(query.state) ?? "open",
    ...(kind ? { kind } : {}),
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.group ? { groupId: query.group } : {}),
    ...(query.text ? { text: query.text } : {}),
  };
}

/** Rows asked for at once. */
export const pageSize = 50;
