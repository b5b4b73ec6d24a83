/** How large a soak is. */
export interface Scale {
  operators: number;
  requests: number;
  /** How often the desk's process is killed and started again. */
  kills: number;
  /** How long a decision can be taken back, s: the desk's setting. */
  undoSeconds: number;
  /** Least time between two writes of the bot, ms: the bot's setting. */
  writeGapMs: number;
  /** Leaves out what the desk needs long to give up on. */
  isBrief: boolean;
  /** After so long it is given up, ms. A limit for a hang, not an expectation. */
  limitMs: number;
  /** The same for the desk's coming to rest: what is not true by then, stays untrue. */
  restMs: number;
}

/** `npm run soak`. */
export const long: Scale = {
  operators: 20,
  requests: 200,
  kills: 22,
  undoSeconds: 2,
  writeGapMs: 100,
  isBrief: false,
  limitMs: 40 * 60_000,
  restMs: 5 * 60_000,
};

/** In `npm test`. */
export const short: Scale = {
  operators: 4,
  requests: 30,
  kills: 3,
  undoSeconds: 1,
  writeGapMs: 10,
  isBrief: true,
  limitMs: 300_000,
  restMs: 120_000,
};
