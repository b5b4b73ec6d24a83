"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { choose, type TableColumn, type TableSelection, targetOf, tracksOf } from "./table-column";
import { TableBar, TableHeader } from "./table-header";
import { type TableActs, TableRow } from "./table-row";
import { useTableSize } from "./table-size";
import classes from "./virtual-table.module.css";

export interface VirtualTableProps<Row> {
  label: string;
  columns: readonly TableColumn<Row>[];
  count: number;
  /** The row of a place; undefined while it is not loaded: a ghost stands there and `onRange` asks for it. */
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  /** The places in sight have changed: what is missing among them is wanted. */
  onRange?: ((first: number, last: number) => void) | undefined;
  sort?: { key: string; isDown: boolean } | undefined;
  onSort?: ((key: string, isDown: boolean) => void) | undefined;
  selection?: TableSelection<Row> | undefined;
  onOpen?: ((row: Row, index: number) => void) | undefined;
  /** Where a row leads, so that it can be opened in another tab too. */
  addressOf?: ((row: Row) => string) | undefined;
  /** Key of the row that is open beside the table. */
  openKey?: string | null;
  /** Nothing is known yet, not even how many: ghosts. */
  isPending?: boolean | undefined;
  /** Shown when there is nothing: what to do about it. */
  empty: ReactNode;
  /** Of a row and of a card, rem. */
  rowHeight?: number | undefined;
  cardHeight?: number | undefined;
}

/** Rows drawn beyond those in sight, once those are there and can be used. */
const beyond = 10;
const ghosts = 12;

/**
 * A table of any length, of which only what is in sight is drawn. One stop for the tab key: arrows, page keys, Home and
 * End move, Space chooses, Enter opens. Below 32 rem of its own width its rows are cards. It fills the height it is given.
 * Keep `columns` the same object from one drawing to the next, or every row is drawn again.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rowAt, keyOf, onRange, sort, onSort, selection, onOpen, addressOf, openKey } = props;
  const { isPending = false, empty, rowHeight = 2.75, cardHeight = 4.25 } = props;
  const count = isPending ? ghosts : props.count;
  const scroller = useRef<HTMLDivElement>(null);
  const { rowPx, headPx } = useTableSize(scroller, rowHeight, cardHeight);
  const [stop, setStop] = useState(0);
  const tabStop = Math.min(stop, Math.max(0, count - 1));
  const wantsFocus = useRef(false);
  const anchor = useRef<number | null>(null);
  const overscan = useDeferredValue(beyond, 0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    // The server draws what fits on an ordinary screen.
    initialRect: { width: 900, height: 760 },
    // The row that has the focus stays, wherever the table is scrolled to.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      if (inSight.includes(tabStop) || tabStop >= count) return inSight;
      return [...inSight, tabStop].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: all rows have another height now.
  useEffect(() => virtual.measure(), [rowPx, headPx]);

  const { startIndex: first = 0, endIndex: last = -1 } = virtual.range ?? {};
  const ask = useRef(onRange);
  useEffect(() => {
    ask.current = onRange;
  });
  useEffect(() => {
    if (!isPending && last >= first) ask.current?.(first, Math.min(last + beyond, count - 1));
  }, [first, last, count, isPending]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a key has led to another row; scrolling itself changes nothing.
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    virtual.scrollToIndex(tabStop, { align: "auto" });
    scroller.current?.querySelector<HTMLElement>(`[data-index="${tabStop}"]`)?.focus({ preventScroll: true });
  }, [tabStop]);

  const current = useRef({ rowAt, keyOf, selection, onOpen, addressOf });
  useEffect(() => {
    current.current = { rowAt, keyOf, selection, onOpen, addressOf };
  });
  const toggle = useCallback((index: number, isRange: boolean) => {
    const now = current.current;
    if (!now.selection) return;
    const from = isRange ? anchor.current : null;
    now.selection.onChange(choose(now.selection, now.rowAt, now.keyOf, index, from));
    anchor.current = index;
  }, []);
  const [opens, leads] = [onOpen !== undefined, addressOf !== undefined];
  const acts = useMemo<TableActs<Row>>(
    () => ({
      open: opens ? (row, index) => current.current.onOpen?.(row, index) : undefined,
      addressOf: leads ? (row) => current.current.addressOf?.(row) ?? "" : undefined,
      choose: toggle,
      focus: setStop,
    }),
    [opens, leads, toggle],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.index === undefined) return;
    if (event.altKey || event.metaKey) return;
    const row = rowAt(tabStop);
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - headPx) / rowPx);
    const target = targetOf(event.key, tabStop, count, page);
    if (target !== null) {
      if (event.shiftKey && target !== tabStop) {
        anchor.current ??= tabStop;
        if (selection) selection.onChange(choose(selection, rowAt, keyOf, target, anchor.current));
      }
      if (!event.shiftKey) anchor.current = null;
      wantsFocus.current = true;
      setStop(target);
    } else if (event.key === " " && selection) toggle(tabStop, event.shiftKey);
    else if (event.key === "Enter" && row !== undefined && onOpen) onOpen(row, tabStop);
    else if (event.key === "Enter" && addressOf) event.target.querySelector<HTMLElement>("a[href]")?.click();
    else if (event.key === "a" && event.ctrlKey && selection?.all) selection.all.onToggle();
    else return;
    event.preventDefault();
  };

  const hasSelection = selection !== undefined;
  const style = useMemo(() => {
    const tracks = [1, 2, 3].map((priority) => [`--tracks-${priority}`, tracksOf(columns, priority, hasSelection)]);
    const sizes = { "--row": `${rowHeight}rem`, "--card": `${cardHeight}rem` };
    // React's style type knows no custom properties; all are plain values read by the stylesheet.
    return { ...Object.fromEntries(tracks), ...sizes } as React.CSSProperties;
  }, [columns, hasSelection, rowHeight, cardHeight]);
  // React's style type knows no custom properties either here.
  const bodyStyle = { "--count": count } as React.CSSProperties;
  return (
    <div className={classes.frame} style={style}>
      <TableBar columns={columns} sort={sort} onSort={onSort} all={selection?.all} />
      {/* biome-ignore lint/a11y/useSemanticElements: see table-row.tsx. */}
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-multiselectable={hasSelection || undefined}
        aria-busy={isPending || undefined}
        // Beside its rows it takes no focus, but where nothing is drawn it must be able to scroll.
        tabIndex={count === 0 ? 0 : -1}
        onKeyDown={onKeyDown}
      >
        <TableHeader columns={columns} sort={sort} onSort={onSort} all={selection?.all} hasSelection={hasSelection} />
        {/* biome-ignore lint/a11y/useSemanticElements: see table-row.tsx. */}
        <div role="rowgroup" className={classes.body} style={bodyStyle}>
          {virtual.getVirtualItems().map(({ index }) => {
            const row = isPending ? undefined : rowAt(index);
            const key = row === undefined ? `ghost ${index}` : keyOf(row);
            return (
              <TableRow
                key={key}
                index={index}
                row={row}
                columns={columns}
                isTabStop={index === tabStop}
                isOpen={row !== undefined && openKey === key}
                isChosen={selection && row !== undefined ? selection.chosen.has(key) : selection && false}
                canChoose={row !== undefined && (selection?.canChoose?.(row) ?? true)}
                choiceLabel={(row !== undefined && selection?.labelOf(row)) || ""}
                acts={acts}
              />
            );
          })}
        </div>
      </div>
      {count === 0 && <div className={classes.empty}>{empty}</div>}
    </div>
  );
}
