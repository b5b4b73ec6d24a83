"use client";

import { Button, Skeleton, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { BotDetail } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { isErrorCode } from "../failure-shape";
import { Fold, Page } from "../page";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { BotGaps } from "./bot-gaps";
import { BotLog } from "./bot-log";
import classes from "./bot-page.module.css";
import { Capabilities } from "./capabilities";
import { fromConnection } from "./connection";
import { EditBot } from "./edit-bot";
import { NapcatGuide } from "./napcat-guide";
import { Profile } from "./profile";
import { ProfileEnd } from "./profile-end";
import { RemoveBot } from "./remove-bot";
import { SignInAgain } from "./sign-in-again";
import { TruthCards } from "./truths";

/** One bot: what is true of it now, how it is connected, what happened to it, and the acts of those who manage it. */
export function BotPage({ id }: { id: string }) {
  const common = useTranslations("common");
  const t = useTranslations("bots");
  const trpc = useTRPC();
  const bot = useQuery(trpc.bots.get.queryOptions({ id }));
  if (bot.isPending) {
    return (
      <Page title={t("title")}>
        <div role="status" aria-label={common("loading")}>
          <Skeleton height={132} radius={10} />
          <Skeleton height={220} radius={10} mt="md" />
        </div>
      </Page>
    );
  }
  if (bot.isError) {
    return (
      <Page title={t("title")}>
        <FailurePanel error={bot.error}>
          <Button onClick={() => bot.refetch()}>{common("again")}</Button>
        </FailurePanel>
      </Page>
    );
  }
  return <Loaded bot={bot.data} />;
}

function Loaded({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots");
  const label = useTranslations("vocabulary");
  const textOf = useFailureText();
  const { lastError } = bot;
  const form = fromConnection(bot.platform, bot.connection);
  const waitsForDial = form.way === "reverse" && !bot.truths.connected.is;
  return (
    <Page
      title={bot.name}
      up={{ href: href.bots(), name: t("title") }}
      description={[label(`platform.${bot.platform}`), bot.nickname, bot.accountId ?? t("accountUnknown")]
        .filter(Boolean)
        .join(" · ")}
      actions={bot.can.manage && <Enabled bot={bot} />}
    >
      <TruthCards bot={bot} />
      {lastError && (
        <p className={classes.error}>
          {t.rich("lastError", {
            time: () => <RelativeTime at={lastError.at} />,
            what: isErrorCode(lastError.code) ? textOf({ code: lastError.code, detail: {} }).what : lastError.code,
          })}
        </p>
      )}
      {bot.can.manage && bot.platform === "im" && <SignInAgain bot={bot} />}
      {bot.can.manage && bot.platform === "napcat" && (
        <Fold
          title={t("there.title")}
          description={waitsForDial ? t("there.waiting") : t("there.text")}
          isOpen={!bot.truths.connected.is}
        >
          <NapcatGuide way={form.way} reverseUrl={bot.reverseUrl} postUrl={bot.postUrl} />
        </Fold>
      )}
      {bot.can.manage && <EditBot bot={bot} />}
      <Profile bot={bot} />
      <BotGaps id={bot.id} />
      <Capabilities bot={bot} />
      <BotLog id={bot.id} />
      <ProfileEnd bot={bot} />
      {bot.can.manage && <RemoveBot bot={bot} />}
    </Page>
  );
}

function Enabled({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const set = useMutation(
    trpc.bots.setEnabled.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.bots.pathFilter()) }),
  );
  const isOn = set.isPending ? set.variables.isEnabled : bot.isEnabled;
  return (
    <div>
      <Switch
        size="sm"
        checked={isOn}
        label={isOn ? t("enabled") : t("disabled")}
        onChange={(event) => set.mutate({ id: bot.id, isEnabled: event.currentTarget.checked })}
      />
      {set.isError && <FailurePanel error={set.error} />}
    </div>
  );
}
