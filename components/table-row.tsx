"use client";

import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo, type ReactNode } from "react";
import Link from "./link";
import type { TableColumn } from "./table-column";
import classes from "./virtual-table.module.css";

/** What a row asks of its table; the same object from one drawing to the next. */
export interface TableActs<Row> {
  open: ((row: Row, index: number) => void) | undefined;
  addressOf: ((row: Row) => string) | undefined;
  choose: (index: number, isRange: boolean) => void;
  focus: (index: number) => void;
}

interface TableRowProps<Row> {
  index: number;
  /** Undefined: not there yet. */
  row: Row | undefined;
  columns: readonly TableColumn<Row>[];
  isTabStop: boolean;
  isOpen: boolean;
  /** Undefined: rows cannot be chosen. Plain values, not an object made anew: a row that did not change is not drawn again. */
  isChosen: boolean | undefined;
  canChoose: boolean;
  /** What the row is called, for who cannot see it. */
  choiceLabel: string;
  acts: TableActs<Row>;
}

function DrawnRow<Row>(props: TableRowProps<Row>) {
  const { index, row, columns, isTabStop, isOpen, isChosen, canChoose, choiceLabel, acts } = props;
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (row === undefined || !acts.open || !(event.target instanceof Element)) return;
    // What can be clicked itself means itself, and marking text is no click.
    if (event.target.closest("a, button, input, label, select, textarea")) return;
    if (window.getSelection()?.type === "Range") return;
    acts.open(row, index);
  };
  // React's style type knows no custom properties; it is a plain number read by the stylesheet.
  const style = { "--at": index } as React.CSSProperties;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys of all its rows.
    // biome-ignore lint/a11y/useSemanticElements: the rows are placed one by one, which a table's cannot be.
    <div
      role="row"
      className={classes.row}
      style={style}
      data-index={index}
      data-open={isOpen || undefined}
      data-opens={(row !== undefined && acts.open !== undefined) || undefined}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      aria-busy={row === undefined || undefined}
      tabIndex={isTabStop ? 0 : -1}
      onClick={onClick}
      onFocus={() => acts.focus(index)}
    >
      {isChosen !== undefined && (
        <Choice
          index={index}
          row={row}
          isChosen={isChosen}
          canChoose={canChoose}
          choiceLabel={choiceLabel}
          acts={acts}
        />
      )}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see the row.
        // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, not each cell.
        <div
          key={column.key}
          role="gridcell"
          className={classes.cell}
          data-first={at === 0 || undefined}
          data-priority={at === 0 ? 1 : (column.priority ?? 1)}
          data-align={column.align}
          data-off-card={column.isOffCard || undefined}
        >
          {row === undefined ? (
            <Ghost isFirst={at === 0} />
          ) : at === 0 ? (
            <First row={row} index={index} acts={acts}>
              {column.cell(row)}
            </First>
          ) : (
            <>
              {column.hasCardLabel && (
                <span className={classes.cardLabel} aria-hidden="true">
                  {column.header}
                </span>
              )}
              {column.cell(row)}
            </>
          )}
        </div>
      ))}
    </div>
  );
}

/** Drawn again when its row, its place or its state changes, and not while others scroll by. */
// memo forgets that the component is generic.
export const TableRow = memo(DrawnRow) as typeof DrawnRow;

function Choice<Row>({
  index,
  row,
  isChosen,
  canChoose,
  choiceLabel,
  acts,
}: Pick<TableRowProps<Row>, "index" | "row" | "canChoose" | "choiceLabel" | "acts"> & { isChosen: boolean }) {
  const t = useTranslations("table");
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row.
    // biome-ignore lint/a11y/useFocusableInteractive: see the row.
    <div role="gridcell" className={classes.choice}>
      {row !== undefined && (
        <label className={classes.box}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isChosen}
            disabled={!canChoose}
            aria-label={t("select", { name: choiceLabel })}
            onChange={() => undefined}
            onClick={(event) => acts.choose(index, event.shiftKey)}
          />
        </label>
      )}
    </div>
  );
}

/** The cell that names the row also opens it, so that a finger and a screen reader have something to press. */
function First<Row>({
  row,
  index,
  acts,
  children,
}: {
  row: Row;
  index: number;
  acts: TableActs<Row>;
  children: ReactNode;
}) {
  const { open, addressOf } = acts;
  if (addressOf) {
    return (
      <Link
        className={classes.opener}
        href={addressOf(row)}
        tabIndex={-1}
        onClick={(event) => {
          if (!open || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open(row, index);
        }}
      >
        {children}
      </Link>
    );
  }
  if (!open) return children;
  return (
    <button type="button" className={classes.opener} tabIndex={-1} onClick={() => open(row, index)}>
      {children}
    </button>
  );
}

function Ghost({ isFirst }: { isFirst: boolean }) {
  const t = useTranslations("table");
  return (
    <>
      <Skeleton height={12} width={isFirst ? "62%" : "78%"} />
      {isFirst && <span className={classes.hidden}>{t("reading")}</span>}
    </>
  );
}
