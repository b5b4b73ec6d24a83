"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { BotDetail } from "../api";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./add-bot.module.css";
import { type BotForm, fromConnection, toConnection, toPace, toPaceForm } from "./connection";
import { botFields, ConnectionFields } from "./connection-fields";
import { Probe } from "./probe";

/** Changes how a bot is reached. The stored token is never shown; an empty field keeps it. */
export function EditBot({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const stored: BotForm = {
    ...{ platform: bot.platform, name: bot.name, token: "" },
    connection: fromConnection(bot.platform, bot.connection),
    pace: toPaceForm(bot),
  };
  // Null while nothing is typed: the form then follows what is stored, whoever changed it.
  const [edits, setEdits] = useState<BotForm | null>(null);
  const form = edits ?? stored;
  const update = useMutation(
    trpc.bots.update.mutationOptions({
      onMutate: () => edits,
      onSuccess: async (_done, _input, sent) => {
        await queryClient.invalidateQueries(trpc.bots.pathFilter());
        // What was typed while it was being saved is kept.
        setEdits((current) => (current === sent ? null : current));
      },
    }),
  );
  const { fields, rest } = useFaults(botFields)(update.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({
      id: bot.id,
      name: form.name,
      connection: toConnection(form.platform, form.connection),
      ...toPace(form.pace),
      ...(form.token === "" ? {} : { token: form.token }),
    });
  };
  return (
    <Section title={t("connection")}>
      <form onSubmit={submit}>
        <ConnectionFields value={form} onChange={setEdits} faults={fields} hasToken={bot.hasToken} />
        <div className={classes.probe}>
          <Probe id={bot.id} form={form} />
        </div>
        {rest !== null && <FailurePanel error={rest} />}
        <div className={classes.buttons}>
          <Button type="submit" size="sm" variant="filled" loading={update.isPending}>
            {t("save")}
          </Button>
          <span role="status">{update.isSuccess && t("saved")}</span>
        </div>
      </form>
    </Section>
  );
}
