"use client";

import { Button } from "@mantine/core";
import { IconArrowLeft, IconSearch, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { ChatDetail } from "../api";
import { Avatar } from "../avatar";
import { IconButton } from "../icon-button";
import Link from "../link";
import { useCanOn } from "../shell/access";
import classes from "./conversation.module.css";

interface HeadProps {
  chat: ChatDetail;
  onClose: () => void;
  onSearch: () => void;
  onRead: () => void;
}

/** Whom one talks with, by which bot, and the way back. */
export function ConversationHead({ chat, onClose, onSearch, onRead }: HeadProps) {
  const t = useTranslations("chats");
  const { bot, peer, memberCount, isConnected, unread } = chat;
  const name = peer.name || peer.id;
  const isGroup = peer.to === "group";
  const canOn = useCanOn(bot.id);
  return (
    <header className={classes.head}>
      <IconButton className={classes.back} size={40} aria-label={t("back")} onClick={onClose}>
        <IconArrowLeft size={20} stroke={1.7} />
      </IconButton>
      <Avatar id={peer.id} name={name} src={peer.avatar} size={32} />
      <div className={classes.who}>
        <h2 className={classes.title}>
          {isGroup && !canOn("groups.view") ? (
            name
          ) : (
            <Link href={isGroup ? href.group(bot.id, peer.id) : href.person(bot.platform, peer.id)}>{name}</Link>
          )}
        </h2>
        <div className={classes.about} data-down={!isConnected || undefined}>
          {isConnected
            ? t("about", { bot: bot.name, kind: isGroup ? "group" : "person", count: memberCount ?? 0 })
            : t("notConnected", { bot: bot.name })}
        </div>
      </div>
      {unread > 0 && <Button onClick={onRead}>{t("markRead")}</Button>}
      <IconButton size={34} aria-label={t("searchHere")} title={t("searchHere")} onClick={onSearch}>
        <IconSearch size={17} stroke={1.7} />
      </IconButton>
      <IconButton size={34} aria-label={t("close")} title={t("close")} onClick={onClose} className={classes.close}>
        <IconX size={17} stroke={1.7} />
      </IconButton>
    </header>
  );
}
