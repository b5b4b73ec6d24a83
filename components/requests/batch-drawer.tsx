"use client";

import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { IconRefresh, IconX } from "@tabler/icons-react";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as uuid } from "uuid";
import type { BatchDetail } from "../api";
import { Drawer } from "../drawer";
import { FailurePanel } from "../failure-panel";
import { ClockTime, RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./batch-drawer.module.css";
import { useDuration } from "./batch-duration";
import { BatchItems } from "./batch-items";
import { rememberBatch } from "./batch-own";
import { BatchLegend, BatchProgress } from "./batch-progress";
import { isRunning } from "./batch-state";

interface BatchDrawerProps {
  id: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One batch: how each of its requests is doing, stopping what has not been sent, trying again what failed. */
export function BatchDrawer({ id, onOpen, onClose }: BatchDrawerProps) {
  const t = useTranslations("requests.batch");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const batch = useQuery(
    trpc.batches.get.queryOptions(id === null ? skipToken : { id }, { placeholderData: (previous) => previous }),
  );
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={t("drawer")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {id !== null && batch.isPending && <Skeleton height={240} />}
      {batch.isError && <FailurePanel error={batch.error} />}
      {batch.data && <Batch key={batch.data.id} batch={batch.data} onOpen={onOpen} />}
    </Drawer>
  );
}

function Batch({ batch, onOpen }: { batch: BatchDetail; onOpen: (id: string) => void }) {
  const t = useTranslations("requests.batch");
  const label = useTranslations("vocabulary");
  const duration = useDuration();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isTrouble, setTrouble] = useState(false);
  const settled = () => {
    queryClient.invalidateQueries(trpc.batches.pathFilter());
    queryClient.invalidateQueries(trpc.requests.pathFilter());
  };
  const cancel = useMutation(trpc.batches.cancel.mutationOptions({ onSettled: settled }));
  const retry = useMutation(
    trpc.batches.retry.mutationOptions({
      onSuccess: ({ id, total: count }) => {
        rememberBatch({ id, verb: batch.verb, count });
        onOpen(id);
      },
      onSettled: settled,
    }),
  );
  const { counts, total } = batch;
  const running = isRunning(counts);
  const canCancel = counts.queued + counts.held > 0 && batch.cancelledAt === null;
  return (
    <div className={classes.batch}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t("stripName", { verb: label(`verb.${batch.verb}`), count: total })}</h3>
        <span className={classes.small}>
          {batch.by} · <ClockTime at={batch.createdAt} />
          {batch.retryOf && ` · ${t("isRetry")}`}
        </span>
      </div>
      {batch.reason && <blockquote className={classes.reason}>{batch.reason}</blockquote>}
      <div className={classes.progress} aria-live="polite">
        <BatchProgress counts={counts} total={total} />
        <BatchLegend counts={counts} />
        <p className={classes.small}>
          {batch.cancelledAt &&
            t.rich("cancelledBy", {
              by: batch.cancelledBy ?? "",
              time: () => (batch.cancelledAt ? <RelativeTime at={batch.cancelledAt} /> : null),
            })}
          {!batch.cancelledAt && running && batch.seconds > 0 && t("left", { duration: duration(batch.seconds) })}
          {!batch.cancelledAt && !running && t("ended")}
        </p>
      </div>
      {cancel.isError && <FailurePanel error={cancel.error} />}
      {retry.isError && <FailurePanel error={retry.error} />}
      {(canCancel || counts.failed > 0) && (
        <div className={classes.acts}>
          {canCancel && (
            <Button
              size="sm"
              leftSection={<IconX size={15} />}
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ id: batch.id })}
            >
              {t("cancel")}
            </Button>
          )}
          {counts.failed > 0 && !running && (
            <Button
              size="sm"
              leftSection={<IconRefresh size={15} />}
              loading={retry.isPending}
              onClick={() => retry.mutate({ id: batch.id, newId: uuid() })}
            >
              {t("retry", { count: counts.failed })}
            </Button>
          )}
          <span className={classes.small}>{canCancel ? t("cancelHint") : t("retryHint")}</span>
        </div>
      )}
      <div className={classes.itemsHead}>
        <h4 className={classes.subtitle}>{t("items")}</h4>
        <NativeSelect
          size="xs"
          aria-label={t("which")}
          value={isTrouble ? "trouble" : "all"}
          data={[
            { value: "all", label: t("whichAll") },
            { value: "trouble", label: t("whichTrouble") },
          ]}
          onChange={(event) => setTrouble(event.currentTarget.value === "trouble")}
        />
      </div>
      <BatchItems batch={batch} isTrouble={isTrouble} />
    </div>
  );
}
