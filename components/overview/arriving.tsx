"use client";

import { Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTimeZone, useTranslations } from "next-intl";
import { type CSSProperties, useState } from "react";
import { href } from "@/lib/href";
import type { Arrivals } from "../api";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import { ArrivingTable } from "./arriving-table";
import { InView } from "./in-view";
import classes from "./overview.module.css";
import { Switch } from "./switch";

const ArrivingChart = dynamic(() => import("./arriving-chart").then(({ ArrivingChart }) => ArrivingChart), {
  ssr: false,
});

/** Arrivals by the hour, and by bot and group in the same time. */
export function Arriving() {
  const t = useTranslations("overview.arriving");
  const overview = useTranslations("overview");
  const trpc = useTRPC();
  const [span, setSpan] = useState<"day" | "week">("day");
  const [look, setLook] = useState<"chart" | "table">("chart");
  const zone = useTimeZone() ?? "UTC";
  const { data, error } = useQuery(
    trpc.overview.arrivals.queryOptions({ zone, span }, { placeholderData: keepPreviousData }),
  );
  const total = data?.hours.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <Section
      title={t("title")}
      description={data && total === 0 ? t("none") : t("description", { count: total })}
      actions={
        <div className={classes.switches}>
          <Switch
            label={t("span")}
            value={span}
            onChange={setSpan}
            options={[
              { name: "day", text: t("day") },
              { name: "week", text: t("week") },
            ]}
          />
          <Switch
            label={overview("look", { name: t("title") })}
            value={look}
            onChange={setLook}
            options={[
              { name: "chart", text: overview("chart") },
              { name: "table", text: overview("table") },
            ]}
          />
        </div>
      }
    >
      {error && !data && <FailurePanel error={error} />}
      {data && total === 0 ? null : data ? (
        look === "table" ? (
          <ArrivingTable arrivals={data} />
        ) : (
          <InView>
            <ArrivingChart arrivals={data} label={t("chart", { count: total })} />
          </InView>
        )
      ) : (
        <Skeleton className={classes.chart} />
      )}
      {total > 0 && data && (
        <div className={classes.ranksPair}>
          <Ranks title={t("bots")} ranks={ofBots(data)} />
          <Ranks title={t("groups")} ranks={ofGroups(data)} />
        </div>
      )}
    </Section>
  );
}

interface Rank {
  key: string;
  name: string;
  /** Tells it from another of the same name. */
  of?: string;
  to: string;
  count: number;
}

function ofBots({ bots }: Arrivals): Rank[] {
  return bots.map(({ id, name, count }) => ({
    ...{ key: id, name, count },
    to: href.requests({ state: "all", set: "all", bot: id }),
  }));
}

function ofGroups({ groups }: Arrivals): Rank[] {
  return groups.map(({ botId, botName, groupId, name, count }) => ({
    ...{ key: `${botId} ${groupId}`, name: name || groupId, of: botName, count },
    to: href.requests({ state: "all", set: "all", bot: botId, group: groupId }),
  }));
}

/** The busiest first; the length of a bar is its share of the first. */
function Ranks({ title, ranks }: { title: string; ranks: readonly Rank[] }) {
  const t = useTranslations("overview.arriving");
  const most = ranks[0]?.count ?? 1;
  return (
    <div>
      <h3 className={classes.ranksTitle}>{title}</h3>
      {ranks.length === 0 ? (
        <p className={classes.quiet}>{t("none")}</p>
      ) : (
        <ol className={classes.ranks}>
          {ranks.map(({ key, name, of, to, count }) => (
            <li key={key}>
              <Link
                className={classes.rank}
                href={to}
                // React's style type knows no custom properties; it is a plain length read by the stylesheet.
                style={{ "--share": `${(100 * count) / most}%` } as CSSProperties}
              >
                <span className={classes.rankName}>{name}</span>
                {of && <span className={classes.rankOf}>{of}</span>}
                <span className={classes.rankCount}>{count}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
