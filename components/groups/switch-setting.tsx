"use client";

import { useTranslations } from "next-intl";
import type { GroupRow } from "../api";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** A switch whose position no platform tells: it is set one way or the other, and never shown as either. */
export function SwitchSetting({ group, name }: { group: GroupRow; name: "findable" | "robots" }) {
  const t = useTranslations("groups.settings");
  const trpc = useTRPC();
  const act = useAct(trpc.groups[name].mutationOptions(), { done: () => t(`${name}.done`) });
  const set = (isOn: boolean) => void act.run({ botId: group.bot.id, groupId: group.groupId, isOn });
  return (
    <div className={classes.setting}>
      <div className={classes.wide}>
        <p className={classes.settingName}>{t(`${name}.label`)}</p>
        <p className={classes.settingText}>{t("notTold")}</p>
      </div>
      <span className={classes.pair}>
        <SteadyButton size="sm" disabled={act.isRunning} onClick={() => set(true)}>
          {t(`${name}.on`)}
        </SteadyButton>
        <SteadyButton size="sm" disabled={act.isRunning} onClick={() => set(false)}>
          {t(`${name}.off`)}
        </SteadyButton>
      </span>
    </div>
  );
}
