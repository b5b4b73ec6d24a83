"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ChatDetail, ChatMessage, ChatPage } from "../api";
import { FailurePanel } from "../failure-panel";
import { announce } from "../requests/announcer";
import { useShortcuts } from "../shell/shortcuts";
import { useTRPC } from "../trpc";
import { useChatsQuery } from "./address";
import { Composer } from "./composer";
import classes from "./conversation.module.css";
import { ConversationHead } from "./conversation-head";
import { ConversationSkeleton, MessagesSkeleton } from "./conversation-skeleton";
import { useAnswered } from "./draft";
import { useDrawn } from "./drawn";
import { firstUnread, MessageList } from "./message-list";
import list from "./message-list.module.css";
import { outbox, useOutbox } from "./outbox";
import { useConversationActs } from "./use-conversation-acts";
import { type Older, useMessages } from "./use-messages";
import { useReadMark } from "./use-read-mark";
import { useSend } from "./use-send";

const MessageMenu = dynamic(() => import("./message-menu").then(({ MessageMenu }) => MessageMenu), { ssr: false });
const MessageSearch = dynamic(() => import("./message-search").then(({ MessageSearch }) => MessageSearch), {
  ssr: false,
});

/** The open conversation: its head, its messages, and where one writes. */
export function Conversation({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const chat = useQuery(trpc.chats.get.queryOptions({ id }));
  if (chat.isError && !chat.data) {
    return (
      <div className={list.notice}>
        <FailurePanel error={chat.error}>
          <Button onClick={() => chat.refetch()}>{common("again")}</Button>
          <Button onClick={onClose}>{t("back")}</Button>
        </FailurePanel>
      </div>
    );
  }
  if (!chat.data) return <ConversationSkeleton />;
  return <Opened chat={chat.data} onClose={onClose} />;
}

function Opened({ chat, onClose }: { chat: ChatDetail; onClose: () => void }) {
  const common = useTranslations("common");
  const { id } = chat;
  const { query, open } = useChatsQuery();
  const messages = useMessages(id);
  const { error } = messages;
  const sent = useOutbox(id);
  const { page, outgoing } = useDrawn(useMemo(() => ({ page: messages.page, outgoing: sent }), [messages.page, sent]));
  const send = useSend({ id, botId: chat.bot.id }, messages);
  const [answered, answer] = useAnswered(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isBottom, setBottom] = useState(true);
  const [isSearching, setSearching] = useState(false);
  const [menu, setMenu] = useState<{ id: string; opener: HTMLElement } | null>(null);
  const [unreadFrom, setUnreadFrom] = useState<string | null | undefined>(undefined);
  const seek = useCallback((at: string) => open(id, at), [open, id]);
  const sought = useSought(page, messages.older.reach, query.at ?? null);

  if (unreadFrom === undefined && page) setUnreadFrom(firstUnread(page.items, chat.unread));
  const markRead = useReadMark(chat, isBottom && page !== undefined);
  useNews(page?.items, chat.peer.to === "group");

  // What the desk shows by now is no longer on its way.
  useEffect(() => {
    const shown = new Set(page?.items.map((message) => message.id));
    for (const { newId } of outgoing) if (shown.has(newId)) outbox.remove(id, newId);
  }, [page, outgoing, id]);

  const reply = useCallback(
    (message: ChatMessage) => {
      if (message.messageId === null) return;
      const text = message.pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
      const name = message.sender.name || message.sender.id || "";
      answer({ id: message.id, messageId: message.messageId, name, text: text.slice(0, 160) });
      requestAnimationFrame(() => field.current?.focus());
    },
    [answer],
  );
  const items = page?.items;
  const leaving = useMemo(() => {
    const shown = new Set(items?.map((message) => message.id));
    return outgoing.filter(({ newId }) => !shown.has(newId));
  }, [items, outgoing]);
  const speakers = useMemo(() => speakersOf(items ?? []), [items]);
  const nameOf = useCallback(
    (userId: string) => speakers.find((speaker) => speaker.id === userId)?.name || userId,
    [speakers],
  );
  const openMenu = useCallback((message: ChatMessage, opener: HTMLElement) => setMenu({ id: message.id, opener }), []);
  const { acts, onOutgoing } = useConversationActs(id, send, { onReply: reply, onMenu: openMenu, onJump: seek });
  useShortcuts({ Escape: menu || isSearching || answered ? undefined : onClose });

  if (!page) {
    return (
      <div className={classes.conversation}>
        <ConversationHead chat={chat} onClose={onClose} onSearch={() => setSearching(true)} onRead={markRead} />
        {error ? (
          <div className={list.notice}>
            <FailurePanel error={error}>
              <Button onClick={messages.refetch}>{common("again")}</Button>
            </FailurePanel>
          </div>
        ) : (
          <MessagesSkeleton />
        )}
      </div>
    );
  }
  const menuMessage = menu && page.items.find((message) => message.id === menu.id);
  return (
    <div className={classes.conversation}>
      <ConversationHead chat={chat} onClose={onClose} onSearch={() => setSearching(true)} onRead={markRead} />
      {isSearching && <MessageSearch chat={chat} onClose={() => setSearching(false)} onFound={seek} />}
      <MessageList
        platform={chat.bot.platform}
        hasHistory={chat.can.history}
        page={page}
        older={messages.older}
        trim={messages.trim}
        outgoing={leaving}
        unreadFrom={unreadFrom ?? null}
        sought={sought}
        menuOf={menu?.id ?? null}
        acts={acts}
        onOutgoing={onOutgoing}
        nameOf={nameOf}
        onBottom={setBottom}
      />
      <Composer chat={chat} send={send} speakers={speakers} field={field} />
      {menu && menuMessage && (
        <MessageMenu chat={chat} message={menuMessage} opener={menu.opener} acts={acts} onClose={() => setMenu(null)} />
      )}
    </div>
  );
}

/** Older pages are read until the message that is looked for is among them. */
function useSought(page: ChatPage | undefined, reach: Older["reach"], at: string | null): string | null {
  const isThere = at === null || page?.items.some(({ id }) => id === at) === true;
  const isLoaded = page !== undefined;
  useEffect(() => {
    if (isThere || !isLoaded) return;
    let isOver = false;
    const look = async () => {
      while (!isOver && (await reach())) await Promise.resolve();
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [isThere, isLoaded, reach]);
  return isThere ? at : null;
}

/** Says to a screen reader what others have just said. */
function useNews(items: readonly ChatMessage[] | undefined, isGroup: boolean): void {
  const t = useTranslations("chats");
  const newest = items?.[0];
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (!newest) return;
    const isNew = known.current !== null && known.current !== newest.id && !newest.isOwn;
    known.current = newest.id;
    if (!isNew) return;
    const text = newest.pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
    announce(t("said", { name: (isGroup && newest.sender.name) || "none", text: text.slice(0, 200) }));
  }, [newest, isGroup, t]);
}

function speakersOf(items: readonly ChatMessage[]): ChatMessage["sender"][] {
  const byId = new Map(items.flatMap(({ sender, isOwn }) => (isOwn || !sender.id ? [] : [[sender.id, sender]])));
  return [...byId.values()];
}
