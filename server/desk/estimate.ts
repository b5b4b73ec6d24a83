/** A bot's share of many decisions that are to be sent, and how long that takes at its pace. */
export interface Share {
  botId: string;
  name: string;
  count: number;
  seconds: number;
}

/** How long `count` calls of a bot take when it leaves `writeGapMs` between two of them, seconds. */
export function secondsFor(count: number, writeGapMs: number): number {
  return Math.ceil((count * writeGapMs) / 1_000);
}

/** Bots act beside each other: the whole lasts as long as its longest share. */
export function longest(shares: readonly { seconds: number }[]): number {
  return shares.reduce((most, { seconds }) => Math.max(most, seconds), 0);
}
