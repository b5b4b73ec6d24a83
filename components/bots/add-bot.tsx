"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { Page, Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./add-bot.module.css";
import { type BotForm, ConnectionFields, writeGap } from "./connection-fields";
import { NapcatGuide } from "./napcat-guide";
import { Probe } from "./probe";
import { emptyConnection, toConnection } from "./transport";

export const botFields = ["name", "token", "connection.wsUrl", "connection.httpUrl", "writeGapMs"];

/** Connecting a NapCat: the form, what to enter over there, and a try before saving. */
export function AddBot() {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [form, setForm] = useState<BotForm>({
    name: "",
    connection: emptyConnection,
    token: "",
    writeGapMs: writeGap.usual,
  });
  const create = useMutation(
    trpc.bots.create.mutationOptions({
      onSuccess: ({ id }) => {
        queryClient.invalidateQueries(trpc.bots.pathFilter());
        router.push(href.bot(id));
      },
    }),
  );
  const { fields, rest } = useFaults(botFields)(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: form.name,
      platform: "napcat",
      connection: toConnection(form.connection),
      token: form.token,
      writeGapMs: Number(form.writeGapMs),
    });
  };
  return (
    <Page title={t("new.title")} up={{ href: href.bots(), name: t("title") }} description={t("new.description")} wide>
      <div className={classes.columns}>
        <form onSubmit={submit}>
          <Section title={t("new.here")}>
            <ConnectionFields value={form} onChange={setForm} faults={fields} hasToken={false} />
            <div className={classes.probe}>
              <Probe connection={form.connection} token={form.token} />
            </div>
            {rest !== null && <FailurePanel error={rest} />}
            <div className={classes.buttons}>
              <Button type="submit" size="sm" variant="filled" loading={create.isPending || create.isSuccess}>
                {t("new.save")}
              </Button>
              <Button component={Link} href={href.bots()} size="sm" variant="subtle" color="gray">
                {common("cancel")}
              </Button>
            </div>
          </Section>
        </form>
        <Section title={t("new.there")}>
          <NapcatGuide transport={form.connection.transport} reverseUrl={null} postUrl={null} />
        </Section>
      </div>
    </Page>
  );
}
