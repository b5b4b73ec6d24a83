"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { GroupRow } from "../api";
import { SteadyButton } from "../steady-button";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** A text of the group. It follows what is stored until something is typed, whoever changes it meanwhile. */
export function TextSetting({ group, field }: { group: GroupRow; field: "name" | "remark" | "intro" }) {
  const t = useTranslations("groups.settings");
  const trpc = useTRPC();
  const stored = group[field] ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const act = useAct(trpc.groups.update.mutationOptions(), { done: () => t(`saved.${field}`) });
  const value = typed ?? stored;
  const text = value.trim();
  const canSave = typed !== null && text !== stored && (field !== "name" || text !== "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSave || act.isRunning) return;
    const done = await act.run({ botId: group.bot.id, groupId: group.groupId, change: { [field]: text } });
    // What was typed while it was being saved is kept.
    if (done) setTyped((current) => (current === typed ? null : current));
  };
  const common = {
    ...{ label: t(`${field}.label`), description: t(`${field}.text`), value, className: classes.wide },
    maxLength: field === "intro" ? 1_000 : 100,
  };
  return (
    <form className={classes.setting} onSubmit={submit}>
      {field === "intro" ? (
        <TextBox {...common} minRows={2} maxRows={8} onChange={(event) => setTyped(event.currentTarget.value)} />
      ) : (
        <TextInput {...common} onChange={(event) => setTyped(event.currentTarget.value)} />
      )}
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t(`${field}.save`)}>
        {t("save")}
      </SteadyButton>
    </form>
  );
}
