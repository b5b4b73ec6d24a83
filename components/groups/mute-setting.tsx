"use client";

import { Button, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { GroupRow } from "../api";
import { useFailureText } from "../failure";
import { toFailure } from "../failure-shape";
import { useSentenceGap } from "../sentence-gap";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** Mutes everybody or lifts it. Where members are told by a message of their own, both outcomes are shown. */
export function MuteSetting({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.settings.mute");
  const trpc = useTRPC();
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const act = useAct(trpc.groups.muteAll.mutationOptions(), {
    done: (_result, input) => (input.left ? t("announced") : input.isMuted ? t("doneOn") : t("doneOff")),
  });
  const [asked, setAsked] = useState<boolean | null>(null);
  const at = { botId: group.bot.id, groupId: group.groupId };
  const failure = act.error ? toFailure(act.error) : null;
  const isHalf = failure?.code === "partly_done" && failure.detail.left === "announce";
  const words = failure && isHalf ? textOf(failure) : null;
  const { isMuted } = group;
  const mute = (isOn: boolean) => {
    setAsked(isOn);
    void act.run({ ...at, isMuted: isOn });
  };
  return (
    <div className={classes.setting}>
      <div className={classes.wide}>
        {isMuted === null ? (
          <>
            <p className={classes.settingName}>{t("label")}</p>
            <p className={classes.settingText}>{t("untold")}</p>
          </>
        ) : (
          <Switch
            size="sm"
            classNames={{ label: classes.settingName, description: classes.settingText }}
            label={t("label")}
            description={t("text")}
            checked={isMuted}
            // Not disabled, which would take the focus from it.
            aria-disabled={act.isRunning || undefined}
            onChange={(event) => {
              if (!act.isRunning) mute(event.currentTarget.checked);
            }}
          />
        )}
        {words && (
          <div className={classes.half} role="status">
            <p>
              {t("half")}
              {gap}
              {words.not}
            </p>
            <Button
              size="xs"
              loading={act.isRunning}
              onClick={() => void act.run({ ...at, isMuted: asked ?? isMuted ?? true, left: "announce" })}
            >
              {t("announce")}
            </Button>
          </div>
        )}
      </div>
      {isMuted === null && (
        <span className={classes.pair}>
          <SteadyButton size="sm" loading={act.isRunning} onClick={() => mute(true)}>
            {t("on")}
          </SteadyButton>
          <SteadyButton size="sm" loading={act.isRunning} onClick={() => mute(false)}>
            {t("off")}
          </SteadyButton>
        </span>
      )}
    </div>
  );
}
