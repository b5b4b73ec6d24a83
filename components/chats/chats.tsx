"use client";

import { IconMessages } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { once, useDrawnPart } from "../drawn-part";
import { EmptyState } from "../page";
import { Announcer } from "../requests/announcer";
import { useChatsQuery } from "./address";
import classes from "./chats.module.css";
import { ConversationList } from "./conversation-list";
import { ConversationSkeleton } from "./conversation-skeleton";

/** Drawn by the server where one is open; else it comes when one is opened. */
const loadConversation = once(
  () => import("./conversation").then((module) => module.Conversation),
  (address) => address.has("open"),
);
const LateConversation = dynamic(loadConversation, {
  loading: ConversationSkeleton,
});

/** The conversations, and the open one beside them; on a phone one or the other. */
export function Chats() {
  const t = useTranslations("chats");
  const { query, open } = useChatsQuery();
  const openId = query.open ?? null;
  const Conversation = useDrawnPart(openId !== null, loadConversation, LateConversation);
  const close = () => {
    open(null);
    // Back where one came from, so that the keyboard goes on from there.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-conversation="${openId}"]`)?.focus());
  };
  return (
    <div className={classes.chats} data-open={openId ? true : undefined}>
      <section className={classes.side} aria-label={t("conversations")}>
        <ConversationList openId={openId} />
      </section>
      <section className={classes.detail} aria-label={t("conversation")}>
        {openId ? (
          <Conversation key={openId} id={openId} onClose={close} />
        ) : (
          <div className={classes.none}>
            <EmptyState icon={<IconMessages size={22} stroke={1.6} />} title={t("pick.title")}>
              {t("pick.text")}
            </EmptyState>
          </div>
        )}
      </section>
      <Announcer />
    </div>
  );
}
