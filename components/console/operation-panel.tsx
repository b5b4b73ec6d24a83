"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Platform } from "@/lib/platform";
import { toSchema } from "@/lib/schema";
import type { Bot, BotOperation } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import { Answer } from "./answer";
import classes from "./console.module.css";
import { Facts } from "./facts";
import { Failed } from "./failed";
import { OperationForm } from "./operation-form";
import type { Json } from "./schema";
import { Switching } from "./switching";
import { useCall } from "./use-call";

/** One operation: what it is, its form, its call and the answer. `filled` is what the form begins with. */
export function OperationPanel({
  bot,
  platform,
  operation,
  filled,
}: {
  bot: Bot;
  platform: Platform;
  operation: BotOperation;
  filled: Json;
}) {
  const common = useTranslations("common");
  const locale = useLocale();
  const trpc = useTRPC();
  const schemas = useQuery({
    ...trpc.console.schemas.queryOptions({ platform, operation: operation.operation }),
    // They change with the program only.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const schema = useMemo(() => (schemas.data ? toSchema(schemas.data.input) : null), [schemas.data]);
  const call = useCall(bot.id, operation.operation);
  return (
    <>
      <Section title={locale === "zh-CN" ? operation.title.zh : operation.title.en}>
        <div className={classes.stack}>
          <Facts operation={operation}>{operation.isBeyond && <Switching bot={bot} operation={operation} />}</Facts>
          {schemas.isPending && <Skeleton height={120} radius={8} role="status" aria-label={common("loading")} />}
          {schemas.isError && <FailurePanel error={schemas.error} />}
          {schema && <OperationForm bot={bot} operation={operation} schema={schema} filled={filled} call={call} />}
        </div>
      </Section>
      {call.failed && <Failed key={call.failed.eventId} trace={call.failed} />}
      {call.done && <Answer key={call.done.eventId} done={call.done} botId={bot.id} operation={operation.operation} />}
    </>
  );
}
