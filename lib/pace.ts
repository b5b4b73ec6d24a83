/** How hastily one bot may act. Platforms ban accounts that are too quick. */
export interface PaceSettings {
  /** Least time between two writes of one bot, ms: from the beginning and from the end of the one before. */
  writeGapMs: number;
  /** Reads of one bot under way at once. */
  readLimit: number;
  /** Writes of one bot under way at once. More than one lets a slow platform be told several things at a time. */
  writeLimit: number;
}

/** What a new bot of each platform begins with, until somebody who knows the account better chooses something else. */
export const paceDefaults = {
  napcat: { writeGapMs: 400, readLimit: 4, writeLimit: 1 },
  // One helper program on somebody's desktop, and an account that it acts for.
  chat68: { writeGapMs: 800, readLimit: 2, writeLimit: 1 },
  // A server of one's own: nobody is banned for being quick, and the token is renewed with every call.
  im: { writeGapMs: 200, readLimit: 4, writeLimit: 1 },
  // A person's account by a way that its vendor did not mean for programs.
  yunhu: { writeGapMs: 800, readLimit: 2, writeLimit: 1 },
} as const satisfies Record<string, PaceSettings>;

/** The bounds of each setting. A minute between two writes is slow enough for anybody. */
export const paceBounds = {
  writeGapMs: { least: 0, most: 60_000 },
  readLimit: { least: 1, most: 16 },
  writeLimit: { least: 1, most: 4 },
} as const satisfies Record<keyof PaceSettings, { least: number; most: number }>;
