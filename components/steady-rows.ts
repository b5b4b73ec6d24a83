"use client";

import { useCallback, useMemo, useState } from "react";

/** So many rows are read at once, as they come into sight. */
export const windowSize = 100;

/** A row as it is drawn; `isGone`: it was here when the order was taken, and is not any more. */
export type Steady<Row> = Row & { isGone: boolean };

const none: readonly string[] = [];

/**
 * An order of rows that stays while the list changes: who is new is counted (`fresh`) and waits until `showFresh`. An
 * empty list has nothing to move and fills by itself.
 * @param key names the list: another one is in an order of its own.
 * @param latest its ids as they are by now; undefined while they are not known.
 * @param first the ids of the first rows, drawn until then.
 */
export function useSteadyOrder(key: string, latest: readonly string[] | undefined, first: readonly string[] = none) {
  const [shown, setShown] = useState<{ key: string; ids: readonly string[] } | null>(null);
  const isTaken = shown?.key === key;
  if (latest && (!isTaken || (shown.ids.length === 0 && latest.length > 0))) setShown({ key, ids: latest });
  const ids = isTaken ? shown.ids : first;
  const [range, setRange] = useState({ first: 0, last: windowSize - 1 });
  const windows = useMemo(() => {
    const [from, to] = [Math.floor(range.first / windowSize), Math.floor(range.last / windowSize)];
    return Array.from({ length: to - from + 1 }, (_, at) =>
      ids.slice((from + at) * windowSize, (from + at + 1) * windowSize),
    ).filter((some) => some.length > 0);
  }, [ids, range]);
  const fresh = useMemo(() => {
    if (!latest || !isTaken) return 0;
    const old = new Set(ids);
    return latest.filter((id) => !old.has(id)).length;
  }, [latest, isTaken, ids]);
  const onRange = useCallback((start: number, last: number) => {
    setRange((now) => {
      const same = (a: number, b: number) => Math.floor(a / windowSize) === Math.floor(b / windowSize);
      return same(now.first, start) && same(now.last, last) ? now : { first: start, last };
    });
  }, []);
  return {
    ids,
    /** Is the whole order known, and not the first rows only? */
    isTaken,
    windows,
    onRange,
    fresh,
    showFresh: () => {
      if (latest) setShown({ key, ids: latest });
    },
  };
}

interface Read<Row> {
  data: readonly Row[] | undefined;
  isPlaceholderData: boolean;
}

/**
 * What was read of the rows, by id: what was read of one stays known while it is out of sight, and one that leaves stays
 * as gone.
 * @param read what each of the windows answered.
 * @param blank draws one that was gone before it was read; without it a ghost stands there.
 */
export function useKnownRows<Row>(
  windows: readonly (readonly string[])[],
  first: Read<Row>,
  read: readonly Read<Row>[],
  idOf: (row: Row) => string,
  blank?: (id: string) => Row,
): ReadonlyMap<string, Steady<Row>> {
  // Beside the state: an answer is learnt as it is drawn, and once. What did not change stays the same object.
  const [known] = useState(() => new Map<string, Steady<Row>>());
  const [source] = useState(() => new Map<string, Row>());
  const [learnt] = useState(() => new WeakSet<object>());
  const learn = ({ data, isPlaceholderData }: Read<Row>, window: readonly string[]) => {
    if (!data || isPlaceholderData || learnt.has(data)) return;
    learnt.add(data);
    const gone = new Set(window);
    for (const row of data) {
      const id = idOf(row);
      gone.delete(id);
      if (source.get(id) !== row) known.set(id, { ...row, isGone: false });
      source.set(id, row);
    }
    for (const id of gone) {
      const before = known.get(id) ?? blank?.(id);
      if (before) known.set(id, { ...before, isGone: true });
      source.delete(id);
    }
  };
  learn(first, none);
  for (const [at, window] of windows.entries()) {
    const answer = read[at];
    if (answer) learn(answer, window);
  }
  return known;
}
