"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type BotEventCode, botEventCodes } from "@/lib/bot-events";
import type { BotLogLine } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { isErrorCode } from "../failure-shape";
import { Section } from "../page";
import { ClockTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./bot-log.module.css";

const icons = { info: IconInfoCircle, warn: IconAlertTriangle, error: IconCircleX } as const;
const levels = ["info", "warn", "error"] as const;

/** A bot's log, newest first: connects, drops, what arrived and could not be used. */
export function BotLog({ id }: { id: string }) {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const log = useInfiniteQuery(
    trpc.bots.log.infiniteQueryOptions({ id }, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  const lines = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("log")} description={t("logText")}>
      {log.isPending && <Skeleton height={160} />}
      {log.isError && <FailurePanel error={log.error} />}
      {log.isSuccess && lines.length === 0 && <p className={classes.none}>{t("logEmpty")}</p>}
      {lines.length > 0 && (
        <ol className={classes.list}>
          {lines.map((line) => (
            <li key={line.id} className={classes.line}>
              <Line line={line} />
            </li>
          ))}
        </ol>
      )}
      {log.hasNextPage && (
        <Button mt="sm" loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
          {common("more")}
        </Button>
      )}
    </Section>
  );
}

function Line({ line }: { line: BotLogLine }) {
  const t = useTranslations("botEvents");
  const label = useTranslations("vocabulary");
  const textOf = useFailureText();
  const level = levels.find((name) => name === line.level) ?? "info";
  const code = botEventCodes.find((name: BotEventCode) => name === line.code);
  const Icon = icons[level];
  const detail = typeof line.detail === "object" && line.detail !== null ? Object.entries(line.detail) : [];
  return (
    <>
      <span className={classes.level} data-level={level} title={label(`level.${level}`)}>
        <Icon size={15} stroke={1.9} aria-hidden="true" />
        <span className={classes.hidden}>{label(`level.${level}`)}</span>
      </span>
      <span className={classes.text}>
        {code ? t(code) : line.code}
        {detail.length > 0 && (
          <span className={classes.detail}>
            {detail.map(([name, value]) => (
              <span key={name}>
                <code>{name}</code> {isErrorCode(value) ? textOf({ code: value, detail: {} }).what : String(value)}
              </span>
            ))}
          </span>
        )}
      </span>
      <span className={classes.when}>
        <ClockTime at={line.at} />
      </span>
    </>
  );
}
