"use client";

import { IconHistory, IconInbox, IconMessage, IconRobot, IconUser, IconUsersGroup } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { Found } from "../api";
import { useActionLabel } from "../audit/labels";
import { useTRPC } from "../trpc";
import { type Item, isMatch } from "./item";

/** What the desk finds for these words, as far as the operator may see it. */
export function useFoundItems(words: string): { items: Item[]; isPending: boolean } {
  const trpc = useTRPC();
  const toItems = useToItems();
  const isAsked = words !== "";
  const { data, isPlaceholderData, isFetching, isError } = useQuery(
    trpc.find.queryOptions({ words }, { enabled: isAsked, placeholderData: keepPreviousData, staleTime: 5_000 }),
  );
  if (!isAsked || !data || isError) return { items: [], isPending: isAsked && isFetching };
  // Until the answer is there, what was found before stays as far as it fits.
  const items = toItems(data).filter((item) => !isPlaceholderData || isMatch(item, words));
  return { items, isPending: isPlaceholderData && isFetching };
}

function useToItems(): (found: Found) => Item[] {
  const t = useTranslations("palette");
  const label = useTranslations("vocabulary");
  const actionLabel = useActionLabel();
  const unnamed = label("unnamed");
  return ({ bots, groups, people, requests, chats, events }) => [
    ...bots.map(
      ({ id, name, nickname }): Item => ({
        ...{ key: `bot ${id}`, kind: "bots", label: name, icon: IconRobot, to: href.bot(id) },
        hint: nickname ?? "",
      }),
    ),
    ...groups.map(
      ({ botId, groupId, name, botName }): Item => ({
        ...{ key: `group ${botId} ${groupId}`, kind: "groups", label: name || groupId, icon: IconUsersGroup },
        hint: `${groupId} · ${botName}`,
        to: href.group(botId, groupId),
      }),
    ),
    ...people.map(
      ({ platform, personId, name, as, of }): Item => ({
        ...{ key: `person ${platform} ${personId}`, kind: "people", label: name || personId, icon: IconUser },
        hint: `${personId} · ${t(`as.${as}`, { of })}`,
        to: href.person(platform, personId),
      }),
    ),
    ...requests.map(
      ({ id, kind, state, applicantName, applicantId, groupName, botName }): Item => ({
        ...{ key: `request ${id}`, kind: "requests", label: applicantName || applicantId || unnamed, icon: IconInbox },
        hint: [label(`kind.${kind}`), groupName, label(`state.${state}.label`, { verb: "other" }), botName]
          .filter(Boolean)
          .join(" · "),
        to: href.requests({ state: "all", set: "all", open: id }),
      }),
    ),
    ...chats.map(
      ({ id, name, peerId, botName }): Item => ({
        ...{ key: `chat ${id}`, kind: "chats", label: name || peerId, icon: IconMessage, hint: botName },
        to: href.chats({ open: id }),
      }),
    ),
    ...events.map(
      ({ id, action, actorName, target }): Item => ({
        ...{ key: `event ${id}`, kind: "events", label: actionLabel(action), icon: IconHistory },
        hint: [actorName, target].filter(Boolean).join(" · "),
        to: href.audit({ open: id }),
      }),
    ),
  ];
}
