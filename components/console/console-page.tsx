"use client";

import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { platforms } from "@/lib/platform";
import { FailurePanel } from "../failure-panel";
import { Page } from "../page";
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
  const bot = asked ? undefined : (bots.data?.find(({ id }) => id === parameters.get("bot")) ?? bots.data?.[0]);
  const platform = asked ?? (bots.isSuccess && !bot ? platforms[0] : undefined);
  const go = (place: { bot?: string; platform?: string; op: string | null }) =>
    window.history.pushState(null, "", href.console(place));
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
