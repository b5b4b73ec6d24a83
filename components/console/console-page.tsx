"use client";

import { NativeSelect } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { platforms } from "@/lib/platform";
import { FailurePanel } from "../failure-panel";
import { EmptyState, Page } from "../page";
import { changeAddress } from "../search-params";
import { useTRPC } from "../trpc";
import { BotConsole } from "./bot-console";
import { PlatformDoc } from "./platform-doc";

/**
 * Every operation of a bot's platform by hand, or of a platform to read: the whole of it when there is no bot. What is
 * chosen is kept in the address.
 */
export function ConsolePage() {
  const t = useTranslations("console");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const parameters = useSearchParams();
  const bots = useQuery(trpc.bots.list.queryOptions());
  const op = parameters.get("op");
  const asked = platforms.find((name) => name === parameters.get("platform"));
  const named = asked ? null : parameters.get("bot");
  const bot = asked ? undefined : bots.data?.find(({ id }) => named === null || id === named);
  // Whoever followed an address to a bot must not find another one in its place, and call it.
  const isGone = named !== null && bots.isSuccess && !bot;
  const platform = asked ?? (bots.isSuccess && !bot && !isGone ? platforms[0] : undefined);
  const go = (place: { bot?: string; platform?: string; op: string | null }) =>
    changeAddress(href.console(place), true);
  return (
    <Page
      title={t("title")}
      description={platform ? t("doc.description") : t("description")}
      wide
      actions={
        <NativeSelect
          label={t("bot")}
          value={bot ? bot.id : (platform ?? "")}
          data={[
            ...(bot || platform ? [] : [{ value: "", label: "", disabled: true }]),
            ...(bots.data?.length
              ? [{ group: t("bots"), items: bots.data.map(({ id, name }) => ({ value: id, label: name })) }]
              : []),
            {
              group: t("doc.group"),
              items: platforms.map((name) => ({ value: name, label: label(`platform.${name}`) })),
            },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const isPlatform = platforms.some((name) => name === value);
            go(isPlatform ? { platform: value, op: null } : { bot: value, op });
          }}
        />
      }
    >
      {bots.isError && <FailurePanel error={bots.error} />}
      {isGone && (
        <EmptyState icon={<IconTerminal2 size={22} stroke={1.6} aria-hidden="true" />} title={t("noBot.title")}>
          {t("noBot.text")}
        </EmptyState>
      )}
      {bot && (
        <BotConsole key={bot.id} bot={bot} op={op} onChoose={(operation) => go({ bot: bot.id, op: operation })} />
      )}
      {platform && (
        <PlatformDoc
          key={platform}
          platform={platform}
          op={op}
          onChoose={(operation) => go({ platform, op: operation })}
        />
      )}
    </Page>
  );
}
