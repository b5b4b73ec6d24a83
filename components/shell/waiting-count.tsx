"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../trpc";
import classes from "./navigation.module.css";

const most = 999;

/** A number beside a place's name: short for the eye, in words for who listens. Nothing when it is 0. */
export function PlaceCount({ count, words }: { count: number; words: string }) {
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count > most ? `${most}+` : count}</span>
      <span className={classes.hidden}>{words}</span>
    </span>
  );
}

/** How many requests wait for a person, beside the queue's name. */
export function WaitingCount() {
  const t = useTranslations("navigation");
  const trpc = useTRPC();
  const count = useQuery(trpc.requests.counts.queryOptions({})).data?.states.waiting ?? 0;
  return <PlaceCount count={count} words={t("waiting", { count })} />;
}
