"use client";

import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { PastCall } from "../api";
import { FailurePanel } from "../failure-panel";
import { EmptyState, Page } from "../page";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { History } from "./history";
import { OperationList } from "./operation-list";
import { OperationPanel } from "./operation-panel";

/** Every operation of a bot's platform by hand. Bot and operation are kept in the address. */
export function ConsolePage() {
  const t = useTranslations("console");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const parameters = useSearchParams();
  const bots = useQuery(trpc.bots.list.queryOptions());
  const [past, setPast] = useState<PastCall | null>(null);
  const asked = parameters.get("bot");
  const bot = bots.data?.find(({ id }) => id === asked) ?? bots.data?.[0];
  const op = parameters.get("op");
  const operations = useQuery({
    ...trpc.console.operations.queryOptions({ botId: bot?.id ?? "" }),
    enabled: bot !== undefined,
  });
  const chosen = operations.data?.find(({ operation }) => operation === op);
  const go = (botId: string, operation: string | null) => {
    setPast(null);
    window.history.pushState(null, "", href.console({ bot: botId, op: operation }));
  };
  return (
    <Page
      title={t("title")}
      description={t("description")}
      wide
      actions={
        bot && (
          <NativeSelect
            label={t("bot")}
            value={bot.id}
            data={bots.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            onChange={(event) => go(event.currentTarget.value, op)}
          />
        )
      }
    >
      {bots.isError && <FailurePanel error={bots.error} />}
      {bots.isSuccess && !bot && (
        <EmptyState icon={<IconTerminal2 size={22} stroke={1.6} aria-hidden="true" />} title={t("noBot.title")}>
          {t("noBot.text")}
        </EmptyState>
      )}
      {bot && operations.isPending && (
        <Skeleton height={420} radius={10} role="status" aria-label={common("loading")} />
      )}
      {operations.isError && (
        <FailurePanel error={operations.error}>
          <Button onClick={() => operations.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {bot && operations.data && (
        <div className={classes.columns} data-chosen={chosen !== undefined || undefined}>
          <OperationList operations={operations.data} chosen={op} onChoose={(operation) => go(bot.id, operation)} />
          <div className={classes.main}>
            {chosen && (
              <div className={classes.back}>
                <Button onClick={() => go(bot.id, null)}>{t("list")}</Button>
              </div>
            )}
            {chosen && (
              <OperationPanel
                key={`${bot.id} ${chosen.id} ${past?.id ?? ""}`}
                bot={bot}
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
                go(bot.id, call.operation);
                setPast(call);
              }}
            />
          </div>
        </div>
      )}
    </Page>
  );
}
