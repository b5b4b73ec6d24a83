"use client";

import { type TaskVerb, taskCapabilities, taskVerbs } from "@/lib/task";
import type { MemberSummary } from "../api";
import { useSupport } from "../support";
import type { ShownMember } from "./rows";

/** The acts that the bot's platform has and the operator may use, in the order screens show them. */
export function useMemberVerbs(botId: string, summary: MemberSummary | undefined): TaskVerb[] {
  const support = useSupport(botId);
  if (!summary) return [];
  const { can, limits } = summary;
  const may: Record<TaskVerb, boolean> = {
    ...{ kick: can.kick, mute: can.mute, unmute: can.mute && limits.canLift },
    ...{ promote: can.promote, demote: can.promote, card: can.edit, title: can.edit },
  };
  return taskVerbs.filter((verb) => may[verb] && support(taskCapabilities[verb]) === "on");
}

/** Of these the ones that make sense for one member. The server knows better, and says why not. */
export function verbsFor(member: ShownMember, verbs: readonly TaskVerb[], ownId: string | null): TaskVerb[] {
  if (member.isGone) return [];
  const isSelf = member.userId === ownId;
  return verbs.filter((verb) => {
    if (isSelf) return verb === "card" || verb === "title";
    if (verb === "unmute") return member.isMuted !== false;
    if (verb === "promote") return member.role !== "admin" && member.role !== "owner";
    if (verb === "demote") return member.role === "admin";
    return verb === "card" || verb === "title" || member.role !== "owner";
  });
}

/** Lengths of a mute that are offered, seconds. */
export const mutePresets = [600, 3_600, 43_200, 86_400, 604_800, 2_592_000] as const;

/** What somebody is called in the group. */
export function nameOf({ card, name, userId }: Pick<ShownMember, "card" | "name" | "userId">): string {
  return card || name || userId;
}
