"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { PersonDetail, Said as SaidRow } from "../api";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { ClockTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./person-page.module.css";

/** Their messages that are kept, newest first, recalled ones included. Pictures and the rest stay in the conversation. */
export function Said({ person }: { person: PersonDetail }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { platform, personId } = person;
  const said = useInfiniteQuery(
    trpc.people.messages.infiniteQueryOptions(
      { platform, personId },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  const items = said.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("messages")} description={t("messagesText")}>
      {said.isPending && <Skeleton height={96} role="status" aria-label={common("loading")} />}
      {said.isError && (
        <FailurePanel error={said.error}>
          <Button onClick={() => said.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {said.isSuccess && items.length === 0 && <p className={classes.none}>{t("messagesNone")}</p>}
      <ul className={`${classes.list} ${classes.said}`}>
        {items.map((message) => (
          <One key={message.id} message={message} />
        ))}
      </ul>
      {said.hasNextPage && (
        <div className={classes.more}>
          <Button loading={said.isFetchingNextPage} onClick={() => said.fetchNextPage()}>
            {common("more")}
          </Button>
        </div>
      )}
    </Section>
  );
}

function One({ message }: { message: SaidRow }) {
  const t = useTranslations("people");
  const { conversation } = message;
  const where = conversation.to === "group" ? conversation.name || conversation.peerId : t("inPrivate");
  return (
    <li>
      <div className={classes.head}>
        <Link href={href.chats({ open: conversation.id })}>{where}</Link>
        <span>{message.bot.name}</span>
        <ClockTime at={message.at} />
        {message.recalledAt && (
          <span>{t.rich("recalled", { time: () => <ClockTime at={message.recalledAt ?? message.at} /> })}</span>
        )}
      </div>
      <p className={`${classes.words} ${message.recalledAt ? classes.recalled : ""}`}>
        {message.pieces.map((piece, at) =>
          piece.type === "text" ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one message never change their places.
            <span key={at} className={classes.piece}>
              {t(`piece.${piece.type}`, { text: piece.text })}
            </span>
          ),
        )}
      </p>
    </li>
  );
}
