import type { RequestsQuery } from "./href";
import {
  type RequestAge,
  type RequestKind,
  type RequestSet,
  type RequestState,
  requestAges,
  requestHolders,
  requestKinds,
  requestSets,
  requestStates,
} from "./request";

export type StateFilter = RequestState | "open" | "all";

/** What the API takes to narrow the queue. */
export interface RequestFilterInput {
  state: StateFilter;
  set: RequestSet;
  kind?: RequestKind;
  botId?: string;
  groupId?: string;
  text?: string;
  holder?: string;
  age?: RequestAge;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address of the queue. What is not of the expected kind is left out, so an old link still opens. */
export function readRequestsQuery(parameters: { get(name: string): string | null }): RequestsQuery {
  const idOf = (name: string) => {
    const value = parameters.get(name);
    return value && uuid.test(value) ? value : null;
  };
  return {
    kind: oneOf(requestKinds, parameters.get("kind")),
    state: readState(parameters.get("state")),
    bot: idOf("bot"),
    group: parameters.get("group"),
    text: parameters.get("text"),
    holder: oneOf(requestHolders, parameters.get("holder")) ?? idOf("holder"),
    age: oneOf(requestAges, parameters.get("age")),
    set: oneOf(requestSets, parameters.get("set")),
    open: idOf("open"),
  };
}

function oneOf<const T extends string>(names: readonly T[], value: string | null | undefined): T | null {
  return names.find((name) => name === value) ?? null;
}

function readState(value: string | null | undefined): StateFilter | null {
  return value === "all" ? value : oneOf(requestStates, value);
}

/** The address as the API's filter. Page, browser and saved views build it here, so it means the same to all. */
export function readRequestFilter(query: RequestsQuery): RequestFilterInput {
  const kind = oneOf(requestKinds, query.kind);
  const age = oneOf(requestAges, query.age);
  return {
    state: readState(query.state) ?? "open",
    set: oneOf(requestSets, query.set) ?? "now",
    ...(kind ? { kind } : {}),
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.group ? { groupId: query.group } : {}),
    ...(query.text ? { text: query.text } : {}),
    ...(query.holder ? { holder: query.holder } : {}),
    ...(age ? { age } : {}),
  };
}
