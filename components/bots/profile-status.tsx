"use client";

import { NativeSelect, Skeleton, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { BotDetail } from "../api";
import { SteadyButton } from "../steady-button";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./profile.module.css";

/** How the account stands, and the states that it can be put into under the platform's own names. */
export function ProfileStatus({ bot, maySet }: { bot: BotDetail; maySet: boolean }) {
  const t = useTranslations("bots.profile.status");
  const trpc = useTRPC();
  const support = useSupport(bot.id);
  const presence = useQuery(
    trpc.profile.presence.queryOptions({ botId: bot.id }, { enabled: support("presence.get") === "on", retry: false }),
  );
  return (
    <>
      {presence.data ? (
        <dl className={classes.fact}>
          <dt>{t("now")}</dt>
          <dd>
            {presence.data.isOnline ? t("online") : t("offline")}
            {presence.data.isGood === false && ` · ${t("notGood")}`}
          </dd>
        </dl>
      ) : (
        presence.isFetching && (
          <div>
            <Skeleton width={180} height={14} my={3} />
          </div>
        )
      )}
      {maySet && support("presence.set") === "on" && support("presence.presets") === "on" && <Presets bot={bot} />}
      {maySet && support("presence.word") === "on" && <OwnWords bot={bot} />}
    </>
  );
}

function Presets({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile.status");
  const isChinese = useLocale().startsWith("zh");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const presets = useQuery(trpc.profile.presets.queryOptions({ botId: bot.id }, { retry: false })).data ?? [];
  const [chosen, setChosen] = useState("");
  const named = presets.map(({ id, zh, en }) => ({ value: id, label: isChinese ? zh : en }));
  const act = useAct(
    trpc.profile.setPresence.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.profile.presence.queryFilter()),
    }),
    { done: (_result, { preset }) => t("set", { name: named.find(({ value }) => value === preset)?.label ?? preset }) },
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== "" && !act.isRunning) await act.run({ botId: bot.id, preset: chosen });
  };
  return (
    <form className={classes.row} onSubmit={submit}>
      <NativeSelect
        className={classes.field}
        label={t("label")}
        description={t("text")}
        data={[{ value: "", label: t("choose") }, ...named]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <SteadyButton type="submit" size="sm" disabled={chosen === ""} loading={act.isRunning}>
        {t("do")}
      </SteadyButton>
    </form>
  );
}

function OwnWords({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile.status");
  const trpc = useTRPC();
  const [words, setWords] = useState("");
  const [faceId, setFaceId] = useState("");
  const act = useAct(trpc.profile.wordPresence.mutationOptions(), {
    done: (_result, input) => t("set", { name: input.words }),
  });
  const canSave = words.trim() !== "" && /^\d{1,6}$/.test(faceId.trim());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (canSave && !act.isRunning) await act.run({ botId: bot.id, words: words.trim(), faceId: faceId.trim() });
  };
  return (
    <form className={classes.row} onSubmit={submit}>
      <TextInput
        className={classes.field}
        label={t("words")}
        description={t("wordsText")}
        maxLength={60}
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <TextInput
        className={classes.face}
        label={t("face")}
        inputMode="numeric"
        maxLength={6}
        autoComplete="off"
        value={faceId}
        onChange={(event) => setFaceId(event.currentTarget.value)}
      />
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t("doWords")}>
        {t("do")}
      </SteadyButton>
    </form>
  );
}
