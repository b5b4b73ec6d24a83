"use client";

import { IconArrowUp, IconInbox } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RequestRow } from "../api";
import { once, useDrawnPart } from "../drawn-part";
import { atFirstHand } from "../hand";
import { EmptyState } from "../page";
import { useShortcuts } from "../shell/shortcuts";
import { Announcer, announce } from "./announcer";
import { BatchBar } from "./batch-bar";
import detail from "./detail.module.css";
import { DetailSkeleton } from "./detail-skeleton";
import { openRequest, presentRequest, useNarrowing, useOpenRequest } from "./filter";
import { FilterBar } from "./filter-bar";
import { lookAt } from "./lease";
import { List } from "./list";
import { isNext } from "./past";
import classes from "./queue.module.css";
import { useRows } from "./rows";
import { setSelectable, useSelection } from "./selection";
import { UndoBar } from "./undo-bar";

const loadDetail = once(
  () => import("./detail").then((module) => module.default),
  (address) => address.has("open"),
);
const LateDetail = dynamic(loadDetail, { loading: LoadingDetail });

/** The queue: the list, and the open request beside it; on a phone one or the other. */
export function Queue() {
  const t = useTranslations("requests");
  const { query, filter } = useNarrowing();
  const search = useRef<HTMLInputElement>(null);
  const wantsFocus = useRef(false);
  const { list, rows, fresh, refresh } = useRows(filter);
  const { ids: chosen, toggle, extend, clear } = useSelection();
  const openId = useOpenRequest();
  const Detail = useDrawnPart(openId !== null, loadDetail, LateDetail);

  useEffect(() => atFirstHand(loadDetail), []);
  useEffect(() => setSelectable(rows), [rows]);
  const narrowed = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen under one filter is out of sight under another.
  useEffect(() => clear, [narrowed]);
  useEffect(() => lookAt(openId), [openId]);
  useEffect(() => () => lookAt(null), []);

  // Keys go by where one is, which may be further than what is drawn.
  const step = (by: 1 | -1, isRange = false) => {
    const from = presentRequest();
    const position = rows.findIndex((row) => row.id === from);
    const next = position === -1 ? (by === 1 ? rows[0] : rows.at(-1)) : rows[position + by];
    if (!next) return;
    if (isRange) extend(next.id, from);
    wantsFocus.current = true;
    openRequest(next.id);
    if (by === 1 && position >= rows.length - 3 && list.hasNextPage && !list.isFetchingNextPage) list.fetchNextPage();
  };
  const choose = () => {
    const id = presentRequest();
    if (id !== null && rows.some((row) => row.id === id)) toggle(id);
  };
  const next = () => step(1);
  const previous = () => step(-1);
  useShortcuts({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    "Shift+J": () => step(1, true),
    "Shift+K": () => step(-1, true),
    x: openId ? choose : undefined,
    "/": () => search.current?.focus(),
    Escape: chosen.size > 0 ? clear : openId ? () => openRequest(null) : undefined,
  });

  return (
    <div className={classes.queue} data-open={openId ? true : undefined}>
      <section className={classes.side} aria-label={t("list")}>
        <FilterBar search={search} query={query} filter={filter} />
        <div className={classes.rows}>
          <Arrivals
            count={fresh}
            onShow={async () => {
              await refresh();
              document.getElementById("queue-rows")?.scrollTo({ top: 0 });
            }}
          />
          <List rows={rows} query={list} address={query} filter={filter} onOpen={openRequest} wantsFocus={wantsFocus} />
        </div>
        <BatchBar />
        <UndoBar />
      </section>
      <section className={classes.detail} aria-label={t("detail")}>
        {openId && <h1 className={classes.heading}>{t("detail")}</h1>}
        {openId ? (
          <Detail
            key={openId}
            id={openId}
            onClose={() => openRequest(null)}
            onNext={() => {
              const after = nextOf(rows, openId);
              if (!after) return;
              wantsFocus.current = true;
              openRequest(after.id);
            }}
          />
        ) : (
          <div className={classes.none}>
            <EmptyState icon={<IconInbox size={22} stroke={1.6} />} title={t("pick.title")}>
              {t("pick.text")}
            </EmptyState>
          </div>
        )}
      </section>
      <Announcer />
    </div>
  );
}

/** As the pane looks until its request has come. */
function LoadingDetail() {
  return (
    <div className={detail.detail}>
      <div className={detail.bar} />
      <DetailSkeleton />
    </div>
  );
}

/** The next request below the open one that waits for oneself, else the first one that does. */
function nextOf(rows: readonly RequestRow[], openId: string): RequestRow | undefined {
  const position = rows.findIndex((row) => row.id === openId);
  const candidates = [...rows.slice(position + 1), ...rows.slice(0, Math.max(0, position))];
  return candidates.find(isNext);
}

/** New requests wait here until somebody wants them, so that nothing jumps under the pointer. Lies over the list and moves nothing. */
function Arrivals({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTranslations("requests");
  useEffect(() => {
    if (count > 0) announce(t("arrived", { count }));
  }, [count, t]);
  if (count === 0) return null;
  return (
    <button type="button" className={classes.arrivals} onClick={onShow}>
      <IconArrowUp size={14} stroke={2.2} aria-hidden="true" />
      <span>{t("new", { count: count > 99 ? "99+" : String(count) })}</span>
    </button>
  );
}
