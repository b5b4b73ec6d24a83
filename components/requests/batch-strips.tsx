"use client";

import { useLocalStorage } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BatchSummary } from "../api";
import { IconButton } from "../icon-button";
import { useWasOpen } from "../opening";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import classes from "./batch-bar.module.css";
import { useDuration } from "./batch-duration";
import { BatchProgress } from "./batch-progress";
import { isRunning, troubles } from "./batch-state";

const BatchDrawer = dynamic(() => import("./batch-drawer").then((module) => module.BatchDrawer), { ssr: false });

/** More would leave no room for the list. */
const mostStrips = 3;
/** As many as are remembered as read. */
const mostRead = 50;

/** The batches under way, colleagues' too, and the own ones that have ended and were not looked at. Survives a reload: the server has them. */
export function BatchStrips() {
  const trpc = useTRPC();
  const batches = useQuery(trpc.batches.list.queryOptions()).data ?? [];
  const [read, setRead] = useLocalStorage<string[]>({
    key: "gatehouse.batches.read",
    defaultValue: [],
    getInitialValueInEffect: true,
  });
  const [open, setOpen] = useState<string | null>(null);
  const wasOpen = useWasOpen(open !== null);
  const shown = batches
    .filter((batch) => isRunning(batch.counts) || (batch.isMine && !read.includes(batch.id)))
    .slice(0, mostStrips);
  return (
    <>
      {shown.map((batch) => (
        <Strip
          key={batch.id}
          batch={batch}
          onOpen={() => setOpen(batch.id)}
          onRead={() => setRead([batch.id, ...read].slice(0, mostRead))}
        />
      ))}
      {wasOpen && <BatchDrawer id={open} onOpen={setOpen} onClose={() => setOpen(null)} />}
    </>
  );
}

interface StripProps {
  batch: BatchSummary;
  onOpen: () => void;
  onRead: () => void;
}

function Strip({ batch, onOpen, onRead }: StripProps) {
  const t = useTranslations("requests.batch");
  const label = useTranslations("vocabulary");
  const duration = useDuration();
  const { counts, total } = batch;
  const running = isRunning(counts);
  const left = counts.queued + counts.held + counts.sending;
  const bad = troubles(counts);
  return (
    <section className={classes.strip} aria-label={t("strip")}>
      <button type="button" className={classes.stripOpen} onClick={onOpen}>
        <span className={classes.stripLine}>
          <span className={classes.stripName}>
            {t("stripName", { verb: label(`verb.${batch.verb}`), count: total })}
            {!batch.isMine && <span className={classes.by}> · {batch.by}</span>}
          </span>
          <span className={classes.stripCount}>{t("doneOf", { done: total - left, total })}</span>
        </span>
        <BatchProgress counts={counts} total={total} />
        <span className={classes.stripLine}>
          <span className={classes.by}>
            {batch.cancelledAt && t("cancelledShort")}
            {!batch.cancelledAt &&
              running &&
              (batch.seconds > 0 ? t("left", { duration: duration(batch.seconds) }) : t("soon"))}
            {!batch.cancelledAt && !running && t("ended")}
          </span>
          {bad > 0 && <span className={classes.bad}>{t("troubles", { count: bad })}</span>}
        </span>
      </button>
      {!running && (
        <Tip label={t("read")}>
          <IconButton size={26} aria-label={t("read")} onClick={onRead}>
            <IconX size={14} stroke={1.8} />
          </IconButton>
        </Tip>
      )}
    </section>
  );
}
