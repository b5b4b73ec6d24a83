"use client";

import { IconArrowNarrowDown, IconArrowNarrowUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Choice } from "./choice";
import type { TableColumn, TableSelection } from "./table-column";
import classes from "./virtual-table.module.css";

interface SortProps<Row> {
  columns: readonly TableColumn<Row>[];
  sort: { key: string; isDown: boolean } | undefined;
  onSort: ((key: string, isDown: boolean) => void) | undefined;
}

/** The names of the columns; pressing one sorts by it, pressing it again turns the order round. */
export function TableHeader<Row>({
  columns,
  sort,
  onSort,
  all,
  hasSelection,
}: SortProps<Row> & { all: TableSelection<Row>["all"]; hasSelection: boolean }) {
  const t = useTranslations("table");
  return (
    // biome-ignore lint/a11y/useSemanticElements: see table-row.tsx.
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see table-row.tsx. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: what can be pressed in it takes the focus. */}
      <div role="row" className={classes.headRow} aria-rowindex={1}>
        {hasSelection && (
          // biome-ignore lint/a11y/useSemanticElements: see table-row.tsx.
          // biome-ignore lint/a11y/useFocusableInteractive: what can be pressed in it takes the focus.
          <div role="columnheader" className={classes.choice}>
            {all ? (
              <label className={classes.box}>
                <input type="checkbox" checked={all.isOn} onChange={all.onToggle} aria-label={t("selectAll")} />
              </label>
            ) : (
              <span className={classes.hidden}>{t("chosen")}</span>
            )}
          </div>
        )}
        {columns.map(({ key, header, sort: sorts, align, priority = 1 }, at) => {
          const isHere = sort?.key === key;
          const Mark = isHere && sort.isDown ? IconArrowNarrowDown : IconArrowNarrowUp;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see table-row.tsx.
            // biome-ignore lint/a11y/useFocusableInteractive: what can be pressed in it takes the focus.
            <div
              key={key}
              role="columnheader"
              className={classes.headCell}
              data-priority={at === 0 ? 1 : priority}
              data-align={align}
              aria-sort={sorts && isHere ? (sort.isDown ? "descending" : "ascending") : undefined}
            >
              {sorts && onSort ? (
                <button
                  type="button"
                  className={classes.sorter}
                  data-here={isHere || undefined}
                  onClick={() => onSort(key, isHere ? !sort.isDown : false)}
                >
                  {header}
                  <Mark size={14} stroke={2} aria-hidden="true" />
                </button>
              ) : (
                header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The same where rows are cards and there is no header: a list to choose the order from, and the box for all. */
export function TableBar<Row>({ columns, sort, onSort, all }: SortProps<Row> & { all: TableSelection<Row>["all"] }) {
  const t = useTranslations("table");
  const options = columns.flatMap(({ key, header, sort: sorts }) =>
    sorts && onSort
      ? [
          { value: `${key} up`, label: t("ascending", { name: header }) },
          { value: `${key} down`, label: t("descending", { name: header }) },
        ]
      : [],
  );
  if (options.length === 0 && !all) return null;
  return (
    <div className={classes.bar}>
      {all && (
        <label className={classes.box}>
          <input type="checkbox" checked={all.isOn} onChange={all.onToggle} aria-label={t("selectAll")} />
        </label>
      )}
      {onSort && options.length > 0 && (
        <Choice
          className={classes.order}
          label={t("sortBy")}
          options={options}
          value={sort ? `${sort.key} ${sort.isDown ? "down" : "up"}` : (options[0]?.value ?? "")}
          onPick={(value) => {
            const [key = "", way] = value.split(" ");
            onSort(key, way === "down");
          }}
        />
      )}
    </div>
  );
}
