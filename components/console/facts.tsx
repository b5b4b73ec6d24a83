"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { permissions } from "@/lib/permissions";
import type { Bot, Operation } from "../api";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { RiskMark } from "./risk-mark";

/** What is known of an operation before it is called. */
export function Facts({ bot, operation }: { bot: Bot; operation: Operation }) {
  const t = useTranslations("console");
  const capabilityName = useTranslations("bots");
  const locale = useLocale();
  const permission = permissions[operation.permission];
  return (
    <>
      <div className={classes.row}>
        <RiskMark risk={operation.risk} />
        {operation.isBeyond && <span className={classes.beyond}>{t("beyond")}</span>}
      </div>
      <dl className={classes.facts}>
        <dt>{t("fact.permission")}</dt>
        <dd>{locale === "zh-CN" ? permission.zh : permission.en}</dd>
        <dt>{t("fact.route")}</dt>
        <dd>
          <code>
            {operation.route.method} {operation.route.path}
          </code>
        </dd>
        <dt>{t("fact.source")}</dt>
        <dd>{operation.source}</dd>
        {operation.capabilities.length > 0 && <dt>{t("fact.capability")}</dt>}
        {operation.capabilities.map((name) => (
          <dd key={name}>
            {capabilityName(`capability.${name}`)} <code>{name}</code>
          </dd>
        ))}
      </dl>
      {operation.isBeyond && <Switching bot={bot} operation={operation} />}
      {operation.traps.length > 0 && (
        <div className={classes.traps}>
          <h3 className={classes.subtitle}>{t("traps")}</h3>
          <ul>
            {operation.traps.map((trap) => (
              <li key={trap.en}>{locale === "zh-CN" ? trap.zh : trap.en}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Allows or forbids an operation beyond the vendor's document, for who manages bots. */
function Switching({ bot, operation }: { bot: Bot; operation: Operation }) {
  const t = useTranslations("console.off");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.bots.setExtra.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.console.operations.queryFilter({ botId: bot.id })),
    }),
  );
  return (
    <div className={classes.row}>
      <p className={classes.note}>{operation.isOn ? t("isOn") : t("text")}</p>
      {bot.can.manage && (
        <Button
          loading={change.isPending}
          onClick={() => change.mutate({ id: bot.id, operation: operation.operation, isOn: !operation.isOn })}
        >
          {operation.isOn ? t("off") : t("on")}
        </Button>
      )}
      {change.isError && <FailurePanel error={change.error} />}
    </div>
  );
}
