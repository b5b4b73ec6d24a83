"use client";

import { Button } from "@mantine/core";
import { IconBan, IconClock } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { maximumItems } from "@/lib/batch-item";
import { href } from "@/lib/href";
import type { BatchDetail } from "../api";
import { useCalled } from "../applicant";
import { useFailureText } from "../failure";
import { Initials } from "../initials";
import Link from "../link";
import { Tone } from "../tone";
import { useTRPC } from "../trpc";
import classes from "./batch-drawer.module.css";
import { StateTone } from "./state-tone";

type Item = BatchDetail["items"][number];

const troubled: ReadonlySet<string> = new Set(["failed", "unknown", "refused"]);

/** As many as the server hands out at once. */
const pageSize = 200;

/** What became of each request of a batch, in the order in which they were chosen. */
export function BatchItems({ batch, isTrouble }: { batch: BatchDetail; isTrouble: boolean }) {
  const t = useTranslations("requests.batch");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [more, setMore] = useState(0);
  // What went wrong may stand anywhere, so all of it is read; else page by page. The first came with the batch.
  const most = batch.next === null ? 0 : Math.ceil(maximumItems / pageSize) - 1;
  const pages = useQueries({
    queries: Array.from({ length: isTrouble ? most : Math.min(more, most) }, (_, at) =>
      trpc.batches.get.queryOptions({ id: batch.id, after: (at + 1) * pageSize - 1 }),
    ),
  });
  const known = new Map([batch, ...pages.map((page) => page.data)].flatMap((page) => page?.items ?? []).map(keyed));
  const all = [...known.values()].toSorted((a, b) => a.position - b.position);
  const items = isTrouble ? all.filter((item) => troubled.has(item.state)) : all;
  const isLoading = pages.some((page) => page.isPending);
  if (items.length === 0 && !isLoading) return <p className={classes.small}>{t("itemsNone")}</p>;
  return (
    <>
      <ol className={classes.items}>
        {items.map((item) => (
          <li key={item.requestId} className={classes.item}>
            <Line item={item} verb={batch.verb} />
          </li>
        ))}
      </ol>
      {!isTrouble && all.length < batch.total && (
        <Button loading={isLoading} onClick={() => setMore(more + 1)}>
          {common("more")}
        </Button>
      )}
    </>
  );
}

function keyed(item: Item): [string, Item] {
  return [item.requestId, item];
}

function Line({ item, verb }: { item: Item; verb: BatchDetail["verb"] }) {
  const t = useTranslations("requests.batch");
  const called = useCalled();
  const textOf = useFailureText();
  const why = item.code && textOf({ code: item.code, detail: item.detail }).what;
  return (
    <>
      <Initials id={item.applicantId} name={item.applicantName} size={26} />
      <span className={classes.who}>
        <Link className={classes.name} href={href.requests({ state: "all", open: item.requestId })}>
          {called(item)}
        </Link>
        {why && <span className={classes.why}>{why}</span>}
        {item.platformText && (
          <span className={classes.small}>
            <q>{item.platformText}</q>
          </span>
        )}
      </span>
      {item.state === "queued" ? (
        <Tone tone="calm" icon={IconClock} bare>
          {t("state.queued")}
        </Tone>
      ) : item.state === "refused" ? (
        <Tone tone="wait" icon={IconBan} bare>
          {t("state.refused")}
        </Tone>
      ) : (
        <StateTone state={item.state} verb={verb} bare />
      )}
    </>
  );
}
