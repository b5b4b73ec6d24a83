"use client";

import { Button, FileButton, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { pictureKinds, takesPictures } from "@/lib/group";
import { avatarSide } from "@/lib/profile";
import type { BotDetail } from "../api";
import { readPicture } from "../picture";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./profile.module.css";

/** The account's picture: a file, made small enough here, or an address where the platform fetches it itself. */
export function ProfilePicture({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile.avatar");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const act = useAct(trpc.profile.update.mutationOptions(), { done: () => t("saved") });
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
            <p className={classes.hint}>{t("text")}</p>
            <div className={classes.picture}>
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
          <TextInput
            type="url"
            label={t("label")}
            description={t("address")}
            value={chosen ?? ""}
            onChange={(event) => setChosen(event.currentTarget.value.trim())}
          />
        )}
      </div>
      <Button type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t("save")}>
        {common("save")}
      </Button>
    </form>
  );
}
