import { z } from "zod";
import { maximumMute } from "@/lib/member";
import { type TaskVerb, taskCapabilities } from "@/lib/task";
import type { Adapter } from "@/server/platforms/adapter";
import type { Member } from "@/server/platforms/entity";
import { PlatformError } from "@/server/platforms/error";
import type { MemberChange } from "./member-patch";
import type { Able } from "./perform";

/** An act on a member, with what it takes. */
export const MemberAct = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("kick"), block: z.boolean().default(false) }),
  z.object({ verb: z.literal("mute"), seconds: z.number().int().min(1).max(maximumMute) }),
  z.object({ verb: z.literal("unmute") }),
  z.object({ verb: z.literal("promote") }),
  z.object({ verb: z.literal("demote") }),
  z.object({ verb: z.literal("card"), card: z.string().max(100) }),
  z.object({ verb: z.literal("title"), title: z.string().max(100) }),
]);
export type MemberAct = z.infer<typeof MemberAct>;

export type MemberCapability = (typeof taskCapabilities)[TaskVerb];

/** An adapter of which the capability of the act at hand is known to be there. */
type AbleOfMembers = Able<MemberCapability>;

/** Tells the platform. */
export async function carryOut(able: AbleOfMembers, groupId: string, userId: string, act: MemberAct): Promise<void> {
  switch (act.verb) {
    case "kick":
      // Not said where it is not wanted: a platform without it refuses the word itself.
      return await able["members.kick"](groupId, userId, act.block ? { block: true } : {});
    case "mute":
      return await able["members.mute"](groupId, userId, act.seconds);
    case "unmute":
      return await able["members.mute"](groupId, userId, 0);
    case "promote":
      return await able["members.promote"](groupId, userId, true);
    case "demote":
      return await able["members.promote"](groupId, userId, false);
    case "card":
      return await able["members.card"](groupId, userId, act.card);
    case "title":
      return await able["members.title"](groupId, userId, act.title);
  }
}

/**
 * How somebody stands in a group now: `gone` when the platform does not know them there, null where it cannot be asked.
 * Throws PlatformError.
 */
export async function lookUp(adapter: Adapter, groupId: string, userId: string): Promise<Member | "gone" | null> {
  const get = adapter["members.get"];
  if (!get) {
    const members = await adapter["members.list"]?.(groupId);
    return members ? (members.find((member) => member.id === userId) ?? "gone") : null;
  }
  try {
    return await get(groupId, userId);
  } catch (cause) {
    // It answered, and in its own words that there is nobody.
    if (cause instanceof PlatformError && cause.code === "platform_refused") return "gone";
    throw cause;
  }
}

/** A platform's clock may go wrong by so much, ms. */
const slackMs = 120_000;

/** What is looked at to see whether an act happened. */
export type Seen = Pick<Member, "role" | "card" | "title" | "isMuted" | "mutedUntil"> | "gone";

/** Has it happened? Null: what is known of the member does not tell. @param since when it was sent. */
export function judge(act: MemberAct, seen: Seen | null, since: Date): boolean | null {
  if (seen === null) return null;
  if (act.verb === "kick") return seen === "gone";
  if (seen === "gone") return null;
  switch (act.verb) {
    case "mute": {
      if (seen.mutedUntil === null) return seen.isMuted;
      const end = seen.mutedUntil.getTime();
      return end > since.getTime() && end >= since.getTime() + act.seconds * 1_000 - slackMs;
    }
    case "unmute":
      if (seen.isMuted !== null) return !seen.isMuted;
      return seen.mutedUntil === null ? null : seen.mutedUntil.getTime() <= Date.now();
    case "promote":
      return seen.role === "unknown" ? null : seen.role !== "member";
    case "demote":
      return seen.role === "unknown" ? null : seen.role === "member";
    case "card":
      return seen.card === null ? null : seen.card === act.card;
    case "title":
      return seen.title === null ? null : seen.title === act.title;
  }
}

/** What of a member the desk keeps. */
export function toChange({ role, card, title, isMuted, mutedUntil }: Exclude<Seen, "gone">): MemberChange {
  return { role, card, title, isMuted, mutedUntil };
}

/** An act as a task keeps it: the verb and its arguments. */
export function toArguments({ verb: _verb, ...given }: MemberAct): Record<string, string | number | boolean> {
  return given;
}

/** Read again. */
export function toAct(verb: string, given: unknown): MemberAct {
  return MemberAct.parse({ ...(typeof given === "object" ? given : {}), verb });
}

/** The capability that an act goes through. */
export function capabilityOf(verb: TaskVerb): MemberCapability {
  return taskCapabilities[verb];
}
