import type { ReactNode } from "react";

export interface TableColumn<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Fixed, px at ordinary letters. Without it the column grows by `grow` (1). */
  width?: number;
  grow?: number;
  /** Its header sorts. */
  sort?: boolean;
  align?: "end";
  /** 1: always shown (the default). 2: leaves a narrow table. 3: leaves a middling one too. The first column is always 1. */
  priority?: 1 | 2 | 3;
  /** On a card (a phone) its header stands before the value, because the value alone does not say what it is. */
  hasCardLabel?: boolean;
  /** Not on a card at all. */
  isOffCard?: boolean;
}

/** Below this width of the table's own box its rows are cards, rem. virtual-table.module.css has the same. */
export const cardBelow = 32;

const rem = 16;

/** The grid's tracks with the columns up to a priority. */
export function tracksOf<Row>(columns: readonly TableColumn<Row>[], priority: number, hasSelection: boolean): string {
  const tracks = columns
    .filter((column, at) => at === 0 || (column.priority ?? 1) <= priority)
    .map(({ width, grow = 1 }) => (width === undefined ? `minmax(0, ${grow}fr)` : `${width / rem}rem`));
  return [...(hasSelection ? ["2.5rem"] : []), ...tracks].join(" ");
}

/** Where a key leads from a row, or null when it leads nowhere. */
export function targetOf(key: string, at: number, count: number, page: number): number | null {
  const within = (index: number) => Math.max(0, Math.min(count - 1, index));
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + Math.max(1, page - 1));
    case "PageUp":
      return within(at - Math.max(1, page - 1));
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

export interface TableSelection<Row> {
  /** Keys of the rows chosen, drawn or not. */
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** What a row is called, for who cannot see it. */
  labelOf: (row: Row) => string;
  canChoose?: (row: Row) => boolean;
  /** The box in the header, which may mean rows that are not loaded. */
  all?: { isOn: boolean; onToggle: () => void };
}

/** Toggles one row, or with `from` gives the whole range the state that the row gets. Rows that are not loaded are left out. */
export function choose<Row>(
  selection: TableSelection<Row>,
  rowAt: (index: number) => Row | undefined,
  keyOf: (row: Row) => string,
  at: number,
  from: number | null,
): ReadonlySet<string> {
  const target = rowAt(at);
  const next = new Set(selection.chosen);
  if (target === undefined) return next;
  const isOn = !next.has(keyOf(target));
  const [first, last] = from === null ? [at, at] : [Math.min(from, at), Math.max(from, at)];
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index);
    if (row === undefined || selection.canChoose?.(row) === false) continue;
    if (isOn || from !== null) next.add(keyOf(row));
    else next.delete(keyOf(row));
  }
  return next;
}
