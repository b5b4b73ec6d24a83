"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type GroupQuery, href } from "@/lib/href";
import { type MemberSort, memberSorts } from "@/lib/member";

/** Whom the list is narrowed to. */
export const memberWho = ["owner", "admin", "member", "muted", "online"] as const;
export type MemberWho = (typeof memberWho)[number];
export const memberWhen = ["joined-1", "joined-7", "silent-30", "silent-90"] as const;
export type MemberWhen = (typeof memberWhen)[number];

const dayMs = 86_400_000;

/** The address of a group's members: what they are narrowed to, their order, who is open. */
export function useMembersAddress(botId: string, groupId: string) {
  const parameters = useSearchParams();
  return useMemo(() => {
    const who = memberWho.find((name) => name === parameters.get("role")) ?? null;
    const when = memberWhen.find((name) => name === parameters.get("when")) ?? null;
    const text = parameters.get("text");
    const [word = "", direction] = (parameters.get("sort") ?? "").split(".");
    const by: MemberSort = memberSorts.find((name) => name === word) ?? "role";
    const isDescending = direction === "down";
    const open = parameters.get("open");
    const query: GroupQuery = { tab: "members", text, role: who, when, sort: parameters.get("sort"), open };
    const addressOf = (patch: GroupQuery) => href.group(botId, groupId, { ...query, ...patch });
    return {
      ...{ who, when, text, by, isDescending, open, addressOf },
      filter: {
        ...(text ? { text } : {}),
        ...(who === "owner" || who === "admin" || who === "member" ? { role: who } : {}),
        ...(who === "muted" ? { isMuted: true } : {}),
        ...(who === "online" ? { isOnline: true } : {}),
        ...toRange(when),
      },
      order: { by, isDescending },
      narrow: (patch: GroupQuery) => window.history.replaceState(null, "", addressOf(patch)),
      show: (id: string | null) => {
        const to = addressOf({ open: id });
        if (open && id) window.history.replaceState(null, "", to);
        else window.history.pushState(null, "", to);
      },
    };
  }, [parameters, botId, groupId]);
}

/** To the day, so that the same address asks for the same thing from one drawing to the next. */
function toRange(when: MemberWhen | null) {
  const [what, days] = when?.split("-") ?? [];
  if (what === undefined) return {};
  const at = new Date(Math.floor(Date.now() / dayMs) * dayMs - Number(days) * dayMs);
  return what === "joined" ? { joinedFrom: at } : { spokeTo: at };
}
