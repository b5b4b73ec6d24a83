"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  memo,
  type TouchEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { compareMessages, type MessagePlace } from "@/lib/message-place";
import type { ChatMessage, ChatPage } from "../api";
import { FreshPill } from "../fresh-pill";
import { Day } from "./day";
import { type PlacedMessage, useDays } from "./days";
import type { MessageActs } from "./message";
import classes from "./message-list.module.css";
import { MessageRun } from "./message-run";
import type { Outgoing as OutgoingMessage } from "./outbox";
import { Outgoing } from "./outgoing";
import { Top } from "./top";
import type { Older } from "./use-messages";

interface MessageListProps {
  platform: string;
  hasHistory: boolean;
  page: ChatPage;
  older: Older;
  trim: () => void;
  outgoing: readonly OutgoingMessage[];
  /** Where it began to be unread when the conversation was opened. */
  unreadFrom: string | null;
  sought: string | null;
  menuOf: string | null;
  acts: MessageActs;
  onOutgoing: { again: (message: OutgoingMessage) => void; discard: (message: OutgoingMessage) => void };
  nameOf: (userId: string) => string;
  /** Is the newest in sight? */
  onBottom: (isThere: boolean) => void;
}

/** So near to the end counts as there, px. */
const near = 48;
/** Older ones are fetched when so little is left above, px. */
const ahead = 900;
const longPressMs = 480;

/** The messages, the newest at the bottom. Whoever has scrolled up is not moved: what comes waits behind its number. */
export const MessageList = memo(function MessageList(props: MessageListProps) {
  const {
    platform,
    hasHistory,
    page,
    older,
    trim,
    outgoing,
    unreadFrom,
    sought,
    menuOf,
    acts,
    onOutgoing,
    nameOf,
    onBottom,
  } = props;
  const t = useTranslations("chats");
  const scroller = useRef<HTMLDivElement>(null);
  /** The newest that was in sight when one scrolled away; null: at the bottom. */
  const [held, setHeld] = useState<MessagePlace | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const shown = useMemo(
    () => (held === null ? page.items : page.items.filter((item) => compareMessages(item, held) <= 0)),
    [page.items, held],
  );
  const waiting = page.items.length - shown.length;
  const days = useDays(shown);
  const { reach, isReaching, reachError } = older;

  const look = () => {
    const box = scroller.current;
    if (!box) return;
    // Counted from the bottom, upwards below zero.
    const isThere = -box.scrollTop < near;
    if (isThere && held !== null) setHeld(null);
    if (!isThere && held === null && page.items[0]) setHeld(page.items[0]);
    if (box.scrollHeight - box.clientHeight + box.scrollTop < ahead && page.next && !page.error && !reachError)
      void reach();
  };
  const looking = useRef(look);
  useLayoutEffect(() => {
    looking.current = look;
  });
  // A page that does not fill the box leaves nothing to scroll.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every page that has come.
  useEffect(() => looking.current(), [page.items.length, isReaching]);
  useEffect(() => onBottom(held === null), [held, onBottom]);
  useEffect(() => {
    if (held === null && page.items.length > 0) trim();
  }, [held, page.items.length, trim]);

  const toBottom = () => {
    setHeld(null);
    scroller.current?.scrollTo({ top: 0 });
  };
  const newestOwn = outgoing.at(-1)?.newId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what one has just sent is shown.
  useEffect(() => {
    if (newestOwn !== undefined) toBottom();
  }, [newestOwn]);

  const rowOf = (id: string) => scroller.current?.querySelector<HTMLElement>(`[data-message="${id}"]`);
  const isSoughtThere = sought !== null && shown.some(({ id }) => id === sought);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is asked for, and once it is there.
  useEffect(() => {
    if (sought === null) return;
    if (!isSoughtThere && held !== null) return setHeld(null);
    rowOf(sought)?.scrollIntoView({ block: "center" });
  }, [sought, isSoughtThere]);

  // Oldest first, as they stand.
  const ids = days.flatMap(({ runs }) => runs.flatMap((run) => run.map(({ message }) => message.id)));
  const tabId = currentId !== null && ids.includes(currentId) ? currentId : ids.at(-1);
  const byId = (id: string | undefined) => shown.find((message) => message.id === id);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = closest(event.target);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = ids.indexOf(row.dataset.message ?? "");
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -ids.length, End: ids.length }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + step))];
      if (next === undefined) return;
      setCurrentId(next);
      rowOf(next)?.focus({ preventScroll: true });
      rowOf(next)?.scrollIntoView({ block: "nearest" });
      return;
    }
    const message = byId(row.dataset.message);
    if (!message || event.target !== row) return;
    if (event.key === "Enter" || event.key === "ContextMenu") {
      event.preventDefault();
      acts.onMenu(message, row);
    } else if (event.key === "r" && message.can.reply) {
      event.preventDefault();
      acts.onReply(message);
    }
  };

  const press = useRef<ReturnType<typeof setTimeout>>(undefined);
  const endPress = () => clearTimeout(press.current);
  useEffect(() => () => clearTimeout(press.current), []);
  const onTouchStart = (event: TouchEvent<HTMLElement>) => {
    const row = closest(event.target);
    const message = byId(row?.dataset.message);
    endPress();
    if (row && message && event.touches.length === 1)
      press.current = setTimeout(() => acts.onMenu(message, row), longPressMs);
  };

  return (
    <div className={classes.box}>
      <div className={classes.scroller} ref={scroller} onScroll={look}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and long presses of the messages in it, which take the focus. */}
        <div
          className={classes.inner}
          onKeyDown={onKeyDown}
          onFocus={(event) => setCurrentId(closest(event.target)?.dataset.message ?? null)}
          onTouchStart={onTouchStart}
          onTouchEnd={endPress}
          onTouchMove={endPress}
          onTouchCancel={endPress}
        >
          <Top page={page} older={older} hasHistory={hasHistory} />
          {days.map(({ day, runs }) => (
            <section key={day} aria-label={day}>
              <Day>{day}</Day>
              {runs.map((run) => (
                <MessageRun
                  key={run[0]?.message.id}
                  run={run}
                  platform={platform}
                  unreadFrom={within(run, unreadFrom)}
                  sought={within(run, sought)}
                  menuOf={within(run, menuOf)}
                  tabId={within(run, tabId)}
                  acts={acts}
                />
              ))}
            </section>
          ))}
          {outgoing.map((message) => (
            <Outgoing
              key={message.newId}
              message={message}
              nameOf={nameOf}
              onAgain={onOutgoing.again}
              onDiscard={onOutgoing.discard}
            />
          ))}
        </div>
      </div>
      <FreshPill count={waiting} onShow={toBottom} isBelow />
      {held !== null && waiting === 0 && (
        <Button className={classes.down} onClick={toBottom}>
          {t("toNewest")}
        </Button>
      )}
    </div>
  );
});

/** @returns `id` where it is one of these: the others have nothing to do with it. */
function within(run: readonly PlacedMessage[], id: string | null | undefined): string | null {
  return run.some(({ message }) => message.id === id) ? (id ?? null) : null;
}

function closest(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-message]") : null;
}

/** Is there anything by others among these? */
export function firstUnread(items: readonly ChatMessage[], unread: number): string | null {
  if (unread === 0) return null;
  return items.filter(({ isOwn }) => !isOwn)[unread - 1]?.id ?? null;
}
