"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import type { ChatRow } from "../api";
import { Avatar } from "../avatar";
import { RelativeTime } from "../relative-time";
import classes from "./conversation-list.module.css";

const most = 99;

interface RowProps {
  row: ChatRow;
  isOpen: boolean;
  to: string;
  onOpen: (id: string) => void;
}

/** One conversation of the list: a real link, so that it can be opened in a tab of its own. */
export const ConversationRow = memo(function ConversationRow({ row, isOpen, to, onOpen }: RowProps) {
  const t = useTranslations("chats");
  const { id, peer, bot, last, lastAt, unread } = row;
  const name = peer.name || peer.id;
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(id);
  };
  return (
    <a
      className={classes.row}
      href={to}
      onClick={follow}
      aria-current={isOpen || undefined}
      data-unread={unread > 0 || undefined}
      data-conversation={id}
    >
      <Avatar id={peer.id} name={name} src={peer.avatar} size={36} />
      <span className={classes.body}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.when}>{lastAt && <RelativeTime at={lastAt} />}</span>
        </span>
        <span className={classes.line}>
          <Last last={last} isGroup={peer.to === "group"} />
          <span className={classes.bot}>{bot.name}</span>
          {unread > 0 && (
            <span className={classes.count}>
              <span aria-hidden="true">{unread > most ? `${most}+` : unread}</span>
              <span className={classes.hidden}>{t("unreadCount", { count: unread })}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
});

/** The beginning of what was said last, by whom, and whether it went out. */
function Last({ last, isGroup }: { last: ChatRow["last"]; isGroup: boolean }) {
  const t = useTranslations("chats");
  if (last === null) return <span className={classes.last} />;
  const { text, kind, isRecalled, isOwn, senderName, state } = last;
  // Beside words, what stands among them is not told apart.
  const isAmongWords = text !== "" && (kind === "mention" || kind === "reply" || kind === "face");
  const piece = kind === null || kind === "text" || isAmongWords ? "" : t(`kind.${kind}`);
  const said = isRecalled ? t("lastRecalled") : [piece, text].filter(Boolean).join(" ");
  const isPlain = isRecalled || kind === "poke" || (!isOwn && (!isGroup || senderName === ""));
  const tone = state === "failed" ? "bad" : state === "unknown" ? "odd" : undefined;
  return (
    <span className={classes.last} data-tone={tone}>
      {tone && (state === "failed" ? t("lastFailed") : t("lastUnknown"))}
      {isPlain ? said : t("lastBy", { name: isOwn ? t("own") : senderName, text: said })}
    </span>
  );
}
