"use client";

import { useTranslations } from "next-intl";
import type { MemberActInput } from "../api";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { useLength } from "./duration";

/** Whom an act is about. */
export interface Target {
  userId: string;
  name: string;
}

/** Does something to one member and tells how it went. @returns its state, or null when it failed, of which it has told. */
export function useMemberAct({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("members.done");
  const lengthOf = useLength();
  const trpc = useTRPC();
  const confirmed = (result: { state: string }, text: string) => (result.state === "confirmed" ? text : t("sent"));
  const kick = useAct(trpc.members.kick.mutationOptions(), { done: (result) => confirmed(result, t("kick")) });
  const mute = useAct(trpc.members.mute.mutationOptions(), {
    done: (result, { seconds }) =>
      confirmed(result, seconds === 0 ? t("unmute") : t("mute", { length: lengthOf(seconds) })),
  });
  const promote = useAct(trpc.members.promote.mutationOptions(), {
    done: (result, { isAdmin }) => confirmed(result, isAdmin ? t("promote") : t("demote")),
  });
  const card = useAct(trpc.members.card.mutationOptions(), { done: (result) => confirmed(result, t("card")) });
  const title = useAct(trpc.members.title.mutationOptions(), { done: (result) => confirmed(result, t("title")) });
  return {
    isRunning: [kick, mute, promote, card, title].some((act) => act.isRunning),
    run: ({ userId }: Target, act: MemberActInput) => {
      const who = { botId, groupId, userId };
      switch (act.verb) {
        case "kick":
          return kick.run({ ...who, block: act.block ?? false });
        case "mute":
          return mute.run({ ...who, seconds: act.seconds });
        case "unmute":
          return mute.run({ ...who, seconds: 0 });
        case "promote":
          return promote.run({ ...who, isAdmin: true });
        case "demote":
          return promote.run({ ...who, isAdmin: false });
        case "card":
          return card.run({ ...who, card: act.card });
        case "title":
          return title.run({ ...who, title: act.title });
      }
    },
  };
}
