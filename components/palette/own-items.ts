"use client";

import { useMantineColorScheme } from "@mantine/core";
import {
  IconArrowRight,
  IconBookmark,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useLocale, useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { locales } from "@/lib/locale";
import { viewHref } from "@/lib/view";
import { rememberLocale } from "../cookie";
import { isNext } from "../requests/past";
import { hasSomewhere, useSessionInfo } from "../shell/access";
import { placesOf } from "../shell/places";
import { useTRPC } from "../trpc";
import { useViews } from "../views/views";
import type { Item } from "./item";
import { forgetRecent } from "./recent";

const themes = [
  { scheme: "light", icon: IconSun },
  { scheme: "dark", icon: IconMoon },
  { scheme: "auto", icon: IconDeviceDesktop },
] as const;

/** The places, the saved views, and what can be done from anywhere: what the palette knows without asking. */
export function useOwnItems(say: (text: string) => void): Item[] {
  const t = useTranslations("palette");
  const navigation = useTranslations("navigation");
  const theme = useTranslations("theme");
  const language = useTranslations("language");
  const locale = useLocale();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const session = useSessionInfo();
  const views = useViews();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const saveLocale = useMutation(trpc.account.setLocale.mutationOptions());

  const openNext = async (done: () => void) => {
    const ask = trpc.requests.list.queryOptions({ state: "waiting", skipped: "hide", limit: 100 });
    const next = (await queryClient.fetchQuery({ ...ask, staleTime: 0 }).catch(() => null))?.items.findLast(isNext);
    if (!next) return say(t("noNext"));
    router.push(href.requests({ open: next.id }));
    done();
  };

  return [
    ...placesOf(session).open.map(
      ({ name, to, icon }): Item => ({ key: to, kind: "pages", label: navigation(name), icon, words: name, to }),
    ),
    ...views.map(
      ({ id, name, page, query }): Item => ({
        key: `view ${id}`,
        kind: "views",
        label: name,
        icon: IconBookmark,
        to: viewHref(page, query),
      }),
    ),
    ...(hasSomewhere(session, "requests.decide")
      ? [
          {
            key: "next",
            kind: "actions",
            label: t("next"),
            icon: IconArrowRight,
            words: "next",
            run: openNext,
            isAnswered: true,
          } as const,
        ]
      : []),
    ...(hasSomewhere(session, "bots.manage")
      ? [
          {
            key: "add bot",
            kind: "actions",
            label: t("addBot"),
            icon: IconPlus,
            words: "bot",
            to: href.newBot(),
          } as const,
        ]
      : []),
    ...themes
      .filter(({ scheme }) => scheme !== colorScheme)
      .map(
        ({ scheme, icon }): Item => ({
          key: `theme ${scheme}`,
          kind: "actions",
          label: t("theme", { name: theme(`names.${scheme}`) }),
          icon,
          words: `theme ${scheme}`,
          run: () => setColorScheme(scheme),
        }),
      ),
    ...locales
      .filter((name) => name !== locale)
      .map(
        (name): Item => ({
          key: `language ${name}`,
          kind: "actions",
          label: t("language", { name: language(`names.${name}`) }),
          icon: IconLanguage,
          words: `language ${name}`,
          run: () => {
            rememberLocale(name);
            saveLocale.mutate({ locale: name });
            router.refresh();
          },
        }),
      ),
    {
      key: "sign out",
      kind: "actions",
      label: navigation("signOut"),
      icon: IconLogout,
      words: "sign out log out",
      run: () => {
        forgetRecent();
        void signOut({ callbackUrl: href.signIn() });
      },
    },
  ];
}
