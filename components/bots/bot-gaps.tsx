"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { BotGap, BotGapFound } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { ClockTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./bot-gaps.module.css";

/** So many are shown without being asked for. */
const fewest = 4;

/** The times a bot could not be heard, and what was found of each afterwards: said plainly, what nobody can know too. */
export function BotGaps({ id }: { id: string }) {
  const t = useTranslations("bots.gaps");
  const trpc = useTRPC();
  const [isMore, setMore] = useState(false);
  const gaps = useQuery(trpc.bots.gaps.queryOptions({ id }));
  return (
    <Section title={t("title")} description={t("text")}>
      {gaps.isPending && <Skeleton height={64} />}
      {gaps.isError && <FailurePanel error={gaps.error} />}
      {gaps.data?.length === 0 && <p className={classes.none}>{t("none")}</p>}
      {gaps.data && gaps.data.length > 0 && (
        <ol className={classes.list}>
          {gaps.data.slice(0, isMore ? undefined : fewest).map((gap) => (
            <li key={gap.id} className={classes.gap} data-open={gap.endAt === null || undefined}>
              <Gap gap={gap} />
            </li>
          ))}
        </ol>
      )}
      {gaps.data && gaps.data.length > fewest && !isMore && (
        <Button mt="sm" onClick={() => setMore(true)}>
          {t("all", { count: gaps.data.length })}
        </Button>
      )}
    </Section>
  );
}

function Gap({ gap }: { gap: BotGap }) {
  const t = useTranslations("bots.gaps");
  const textOf = useFailureText();
  const { startAt, endAt, found, error } = gap;
  const Icon = endAt ? IconPlugConnected : IconPlugConnectedX;
  return (
    <>
      <Icon className={classes.icon} size={16} stroke={1.7} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.when}>
          {endAt
            ? t.rich("lost", { start: () => <ClockTime at={startAt} />, end: () => <ClockTime at={endAt} /> })
            : t.rich("lasting", { start: () => <ClockTime at={startAt} /> })}
        </p>
        {found && <Found found={found} />}
        {error && <p className={classes.bad}>{t("unread", { what: textOf({ code: error, detail: {} }).what })}</p>}
        {endAt && !found && !error && <p className={classes.small}>{t("reading")}</p>}
      </div>
    </>
  );
}

function Found({ found }: { found: BotGapFound }) {
  const t = useTranslations("bots.gaps");
  const format = useFormatter();
  const names = (kinds: readonly BotGapFound["unknown"][number][]) =>
    format.list(kinds.map((kind) => t(`kind.${kind}`)));
  return (
    <>
      <p>{t("found", { arrived: found.arrived, elsewhere: found.elsewhere, expired: found.expired })}</p>
      {found.fetched.length > 0 && <p className={classes.small}>{t("fetched", { kinds: names(found.fetched) })}</p>}
      {found.partial.length > 0 && (
        <p className={classes.small}>
          <span className={classes.doubt}>{t("partial", { kinds: names(found.partial) })}</span> {t("partialWhy")}
        </p>
      )}
      {found.unknown.length > 0 && (
        <p className={classes.small}>
          <span className={classes.doubt}>{t("unknown", { kinds: names(found.unknown) })}</span> {t("unknownWhy")}
        </p>
      )}
    </>
  );
}
