/** Where a message stands in its conversation: by time, then among those of one moment, then by the desk's own id. */
export interface MessagePlace {
  at: Date;
  rank: number;
  id: string;
}

/** Below 0: `a` is the older. */
export function compareMessages(a: MessagePlace, b: MessagePlace): number {
  return a.at.getTime() - b.at.getTime() || a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What a page of older messages is asked for with: the place of the oldest one that is known. */
export function toMessageCursor({ at, rank, id }: MessagePlace): string {
  return `${at.getTime()}:${rank}:${id}`;
}
