"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { platforms } from "@/lib/platform";
import type { Bot, PastCall } from "../api";
import { FailurePanel } from "../failure-panel";
import { EmptyState } from "../page";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { History } from "./history";
import { OperationList } from "./operation-list";
import { OperationPanel } from "./operation-panel";

/** The operations of a bot that its operator may call, one of them open, and their own past calls. */
export function BotConsole({
  bot,
  op,
  onChoose,
}: {
  bot: Bot;
  op: string | null;
  onChoose: (operation: string | null) => void;
}) {
  const t = useTranslations("console");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [past, setPast] = useState<PastCall | null>(null);
  const operations = useQuery(trpc.console.operations.queryOptions({ botId: bot.id }));
  const chosen = operations.data?.find(({ operation }) => operation === op);
  const platform = platforms.find((name) => name === bot.platform);
  const choose = (operation: string | null) => {
    setPast(null);
    onChoose(operation);
  };
  if (operations.isPending) return <Skeleton height={420} radius={10} role="status" aria-label={common("loading")} />;
  if (operations.isError) {
    return (
      <FailurePanel error={operations.error}>
        <Button onClick={() => operations.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  return (
    <div className={classes.columns} data-chosen={chosen !== undefined || undefined}>
      <OperationList operations={operations.data} chosen={op} onChoose={choose} />
      <div className={classes.main}>
        {chosen && (
          <div className={classes.back}>
            <Button onClick={() => choose(null)}>{t("list")}</Button>
          </div>
        )}
        {chosen && platform && (
          <OperationPanel
            key={`${chosen.id} ${past?.id ?? ""}`}
            bot={bot}
            platform={platform}
            operation={chosen}
            filled={past?.operation === chosen.operation ? past.input : undefined}
          />
        )}
        {!chosen && (
          <EmptyState
            icon={<IconTerminal2 size={22} stroke={1.6} aria-hidden="true" />}
            title={op ? t("notFound", { operation: op }) : t("choose.title")}
          >
            {t("choose.text")}
          </EmptyState>
        )}
        <History
          botId={bot.id}
          onAgain={(call) => {
            onChoose(call.operation);
            setPast(call);
          }}
        />
      </div>
    </div>
  );
}
