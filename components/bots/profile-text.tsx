"use client";

import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { clearsSignature } from "@/lib/profile";
import type { BotDetail } from "../api";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./profile.module.css";

interface ProfileTextProps {
  bot: BotDetail;
  field: "name" | "signature";
  stored: string;
}

/** The account's name or signature. It follows what the platform tells until something is typed. */
export function ProfileText({ bot, field, stored }: ProfileTextProps) {
  const t = useTranslations("bots.profile");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const act = useAct(
    trpc.profile.update.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.profile.get.queryFilter()),
    }),
    { done: () => t(`${field}.saved`) },
  );
  const text = (typed ?? stored).trim();
  const mayBeEmpty = field === "signature" && clearsSignature[bot.platform];
  const canSave = typed !== null && text !== stored && (text !== "" || mayBeEmpty);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave || act.isRunning) return;
    // What was typed while it was being saved is kept.
    if (await act.run({ botId: bot.id, [field]: text })) setTyped((current) => (current === typed ? null : current));
  };
  return (
    <form className={classes.row} onSubmit={submit}>
      <TextInput
        className={classes.field}
        label={t(`${field}.label`)}
        description={field === "signature" && !clearsSignature[bot.platform] ? t("signature.keeps") : undefined}
        maxLength={field === "name" ? 60 : 200}
        autoComplete="off"
        value={typed ?? stored}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t(`${field}.save`)}>
        {common("save")}
      </SteadyButton>
    </form>
  );
}
