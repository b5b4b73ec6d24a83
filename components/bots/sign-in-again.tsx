"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BotDetail } from "../api";
import { Fold, Section } from "../page";
import { fromConnection, toPaceForm } from "./connection";
import { SignInForm } from "./sign-in-form";

/** Signs the bot's account in again. Where the platform has signed it out, this is the first thing on its page. */
export function SignInAgain({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.signIn");
  const [isDone, setDone] = useState(false);
  const isSignedOut = !bot.truths.connected.is && bot.lastError?.code === "signed_out_there";
  const form = {
    ...{ platform: bot.platform, name: bot.name, token: "" },
    connection: fromConnection(bot.platform, bot.connection),
    pace: toPaceForm(bot),
  };
  const content = (
    <>
      <SignInForm
        id={bot.id}
        form={form}
        hasPassword={bot.hasPassword}
        submit={t("again.submit")}
        onDone={() => setDone(true)}
      />
      <p role="status">{isDone && t("again.done")}</p>
    </>
  );
  if (!isSignedOut)
    return (
      <Fold title={t("again.title")} description={t("again.text")} isOpen={false}>
        {content}
      </Fold>
    );
  return (
    <Section title={t("again.title")} description={t("again.signedOut")}>
      {content}
    </Section>
  );
}
