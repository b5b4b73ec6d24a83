"use client";

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheckFilled, IconPlug } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import { type BotForm, toConnection } from "./connection";
import classes from "./probe.module.css";

interface ProbeProps {
  /** A saved bot: its stored token is used when none is typed. */
  id?: string | undefined;
  form: BotForm;
}

/** "Try connection": dials once with what is in the form, saves nothing, and says who answered or exactly what failed. */
export function Probe({ id, form }: ProbeProps) {
  const { platform, connection, token } = form;
  const t = useTranslations("bots");
  const trpc = useTRPC();
  const textOf = useFailureText();
  const probe = useMutation(trpc.bots.probe.mutationOptions());
  if (connection.way === "reverse") return <p className={classes.hint}>{t("probe.reverse")}</p>;
  const result = probe.data;
  const failure = result && !result.ok ? { code: result.code, detail: result.detail } : null;
  const text = failure && textOf(failure);
  const words = failure && typeof failure.detail.text === "string" ? failure.detail.text : null;
  return (
    <div className={classes.probe}>
      <Button
        size="sm"
        leftSection={<IconPlug size={16} stroke={1.8} />}
        loading={probe.isPending}
        onClick={() =>
          probe.mutate({
            ...(id === undefined ? {} : { id }),
            platform,
            connection: toConnection(platform, connection),
            ...(token === "" ? {} : { token }),
          })
        }
      >
        {t("probe.try")}
      </Button>
      <div role="status" className={classes.result}>
        {result?.ok && (
          <p className={classes.good}>
            <IconCircleCheckFilled size={17} aria-hidden="true" />
            <span>
              {t("probe.ok", {
                name: result.nickname || "none",
                account: result.accountId,
                version: result.version || "none",
                ms: Math.round(result.latencyMs),
              })}
            </span>
          </p>
        )}
        {text && (
          <div className={classes.bad}>
            <IconAlertTriangle size={17} aria-hidden="true" />
            <div>
              <p className={classes.what}>{text.what}</p>
              <p>{text.next}</p>
              {words && (
                <p className={classes.words}>
                  {t("probe.words")} <q>{words}</q>
                </p>
              )}
            </div>
          </div>
        )}
      </div>
      {probe.isError && <FailurePanel error={probe.error} />}
    </div>
  );
}
