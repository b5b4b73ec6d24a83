"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import type { Platform } from "@/lib/platform";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Page, Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./add-bot.module.css";
import { type BotForm, emptyForm, toConnection, toPace } from "./connection";
import { botFields, ConnectionFields } from "./connection-fields";
import { NapcatGuide } from "./napcat-guide";
import { PlatformChoice } from "./platform-choice";
import { Probe } from "./probe";
import { SignInForm } from "./sign-in-form";

/** A new bot: the platform first, then how its account is reached, a try, and saving or signing in. */
export function AddBot() {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [form, setForm] = useState<BotForm>(() => emptyForm("napcat"));
  const { platform } = form;
  const create = useMutation(
    trpc.bots.create.mutationOptions({
      onSuccess: ({ id }) => {
        queryClient.invalidateQueries(trpc.bots.pathFilter());
        router.push(href.bot(id));
      },
    }),
  );
  const { fields, rest } = useFaults(botFields)(create.error);
  const choose = (next: Platform) => {
    create.reset();
    setForm(withDevice(emptyForm(next, form.name)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      ...{ name: form.name, platform, connection: toConnection(platform, form.connection), ...toPace(form.pace) },
      ...(form.token === "" ? {} : { token: form.token }),
    });
  };
  const isNapcat = platform === "napcat";
  return (
    <Page title={t("new.title")} up={{ href: href.bots(), name: t("title") }} description={t("new.description")} wide>
      <PlatformChoice value={platform} onChange={choose} />
      <div className={isNapcat ? classes.columns : classes.column}>
        <Section title={isNapcat ? t("new.here") : t("connection")}>
          {platform === "im" ? (
            <SignInForm
              form={form}
              hasPassword={false}
              submit={t("signIn.add")}
              onDone={(id) => router.push(href.bot(id))}
            >
              {(faults) => <ConnectionFields value={form} onChange={setForm} faults={faults} hasToken={false} />}
            </SignInForm>
          ) : (
            <form onSubmit={submit}>
              <ConnectionFields value={form} onChange={setForm} faults={fields} hasToken={false} />
              <div className={classes.probe}>
                <Probe form={form} />
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
            </form>
          )}
        </Section>
        {isNapcat && (
          <Section title={t("new.there")}>
            <NapcatGuide way={form.connection.way} reverseUrl={null} postUrl={null} />
          </Section>
        )}
      </div>
    </Page>
  );
}

/** A device of its own: with one that is signed in elsewhere, the two would take each other's place. */
function withDevice(form: BotForm): BotForm {
  if (form.platform !== "yunhu") return form;
  const deviceId = `gatehouse-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? ""}`;
  return { ...form, connection: { ...form.connection, deviceId } };
}
