"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { PersonDetail } from "../api";
import { useActionLabel } from "../audit/labels";
import { OutcomeTone } from "../audit/outcome-tone";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./person-page.module.css";

/** What the record says was done to them from this desk. */
export function PersonEvents({ person }: { person: PersonDetail }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const actionLabel = useActionLabel();
  const trpc = useTRPC();
  const { platform, personId } = person;
  const events = useInfiniteQuery(
    trpc.people.events.infiniteQueryOptions(
      { platform, personId },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("record")}>
      {events.isPending && <Skeleton height={96} role="status" aria-label={common("loading")} />}
      {events.isError && (
        <FailurePanel error={events.error}>
          <Button onClick={() => events.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {events.isSuccess && items.length === 0 && <p className={classes.none}>{t("recordNone")}</p>}
      {items.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("column.what")}</th>
              <th scope="col">{t("column.who")}</th>
              <th scope="col">{t("column.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((event) => (
              <tr key={event.id}>
                <td>
                  <Link href={href.audit({ person: personId, open: event.id })}>{actionLabel(event.action)}</Link>
                  {event.bot && <small>{event.bot.name}</small>}
                </td>
                <td>
                  {event.actorName}
                  <small>
                    <RelativeTime at={event.at} />
                  </small>
                </td>
                <td>
                  <OutcomeTone outcome={event.outcome} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {events.hasNextPage && (
        <div className={classes.more}>
          <Button loading={events.isFetchingNextPage} onClick={() => events.fetchNextPage()}>
            {common("more")}
          </Button>
        </div>
      )}
    </Section>
  );
}
