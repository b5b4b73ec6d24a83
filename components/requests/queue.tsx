"use client";

import { IconInbox } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RequestRow } from "../api";
import { EmptyState } from "../page";
import { useShortcuts } from "../shell/shortcuts";
import { useTRPC } from "../trpc";
import { Detail } from "./detail";
import { useRequestsQuery } from "./filter";
import { FilterBar } from "./filter-bar";
import { List } from "./list";
import { pageSize } from "./query";
import classes from "./queue.module.css";

/** The queue: the list, and the open request beside it; on a phone one or the other. */
export function Queue() {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const { query, filter, open } = useRequestsQuery();
  const search = useRef<HTMLInputElement>(null);
  const list = useInfiniteQuery(
    trpc.requests.list.infiniteQueryOptions(
      { ...filter, limit: pageSize },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const position = rows.findIndex((row) => row.id === query.open);

  const step = (by: 1 | -1) => {
    const next = position === -1 ? (by === 1 ? rows[0] : rows.at(-1)) : rows[position + by];
    if (next) open(next.id);
    if (by === 1 && position >= rows.length - 3 && list.hasNextPage && !list.isFetchingNextPage) list.fetchNextPage();
  };
  const next = () => step(1);
  const previous = () => step(-1);
  useShortcuts({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    "/": () => search.current?.focus(),
    Escape: query.open ? () => open(null) : undefined,
  });

  return (
    <div className={classes.queue} data-open={query.open ? true : undefined}>
      <section className={classes.side} aria-label={t("list")}>
        <FilterBar search={search} />
        <List
          rows={rows}
          query={list}
          openId={query.open ?? null}
          onOpen={(id) => open(id)}
          isFiltered={Boolean(filter.kind || filter.botId || filter.groupId || filter.text || filter.state !== "open")}
        />
        <NewArrivals rows={rows} />
      </section>
      <section className={classes.detail} aria-label={t("detail")}>
        {query.open ? (
          <Detail
            key={query.open}
            id={query.open}
            onClose={() => open(null)}
            onNext={() => openNextWaiting(rows, query.open, open)}
          />
        ) : (
          <div className={classes.none}>
            <EmptyState icon={<IconInbox size={22} stroke={1.6} />} title={t("pick.title")}>
              {t("pick.text")}
            </EmptyState>
          </div>
        )}
      </section>
    </div>
  );
}

/** The next request below the open one that waits for a person, else the first one that does. */
function openNextWaiting(rows: readonly RequestRow[], openId: string | null | undefined, open: (id: string) => void) {
  const position = rows.findIndex((row) => row.id === openId);
  const candidates = [...rows.slice(position + 1), ...rows.slice(0, Math.max(0, position))];
  const next = candidates.find((row) => row.state === "waiting");
  if (next) open(next.id);
}

/** Tells a screen reader, politely, when requests arrive at the top. Drawn for the eye by the list itself. */
function NewArrivals({ rows }: { rows: readonly RequestRow[] }) {
  const t = useTranslations("requests");
  const newest = useRef<string | null>(null);
  const region = useRef<HTMLDivElement>(null);
  const top = rows[0]?.id ?? null;
  useEffect(() => {
    const before = newest.current;
    newest.current = top;
    if (before === null || top === null || top <= before) return;
    const count = rows.findIndex((row) => row.id <= before);
    // Written to the element and not to state: it is said once and draws nothing.
    if (region.current) region.current.textContent = t("arrived", { count: count === -1 ? rows.length : count });
  }, [top, rows, t]);
  return <div ref={region} className={classes.hidden} role="status" />;
}
