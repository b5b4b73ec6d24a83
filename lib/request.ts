/** Somebody asking to be let in. */
export const requestKinds = ["friend", "filtered_friend", "group_join", "group_invite"] as const;
export type RequestKind = (typeof requestKinds)[number];

/**
 * How a request stands. `sent`: the platform took the decision and nothing has confirmed it yet. `elsewhere`: somebody
 * decided in the platform's own client or with another tool. `expired`: the platform no longer lists it.
 */
export const requestStates = [
  "waiting",
  "held",
  "sending",
  "sent",
  "confirmed",
  "failed",
  "unknown",
  "elsewhere",
  "expired",
  "ignored",
] as const;
export type RequestState = (typeof requestStates)[number];

/** States in which an operator may decide. `unknown` asks for `again`, because the first decision may have worked. */
export const decidableStates = ["waiting", "failed", "unknown", "ignored"] as const satisfies readonly RequestState[];

/** States that still need a person or the worker: what the queue shows when nothing else is asked for. */
export const openStates = [
  "waiting",
  "held",
  "sending",
  "failed",
  "unknown",
] as const satisfies readonly RequestState[];

/** By whom a request is held: by the operator who asks, by nobody, by somebody else. */
export const requestHolders = ["me", "nobody", "others"] as const;
export type RequestHolder = (typeof requestHolders)[number];

/** Arrived longer ago than that. */
export const requestAges = ["hour", "day", "week"] as const;
export type RequestAge = (typeof requestAges)[number];

/** `now`: without open requests that are snoozed; `later`: those alone. */
export const requestSets = ["now", "later", "all"] as const;
export type RequestSet = (typeof requestSets)[number];

/** Counts of the queue go no further: this number means "this many or more". */
export const mostCounted = 1_000;

/** So many requests a screen asks for one by one; when more changed at once, it reads its pages again. */
export const mostChanged = 100;

export const verbs = ["approve", "deny", "ignore"] as const;
export type Verb = (typeof verbs)[number];

/** A decision's own way. `cancelled`: taken back before it was sent. */
export const decisionStates = ["held", "sending", "sent", "confirmed", "failed", "unknown", "cancelled"] as const;
export type DecisionState = (typeof decisionStates)[number];
