"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { Pressing } from "../api";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import type { ToneName } from "../tone";
import { useTRPC } from "../trpc";
import classes from "./pressing-now.module.css";

interface Tile {
  name: "waiting" | "hour" | "day" | "week" | "unknown" | "failed";
  to: string;
  countOf: (pressing: Pressing) => number;
  tone: ToneName;
}

/** Each leads to the queue under the filter that shows just what it counts. */
const tiles: readonly Tile[] = [
  { name: "waiting", to: href.requests({ state: "waiting" }), countOf: ({ waiting }) => waiting, tone: "wait" },
  {
    ...{ name: "hour", to: href.requests({ state: "waiting", age: "hour" }), tone: "wait" },
    countOf: ({ older }) => older.hour,
  },
  {
    ...{ name: "day", to: href.requests({ state: "waiting", age: "day" }), tone: "wait" },
    countOf: ({ older }) => older.day,
  },
  {
    ...{ name: "week", to: href.requests({ state: "waiting", age: "week" }), tone: "wait" },
    countOf: ({ older }) => older.week,
  },
  { name: "unknown", to: href.requests({ state: "unknown" }), countOf: ({ unknown }) => unknown, tone: "odd" },
  { name: "failed", to: href.requests({ state: "failed" }), countOf: ({ failed }) => failed, tone: "bad" },
];

/** What needs a person: requests that wait, by how long they do, and decisions that did not end well. */
export function PressingNow() {
  const t = useTranslations("overview.pressing");
  const format = useFormatter();
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.overview.pressing.queryOptions());
  const oldest = data?.oldestAt;
  return (
    <Section
      title={t("title")}
      actions={
        <span className={classes.oldest}>
          {oldest ? t.rich("oldest", { time: () => <RelativeTime at={oldest} /> }) : data && t("nothing")}
        </span>
      }
    >
      {error && !data && <FailurePanel error={error} />}
      <ul className={classes.tiles}>
        {tiles.map(({ name, to, countOf, tone }) => {
          const count = data ? countOf(data) : null;
          return (
            <li key={name}>
              <Link className={classes.tile} href={to} data-tone={count ? tone : undefined}>
                <span className={classes.count}>
                  {count === null ? <Skeleton height={24} width={40} /> : format.number(count)}
                </span>
                <span className={classes.name}>{t(name)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
