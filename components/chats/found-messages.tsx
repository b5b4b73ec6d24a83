"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type MouseEvent, useId } from "react";
import { href } from "@/lib/href";
import type { ChatFound } from "../api";
import { Avatar } from "../avatar";
import { FailurePanel } from "../failure-panel";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { useChatsQuery } from "./address";
import classes from "./conversation-list.module.css";
import { Marked } from "./marked";

const atOnce = 20;

/** What was said with the words that the list is searched for: each leads to its conversation, at that message. */
export function FoundMessages({ words, openId }: { words: string; openId: string | null }) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { filter } = useChatsQuery();
  const heading = useId();
  const found = useInfiniteQuery(
    trpc.chats.search.infiniteQueryOptions(
      { text: words, ...(filter.botId ? { botId: filter.botId } : {}), limit: atOnce },
      { getNextPageParam: (page) => page.next ?? undefined, staleTime: 0 },
    ),
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby={heading} className={classes.found}>
      <h2 id={heading} className={classes.part}>
        {t("inMessages")}
      </h2>
      {found.isPending && <Skeleton height={136} mx="sm" role="status" aria-label={common("loading")} />}
      {found.isError && (
        <div className={classes.notice}>
          <FailurePanel error={found.error}>
            <Button onClick={() => found.refetch()}>{common("again")}</Button>
          </FailurePanel>
        </div>
      )}
      {found.isSuccess && items.length === 0 && <p className={classes.nothing}>{t("nothingSaid")}</p>}
      {items.length > 0 && (
        <ul className={classes.hits}>
          {items.map((item) => (
            <Hit key={item.id} item={item} words={words} isOpen={item.conversation.id === openId} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            {t("moreMessages")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Hit({ item, words, isOpen }: { item: ChatFound; words: string; isOpen: boolean }) {
  const t = useTranslations("chats");
  const { query, open } = useChatsQuery();
  const { id, at, senderName, isOwn, conversation } = item;
  const { peer, bot } = conversation;
  const name = peer.name || peer.id;
  const sender = isOwn ? t("own") : peer.to === "group" ? senderName : "";
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(conversation.id, id);
  };
  return (
    <li>
      <a
        className={`${classes.row} ${classes.hit}`}
        href={href.chats({ ...query, open: conversation.id, at: id })}
        aria-current={(isOpen && query.at === id) || undefined}
        onClick={follow}
      >
        <Avatar id={peer.id} name={name} src={peer.avatar} size={36} />
        <span className={classes.body}>
          <span className={classes.line}>
            <span className={classes.name}>{name}</span>
            <span className={classes.when}>
              <RelativeTime at={at} />
            </span>
          </span>
          <span className={classes.line}>
            <span className={classes.last}>
              {sender && t("lastBy", { name: sender, text: "" })}
              <Marked text={item.text || t("noText")} words={words} />
            </span>
            <span className={classes.bot}>{bot.name}</span>
          </span>
        </span>
      </a>
    </li>
  );
}
