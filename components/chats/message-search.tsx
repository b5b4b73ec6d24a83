"use client";

import { Button, CloseButton, Skeleton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChatDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { Marked } from "./marked";
import classes from "./message-search.module.css";

interface MessageSearchProps {
  chat: ChatDetail;
  onClose: () => void;
  onFound: (messageId: string) => void;
}

/** Looks through what is kept of a conversation and goes to what was found. */
export function MessageSearch({ chat, onClose, onFound }: MessageSearchProps) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [words, setWords] = useState("");
  const [text, change] = useTypedAhead(words, setWords);
  const found = useInfiniteQuery(
    trpc.chats.search.infiniteQueryOptions(
      { text: words, id: chat.id, limit: 30 },
      { enabled: words !== "", getNextPageParam: (page) => page.next ?? undefined, staleTime: 0 },
    ),
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <search
      className={classes.panel}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={classes.top}>
        <TextInput
          className={classes.field}
          type="search"
          size="xs"
          autoFocus
          aria-label={t("searchHere")}
          placeholder={t("searchHere")}
          leftSection={<IconSearch size={15} stroke={1.8} />}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
        <CloseButton aria-label={t("searchClose")} onClick={onClose} />
      </div>
      {words !== "" && (
        <div className={classes.found}>
          {found.isPending && <Skeleton height={96} role="status" aria-label={common("loading")} />}
          {found.isError && (
            <FailurePanel error={found.error}>
              <Button onClick={() => found.refetch()}>{common("again")}</Button>
            </FailurePanel>
          )}
          {found.isSuccess && items.length === 0 && <p className={classes.none}>{t("nothingSaid")}</p>}
          {items.map((item) => (
            <button key={item.id} type="button" className={classes.hit} onClick={() => onFound(item.id)}>
              <span className={classes.who}>
                <span>{item.isOwn ? t("own") : item.senderName || t("somebody")}</span>
                <RelativeTime at={item.at} />
              </span>
              <Marked text={item.text || t("noText")} words={words} />
            </button>
          ))}
          {found.hasNextPage && (
            <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
              {common("more")}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}
