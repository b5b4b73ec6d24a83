"use client";

import { Button, Portal } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { skipToken, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, useEffect } from "react";
import { FailurePanel } from "../failure-panel";
import { atFirstHand } from "../hand";
import { useShortcuts } from "../shell/shortcuts";
import { useTRPC } from "../trpc";
import classes from "./undo-bar.module.css";
import { type Offer, type Taken, useUndo } from "./undo-offer";

const loadOffered = () => import("./undo-offered").then((module) => module.Offered);
const Offered = dynamic(loadOffered, { ssr: false });

/**
 * Offers to take back what this tab decided last, for as long as the desk holds it back. The time shown is a courtesy:
 * the desk keeps it, closing the tab changes nothing, and whether it was in time is what the desk answers. Binds "u".
 */
export const UndoBar = memo(function UndoBar() {
  const t = useTranslations("requests.undo");
  const common = useTranslations("common");
  const { offer, others, undo, error, taken, dismiss, isPending } = useUndo();
  useShortcuts({ u: offer && !isPending ? undo : undefined });
  useEffect(() => atFirstHand(loadOffered), []);
  const what = useWords();
  const done = useTaken(taken);
  const isOffered = error === null && offer !== null;
  return (
    <Portal>
      <section className={classes.place} aria-label={t("title")}>
        {/* Said once a decision, not once a second. */}
        <div className={classes.hidden} role="status">
          {done && `${done} `}
          {isOffered && t("offer", { what: what(offer), seconds: offer.seconds })}
        </div>
        {error !== null && (
          <div className={classes.failure}>
            <FailurePanel error={error}>
              <Button onClick={dismiss}>{common("close")}</Button>
            </FailurePanel>
          </div>
        )}
        {error === null && done && (
          <div className={classes.bar} aria-hidden="true">
            <IconArrowBackUp className={classes.icon} size={18} stroke={1.8} />
            <span className={classes.text}>{done}</span>
          </div>
        )}
        {isOffered && (
          <Offered
            key={offer.key}
            offer={offer}
            others={others}
            what={what(offer)}
            isPending={isPending}
            onUndo={undo}
            onDismiss={dismiss}
          />
        )}
      </section>
    </Portal>
  );
});

function useWords(): (offer: Offer) => string {
  const t = useTranslations("requests.undo");
  const label = useTranslations("vocabulary");
  return (offer) =>
    offer.kind === "batch"
      ? t("batch", { verb: label(`verbDone.${offer.verb}`), count: offer.count })
      : t("one", { verb: label(`verbDone.${offer.verb}`), name: offer.name });
}

/** What became of taking it back. A batch is taken back one by one, so it is said when the desk is through with it. */
function useTaken(taken: Taken | null): string | null {
  const t = useTranslations("requests.undo");
  const trpc = useTRPC();
  const batch = useQuery(
    trpc.batches.get.queryOptions(taken?.kind === "batch" ? { id: taken.id, limit: 1 } : skipToken),
  ).data;
  if (taken === null) return null;
  if (taken.kind === "decision") return t("taken", { name: taken.name });
  if (!batch || batch.counts.queued + batch.counts.held > 0) return t("taking");
  const { total, counts } = batch;
  return t("takenBatch", { count: counts.cancelled, left: total - counts.cancelled - counts.refused });
}
