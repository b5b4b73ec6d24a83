"use client";

import { Button, FileButton, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { pictureKinds, takesPictures } from "@/lib/group";
import type { GroupRow } from "../api";
import { readPicture } from "../picture";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** The group's picture: a file, made small enough here, or an address where the platform fetches it itself. */
export function PictureSetting({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.settings");
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const act = useAct(trpc.groups.update.mutationOptions(), { done: () => t("saved.avatar") });
  const takesFile = takesPictures[group.bot.platform];
  const canSave = chosen !== null && (takesFile || /^https?:\/\/\S+$/.test(chosen));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave || act.isRunning) return;
    if (await act.run({ botId: group.bot.id, groupId: group.groupId, change: { avatar: chosen } })) setChosen(null);
  };
  const take = async (file: File | null) => {
    if (!file) return;
    const picture = await readPicture(file);
    setUnreadable(picture === null);
    setChosen(picture);
  };
  return (
    <form className={classes.setting} onSubmit={submit}>
      <div className={classes.wide}>
        {takesFile ? (
          <>
            <p className={classes.settingName}>{t("avatar.label")}</p>
            <p className={classes.settingText}>{t("avatar.text")}</p>
            <div className={classes.picture}>
              {/* biome-ignore lint/performance/noImgElement: it is what was just chosen here, and lies on no server. */}
              {chosen !== null && <img src={chosen} alt={t("avatar.preview")} width={56} height={56} />}
              <FileButton accept={pictureKinds.join(",")} onChange={(file) => void take(file)}>
                {(props) => (
                  <Button {...props} size="xs">
                    {t("avatar.choose")}
                  </Button>
                )}
              </FileButton>
            </div>
            {isUnreadable && (
              <p className={classes.fault} role="alert">
                {t("avatar.unreadable")}
              </p>
            )}
          </>
        ) : (
          <TextInput
            type="url"
            label={t("avatar.label")}
            description={t("avatar.address")}
            value={chosen ?? ""}
            onChange={(event) => setChosen(event.currentTarget.value.trim())}
          />
        )}
      </div>
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t("avatar.save")}>
        {t("save")}
      </SteadyButton>
    </form>
  );
}
