"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { joinWaysOf } from "@/lib/join-rule";
import type { GroupRow } from "../api";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** How people get in. No platform tells how it is set now, so nothing is chosen at first. */
export function JoinRuleSetting({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.settings");
  const trpc = useTRPC();
  const [how, setHow] = useState("");
  const [question, setQuestion] = useState("");
  const [answer, setAnswer] = useState("");
  const act = useAct(trpc.groups.joinRule.mutationOptions(), { done: () => t("joinRule.done") });
  const ways = joinWaysOf[group.bot.platform];
  const way = ways.find((name) => name === how);
  const canSave = way !== undefined && (way !== "question" || question.trim() !== "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (way === undefined || !canSave || act.isRunning) return;
    const rule =
      way === "question" ? { how: way, question: question.trim(), answer: answer.trim() || null } : { how: way };
    if (await act.run({ botId: group.bot.id, groupId: group.groupId, rule })) setHow("");
  };
  return (
    <form className={classes.setting} onSubmit={submit}>
      <div className={classes.wide}>
        <NativeSelect
          label={t("joinRule.label")}
          description={t("notTold")}
          value={how}
          data={[
            { value: "", label: t("joinRule.choose") },
            ...ways.map((name) => ({ value: name, label: t(`joinRule.${name}`) })),
          ]}
          onChange={(event) => setHow(event.currentTarget.value)}
        />
        {way === "question" && (
          <div className={classes.nested}>
            <TextInput
              label={t("joinRule.questionLabel")}
              maxLength={100}
              value={question}
              onChange={(event) => setQuestion(event.currentTarget.value)}
            />
            <TextInput
              label={t("joinRule.answer")}
              description={t("joinRule.answerText")}
              maxLength={100}
              value={answer}
              onChange={(event) => setAnswer(event.currentTarget.value)}
            />
          </div>
        )}
      </div>
      <SteadyButton type="submit" size="sm" disabled={!canSave} loading={act.isRunning} aria-label={t("joinRule.save")}>
        {t("save")}
      </SteadyButton>
    </form>
  );
}
