"use client";

import { Button } from "@mantine/core";
import { IconChecks, IconFilterOff } from "@tabler/icons-react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useCallback, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { href, type RequestsQuery } from "@/lib/href";
import type { RequestFilterInput } from "@/lib/request-query";
import type { Present, RequestRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { ListSkeleton } from "../list-skeleton";
import { EmptyState } from "../page";
import { useLookers } from "../shell/present";
import { narrowQueue, usePresentRequest } from "./filter";
import classes from "./list.module.css";
import { isPast } from "./past";
import { isNarrowed, noFilter } from "./query";
import { Row } from "./row";
import type { useRows } from "./rows";
import { useSelection } from "./selection";

interface ListProps {
  rows: readonly RequestRow[];
  query: ReturnType<typeof useRows>["list"];
  address: RequestsQuery;
  filter: RequestFilterInput;
  onOpen: (id: string) => void;
  /** Set by a key that went to another row: the focus follows, so that a screen reader says where one is. */
  wantsFocus: RefObject<boolean>;
}

const rowHeight = 88;
/** Rows drawn beyond those in sight, once those are there and can be used. */
const beyond = 8;
/** More rows are fetched when so few are left below. */
const ahead = 12;
const nobody: readonly Present[] = [];
const ghosts = {
  ...{ className: classes.scroller, rowClassName: classes.ghost },
  ...{ face: { size: 34, radius: 10 }, lines: ["46%", "88%", "62%"] },
};

/** The requests as rows, of which only those in sight are drawn. More come while scrolling, or with the button at the end. */
export function List({ rows, query, address, filter, onOpen, wantsFocus }: ListProps) {
  const common = useTranslations("common");
  const openId = usePresentRequest();
  const { ids: chosen, toggle, extend } = useSelection();
  const lookers = useLookers();
  const scroller = useRef<HTMLDivElement>(null);
  const openAt = rows.findIndex((row) => row.id === openId);
  // Of another key function every row would be placed anew.
  const getItemKey = useCallback((at: number) => rows[at]?.id ?? at, [rows]);
  const overscan = useDeferredValue(beyond, 0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // As list.module.css says; a reader with larger letters has larger rows, which are measured.
    estimateSize: () => rowHeight,
    getItemKey,
    overscan,
    // The server draws what fits on an ordinary screen.
    initialRect: { width: 416, height: 860 },
    // The open row stays drawn wherever the list is scrolled to: it may have the focus.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      return openAt === -1 || inSight.includes(openAt) ? inSight : [...inSight, openAt].sort((a, b) => a - b);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another request is opened, or its row has come; scrolling itself changes nothing.
  useEffect(() => {
    if (openAt === -1) return;
    // Asked of what is known: to scroll to where one is lays the page out in the middle of a key.
    const place = virtual.measurementsCache[openAt];
    const top = virtual.scrollOffset ?? 0;
    const isInSight = place && place.start >= top && place.end <= top + (virtual.scrollRect?.height ?? 0);
    if (!isInSight) virtual.scrollToIndex(openAt, { align: "auto" });
    if (!wantsFocus.current) return;
    // With the next picture, which needs the page laid out anyway: to focus asks for that at once.
    const frame = requestAnimationFrame(() => {
      wantsFocus.current = false;
      scroller.current?.querySelector<HTMLElement>(`[data-id="${openId}"] a`)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [openId, openAt === -1]);

  // The same functions from one drawing to the next, so that a row is drawn again when it has changed and not else.
  const acts = useRef({ onOpen, openId });
  useEffect(() => {
    acts.current = { onOpen, openId };
  });
  const follow = useCallback((id: string) => acts.current.onOpen(id), []);
  const choose = useCallback(
    (id: string, isRange: boolean) => (isRange ? extend(id, acts.current.openId) : toggle(id)),
    [extend, toggle],
  );

  const linkTo = useLinks(address);
  const narrowed = JSON.stringify(filter);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins at its top.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else scroller.current?.scrollTo({ top: 0 });
  }, [narrowed]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (last >= rows.length - ahead && hasNextPage && !isFetchingNextPage && !isFetchNextPageError)
      void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (query.isPending) return <ListSkeleton {...ghosts} />;
  if (query.isError && rows.length === 0) {
    return (
      <div className={classes.notice}>
        <FailurePanel error={query.error}>
          <Button onClick={() => query.refetch()}>{common("again")}</Button>
        </FailurePanel>
      </div>
    );
  }
  if (rows.length === 0) return <Nothing filter={filter} />;
  return (
    <div id="queue-rows" className={classes.scroller} ref={scroller} aria-busy={query.isPlaceholderData || undefined}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              ref={virtual.measureElement}
              className={classes.item}
              style={{ transform: `translateY(${start}px)` }}
              data-index={index}
              data-id={row.id}
              data-choosing={chosen.size > 0 || undefined}
              aria-posinset={index + 1}
              aria-setsize={hasNextPage ? -1 : rows.length}
            >
              <Row
                row={row}
                isOpen={row.id === openId}
                isChosen={chosen.has(row.id)}
                isPast={isPast(row, filter)}
                lookers={lookers.get(row.id) ?? nobody}
                to={linkTo(row.id)}
                onOpen={follow}
                onChoose={choose}
              />
            </li>
          );
        })}
      </ul>
      {hasNextPage && (
        <div className={classes.more}>
          <Button fullWidth loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {common("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The address of each request under these filters, put together once. */
function useLinks(address: RequestsQuery): (id: string) => string {
  return useMemo(() => {
    const known = new Map<string, string>();
    return (id) => {
      const link = known.get(id) ?? href.requests({ ...address, open: id });
      known.set(id, link);
      return link;
    };
  }, [address]);
}

function Nothing({ filter }: { filter: RequestFilterInput }) {
  const t = useTranslations("requests");
  if (!isNarrowed(filter)) return <Empty title={t("empty.title")} text={t("empty.text")} />;
  const { state, set, holder, ...rest } = filter;
  const isTab = state === "open" && Object.keys(rest).length === 0;
  if (isTab && set === "later" && !holder) return <Empty title={t("emptyLater.title")} text={t("emptyLater.text")} />;
  if (isTab && holder === "me" && set === "now")
    return <Empty title={t("emptyMine.title")} text={t("emptyMine.text")} />;
  return (
    <EmptyState
      icon={<IconFilterOff size={20} stroke={1.6} />}
      title={t("noMatch.title")}
      action={<Button onClick={() => narrowQueue(noFilter)}>{t("noMatch.clear")}</Button>}
    >
      {t("noMatch.text")}
    </EmptyState>
  );
}

function Empty({ title, text }: { title: string; text: ReactNode }) {
  return (
    <EmptyState icon={<IconChecks size={22} stroke={1.6} />} title={title}>
      {text}
    </EmptyState>
  );
}
