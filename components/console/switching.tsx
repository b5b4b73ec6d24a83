"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Bot, BotOperation } from "../api";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";

/** Allows or forbids an operation beyond the vendor's document, for who manages bots. */
export function Switching({ bot, operation }: { bot: Bot; operation: BotOperation }) {
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
