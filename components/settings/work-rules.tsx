"use client";

import { Input, Switch, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { Preferences } from "../api";
import { Section } from "../page";
import { SaveBar, useSavePreferences } from "./save";
import classes from "./settings.module.css";

/** The most the server takes. */
const mostSeconds = 60;
const mostDays = 365;

/** How long a decision can be taken back, whether opening a request takes it, and how long messages are kept. */
export function WorkRules({ stored }: { stored: Preferences }) {
  const t = useTranslations("settings.work");
  const id = useId();
  const save = useSavePreferences();
  // Only what was changed here: the rest follows what colleagues save meanwhile.
  const [draft, setDraft] = useState<{ seconds?: string; claims?: boolean; days?: string }>({});
  const seconds = draft.seconds ?? String(stored.undoSeconds);
  const claims = draft.claims ?? stored.claimOnOpen;
  const days = draft.days ?? String(stored.messageDays);
  const isChanged =
    seconds !== String(stored.undoSeconds) || claims !== stored.claimOnOpen || days !== String(stored.messageDays);
  const count = Number(seconds);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const patch = { undoSeconds: count, claimOnOpen: claims, messageDays: Number(days) };
    save.mutate({ patch }, { onSuccess: () => setDraft({}) });
  };
  return (
    <Section title={t("title")}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.seconds}>
          <Input.Wrapper id={id} label={t("undo")} description={t("undoText")}>
            <div className={classes.pair}>
              <TextInput
                id={id}
                type="number"
                required
                min={0}
                max={mostSeconds}
                step={1}
                value={seconds}
                aria-describedby={`${id}-description`}
                onChange={(event) => setDraft({ ...draft, seconds: event.currentTarget.value })}
              />
              <input
                type="range"
                className={classes.range}
                aria-label={t("undo")}
                aria-valuetext={t("seconds", { count })}
                min={0}
                max={mostSeconds}
                step={1}
                value={count}
                onChange={(event) => setDraft({ ...draft, seconds: event.currentTarget.value })}
              />
            </div>
          </Input.Wrapper>
          <p className={classes.hint}>{t("undoMeans", { count })}</p>
        </div>
        <Switch
          size="sm"
          label={t("claim")}
          description={t("claimText")}
          checked={claims}
          onChange={(event) => setDraft({ ...draft, claims: event.currentTarget.checked })}
        />
        <TextInput
          className={classes.days}
          type="number"
          required
          min={0}
          max={mostDays}
          step={1}
          label={t("days")}
          description={t("daysText", { count: Number(days) })}
          value={days}
          onChange={(event) => setDraft({ ...draft, days: event.currentTarget.value })}
        />
        <SaveBar save={save} isChanged={isChanged} onDrop={() => setDraft({})} />
      </form>
    </Section>
  );
}
