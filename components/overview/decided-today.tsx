"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { formatDuration } from "@/lib/duration";
import type { Decided } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import { DecidedTable } from "./decided-table";
import { InView } from "./in-view";
import classes from "./overview.module.css";
import { Switch } from "./switch";

const DecidedChart = dynamic(() => import("./decided-chart").then(({ DecidedChart }) => DecidedChart), { ssr: false });

/** Today's decisions by operator and outcome, and how long people waited for the first one. */
export function DecidedToday() {
  const t = useTranslations("overview.decided");
  const overview = useTranslations("overview");
  const locale = useLocale();
  const trpc = useTRPC();
  const [look, setLook] = useState<"chart" | "table">("chart");
  const zone = useTimeZone() ?? "UTC";
  const { data, error } = useQuery(trpc.overview.decided.queryOptions({ zone }));
  const [all, ...operators] = data ?? [];
  const took = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? t("none") : formatDuration(seconds, locale);
  const figures = [
    { name: "total", value: all?.total ?? 0 },
    { name: "median", value: took(all?.medianSeconds) },
    { name: "p90", value: took(all?.p90Seconds) },
  ] as const;
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        <Switch
          label={overview("look", { name: t("title") })}
          value={look}
          onChange={setLook}
          options={[
            { name: "chart", text: overview("chart") },
            { name: "table", text: overview("table") },
          ]}
        />
      }
    >
      {error && !data && <FailurePanel error={error} />}
      <dl className={classes.figures}>
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{data ? value : <Skeleton height={16} width={48} mt={6} />}</dd>
          </div>
        ))}
      </dl>
      <Body look={look} operators={data ? operators : null} />
    </Section>
  );
}

function Body({ look, operators }: { look: "chart" | "table"; operators: readonly Decided[] | null }) {
  const t = useTranslations("overview.decided");
  if (operators === null) return <Skeleton className={classes.chart} />;
  if (operators.length === 0) return <p className={classes.quiet}>{t("empty")}</p>;
  if (look === "table") return <DecidedTable operators={operators} />;
  return (
    <InView rows={operators.length}>
      <DecidedChart operators={operators} />
    </InView>
  );
}
