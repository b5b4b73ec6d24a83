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
  | { topic: "batch"; id: string; botId: null; version: number };

/** What the `live` subscription yields: `resync` first and after every reconnect (read everything again), then facts. */
export type LiveEvent = { type: "resync" } | { type: "fact"; fact: Fact };
