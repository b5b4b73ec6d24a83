"use client";

import { Button } from "@mantine/core";
import { IconFilterOff, IconMessages } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { href } from "@/lib/href";
import { FailurePanel } from "../failure-panel";
import { FreshPill } from "../fresh-pill";
import { ListSkeleton } from "../list-skeleton";
import { EmptyState } from "../page";
import { useShortcuts } from "../shell/shortcuts";
import { useChatsQuery } from "./address";
import classes from "./conversation-list.module.css";
import { ConversationRow } from "./conversation-row";
import { ListFilter } from "./list-filter";
import { useConversations } from "./use-conversations";

const FoundMessages = dynamic(() => import("./found-messages").then(({ FoundMessages }) => FoundMessages), {
  ssr: false,
});

/** As conversation-list.module.css says. */
const rowHeight = 68;
const overscan = 8;
const ghosts = {
  ...{ className: classes.scroller, rowClassName: classes.ghost },
  ...{ face: { size: 36, radius: 11 }, lines: ["46%", "82%"] },
};
const ahead = 12;

/** All conversations, the one that had something newest first, of which only those in sight are drawn. */
export function ConversationList({ openId }: { openId: string | null }) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const { query, filter, open, narrow } = useChatsQuery();
  const search = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const isFree = useCallback(() => {
    const box = scroller.current;
    if (!box) return true;
    const isTouched = box.matches(":hover") || box.contains(document.activeElement);
    return !isTouched && box.scrollTop < rowHeight && !window.matchMedia("(pointer: coarse)").matches;
  }, []);
  const words = filter.text ?? "";
  const { list, rows, waiting, arrange } = useConversations(filter, isFree);
  const getItemKey = useCallback((at: number) => rows[at]?.id ?? at, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan,
    // The server draws what fits on an ordinary screen.
    initialRect: { width: 352, height: 860 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  useEffect(() => {
    // Below what is searched for by name stands what was said: more names come when they are asked for.
    if (!words && last >= rows.length - ahead && hasNextPage && !isFetchingNextPage && !isFetchNextPageError)
      void fetchNextPage();
  }, [words, last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const narrowed = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins at its top.
  useEffect(() => {
    // Newer browsers answer it with a promise, which is nothing to end an effect with.
    scroller.current?.scrollTo({ top: 0 });
  }, [narrowed]);

  const at = rows.findIndex(({ id }) => id === openId);
  const step = (by: 1 | -1) => {
    const next = at === -1 ? rows[0] : rows[at + by];
    if (!next) return;
    open(next.id);
    virtual.scrollToIndex(at + by, { align: "auto" });
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), "/": () => search.current?.focus() });
  const follow = useRef(open);
  useEffect(() => {
    follow.current = open;
  });
  const onOpen = useCallback((id: string) => follow.current(id), []);

  return (
    <>
      <ListFilter search={search} />
      <div className={classes.rows}>
        <FreshPill
          count={waiting}
          onShow={() => {
            arrange();
            scroller.current?.scrollTo({ top: 0 });
          }}
        />
        {list.isPending ? (
          <ListSkeleton {...ghosts} />
        ) : list.isError && rows.length === 0 ? (
          <div className={classes.notice}>
            <FailurePanel error={list.error}>
              <Button onClick={() => list.refetch()}>{common("again")}</Button>
            </FailurePanel>
          </div>
        ) : rows.length === 0 && !words ? (
          <Empty
            isNarrowed={Object.keys(filter).length > 0}
            onClear={() => narrow({ bot: null, text: null, unread: null })}
          />
        ) : (
          <div className={classes.scroller} ref={scroller} aria-busy={list.isPlaceholderData || undefined}>
            {rows.length === 0 && <p className={classes.nothing}>{t("noneNamed")}</p>}
            <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, start, key }) => {
                const row = rows[index];
                return row === undefined ? null : (
                  <li
                    key={key}
                    className={classes.item}
                    style={{ transform: `translateY(${start}px)` }}
                    aria-posinset={index + 1}
                    aria-setsize={hasNextPage ? -1 : rows.length}
                  >
                    <ConversationRow
                      row={row}
                      isOpen={row.id === openId}
                      to={href.chats({ ...query, open: row.id, at: null })}
                      onOpen={onOpen}
                    />
                  </li>
                );
              })}
            </ul>
            {words && hasNextPage && (
              <div className={classes.more}>
                <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
                  {t("moreConversations")}
                </Button>
              </div>
            )}
            {words && <FoundMessages words={words} openId={openId} />}
          </div>
        )}
      </div>
    </>
  );
}

function Empty({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  const t = useTranslations("chats");
  if (isNarrowed) {
    return (
      <EmptyState
        icon={<IconFilterOff size={20} stroke={1.6} />}
        title={t("noMatch.title")}
        action={<Button onClick={onClear}>{t("noMatch.clear")}</Button>}
      >
        {t("noMatch.text")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconMessages size={22} stroke={1.6} />} title={t("empty.title")}>
      {t("empty.text")}
    </EmptyState>
  );
}
