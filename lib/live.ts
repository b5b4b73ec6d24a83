/**
 * A small fact that something changed: what travels on the bus between instances and, filtered by what the operator
 * may see, to the browsers. It never carries data; who hears it reads again with their own permissions.
 */
export type Fact =
  | { topic: "request"; id: string; botId: string; version: number }
  | { topic: "bot"; id: string; botId: string; version: number }
  | { topic: "audit"; id: string; botId: string | null; version: number }
  | { topic: "operator"; id: string; botId: null; version: number }
  | { topic: "decision"; id: string; botId: string; version: number }
  | { topic: "session"; id: string; botId: null; version: number }
  | { topic: "presence"; id: string; botId: null; version: number }
  | { topic: "setting"; id: string; botId: null; version: number }
  | { topic: "batch"; id: string; botId: null; version: number }
  /** A list of a platform was read again (`Roster`): groups, friends, or the members of a group. */
  | { topic: "roster"; id: string; botId: string; version: number }
  /** Something was said, recalled, read or settled in a conversation. */
  | { topic: "conversation"; id: string; botId: string; version: number }
  /** An act over many members goes on. */
  | { topic: "task"; id: string; botId: string; version: number }
  /** What operators noted of a person. */
  | { topic: "person"; id: string; botId: string; version: number }
  /** Files or notices of a group were changed from here. */
  | { topic: "shelf"; id: string; botId: string; version: number }
  | { topic: "view"; id: string; botId: null; version: number };

/**
 * What the `live` subscription yields: `resync` (read everything again) first, unless it is told since when, and after
 * every gap; then facts.
 */
export type LiveEvent = { type: "resync" } | { type: "fact"; fact: Fact };
