"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Platform } from "@/lib/platform";
import { FailurePanel } from "../failure-panel";
import { EmptyState } from "../page";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { OperationDoc } from "./operation-doc";
import { OperationList } from "./operation-list";

/** A platform's whole catalogue to read, whether or not there is a bot of it. */
export function PlatformDoc({
  platform,
  op,
  onChoose,
}: {
  platform: Platform;
  op: string | null;
  onChoose: (operation: string | null) => void;
}) {
  const t = useTranslations("console");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const catalogue = useQuery({
    ...trpc.console.catalogue.queryOptions({ platform }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const chosen = catalogue.data?.find(({ operation }) => operation === op);
  if (catalogue.isPending) return <Skeleton height={420} radius={10} role="status" aria-label={common("loading")} />;
  if (catalogue.isError) {
    return (
      <FailurePanel error={catalogue.error}>
        <Button onClick={() => catalogue.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  return (
    <div className={classes.columns} data-chosen={chosen !== undefined || undefined}>
      <OperationList operations={catalogue.data} chosen={op} onChoose={onChoose} />
      <div className={classes.main}>
        {chosen && (
          <div className={classes.back}>
            <Button onClick={() => onChoose(null)}>{t("list")}</Button>
          </div>
        )}
        {chosen ? (
          <OperationDoc key={chosen.id} platform={platform} operation={chosen} />
        ) : (
          <EmptyState
            icon={<IconBook2 size={22} stroke={1.6} aria-hidden="true" />}
            title={op ? t("doc.notFound", { operation: op }) : t("choose.title")}
          >
            {t("doc.text")}
          </EmptyState>
        )}
      </div>
    </div>
  );
}
