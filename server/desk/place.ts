/** A place that was taken: `signal` aborts when somebody else has got it, `leave` gives it back. */
export interface Place {
  signal: AbortSignal;
  leave(): void;
}

/** Streams that one operator may hold open in this instance: far more than anybody has tabs. */
export const maximumStreams = 32;

/**
 * A few places for each owner, so that none can hold thousands. Whoever comes when all are taken gets the place of the
 * one who has been there longest: that one is most likely a tab that died without a word.
 */
export class Places {
  private readonly taken = new Map<string, AbortController[]>();

  constructor(private readonly limit: number = maximumStreams) {}

  take(owner: string): Place {
    const places = this.taken.get(owner) ?? [];
    this.taken.set(owner, places);
    const own = new AbortController();
    places.push(own);
    if (places.length > this.limit) places.shift()?.abort();
    return {
      signal: own.signal,
      leave: () => {
        const at = places.indexOf(own);
        if (at >= 0) places.splice(at, 1);
        if (places.length === 0 && this.taken.get(owner) === places) this.taken.delete(owner);
      },
    };
  }
}
