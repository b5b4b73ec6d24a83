"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconPlus, IconRobot } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { Bot } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import Link from "../link";
import { EmptyState, Page } from "../page";
import { RelativeTime } from "../relative-time";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";
import classes from "./bot-list.module.css";
import { TruthLine } from "./truths";

/** Every bot the operator may see, with its three truths. */
export function BotList() {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const bots = useQuery(trpc.bots.list.queryOptions());
  const canManage = useCan("bots.manage");
  const add = canManage && (
    <Button
      component={Link}
      href={href.newBot()}
      variant="filled"
      size="sm"
      leftSection={<IconPlus size={16} stroke={2} />}
    >
      {t("add")}
    </Button>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={add}>
      {bots.isPending && (
        <div className={classes.list} role="status" aria-label={common("loading")}>
          <Skeleton height={74} radius={0} />
          <Skeleton height={74} radius={0} />
        </div>
      )}
      {bots.isError && (
        <FailurePanel error={bots.error}>
          <Button onClick={() => bots.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {bots.data?.length === 0 && (
        <EmptyState icon={<IconRobot size={22} stroke={1.6} />} title={t("empty.title")} action={add || undefined}>
          {canManage ? t("empty.text") : t("empty.ask")}
        </EmptyState>
      )}
      {bots.data && bots.data.length > 0 && (
        <ul className={classes.list}>
          {bots.data.map((bot) => (
            <li key={bot.id}>
              <Row bot={bot} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Row({ bot }: { bot: Bot }) {
  const t = useTranslations("bots");
  const label = useTranslations("vocabulary");
  return (
    <Link className={classes.row} href={href.bot(bot.id)} data-off={!bot.isEnabled || undefined}>
      <Initials id={bot.id} name={bot.name} size={36} />
      <span className={classes.who}>
        <span className={classes.name}>
          {bot.name}
          {!bot.isEnabled && <span className={classes.off}>{t("disabled")}</span>}
        </span>
        <span className={classes.account}>
          {[label(`platform.${bot.platform}`), bot.nickname, bot.accountId].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className={classes.truths}>
        <TruthLine bot={bot} />
        <span className={classes.last}>
          {bot.lastEventAt
            ? t.rich("truth.lastEvent", { time: () => bot.lastEventAt && <RelativeTime at={bot.lastEventAt} /> })
            : t("truth.noEvent")}
        </span>
      </span>
    </Link>
  );
}
