"use client";

import { Button, FileButton, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { pictureKinds, takesPictures } from "@/lib/group";
import { avatarSide } from "@/lib/profile";
import type { BotDetail, OwnProfile } from "../api";
import { Avatar } from "../avatar";
import { readPicture } from "../picture";
import { useSentenceGap } from "../sentence-gap";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./profile.module.css";

/**
 * The account's picture, as far as the platform tells it, and another for it: a file, made small enough here, or an address
 * where the platform fetches it itself.
 */
export function ProfilePicture({ bot, own }: { bot: BotDetail; own: OwnProfile | null }) {
  const t = useTranslations("bots.profile.avatar");
  const common = useTranslations("common");
  const gap = useSentenceGap();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const queryClient = useQueryClient();
  const act = useAct(
    trpc.profile.update.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.profile.get.queryFilter()),
    }),
    { done: () => t("saved") },
  );
  const takesFile = takesPictures[bot.platform];
  const canSave = chosen !== null && (takesFile || /^https?:\/\/\S+$/.test(chosen));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave || act.isRunning) return;
    if (await act.run({ botId: bot.id, avatar: chosen })) setChosen(null);
  };
  const take = async (file: File | null) => {
    if (!file) return;
    const picture = await readPicture(file, avatarSide);
    setUnreadable(picture === null);
    setChosen(picture);
  };
  return (
    <form className={classes.row} onSubmit={submit}>
      <div className={classes.field}>
        {takesFile ? (
          <>
            <p className={classes.label}>{t("label")}</p>
            <p className={classes.hint}>
              {t("text")}
              {own?.avatar ? null : `${gap}${t("untold")}`}
            </p>
            <div className={classes.picture}>
              {chosen === null && own?.avatar && <Current own={own} />}
              {/* biome-ignore lint/performance/noImgElement: it is what was just chosen here, and lies on no server. */}
              {chosen !== null && <img src={chosen} alt={t("preview")} width={48} height={48} />}
              <FileButton accept={pictureKinds.join(",")} onChange={(file) => void take(file)}>
                {(props) => <Button {...props}>{t("choose")}</Button>}
              </FileButton>
            </div>
            {isUnreadable && (
              <p className={classes.fault} role="alert">
                {t("unreadable")}
              </p>
            )}
          </>
        ) : (
          <div className={classes.picture}>
            {own && <Current own={own} />}
            <TextInput
              className={classes.field}
              type="url"
              label={t("label")}
              description={t("address")}
              value={chosen ?? ""}
              onChange={(event) => setChosen(event.currentTarget.value.trim())}
            />
          </div>
        )}
      </div>
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t("save")}>
        {common("save")}
      </SteadyButton>
    </form>
  );
}

function Current({ own }: { own: OwnProfile }) {
  return <Avatar id={own.id} name={own.name} src={own.avatar} size={48} />;
}
