import type { Permission } from "./permissions";

/** What can be done to members of a group, one or many. */
export const taskVerbs = ["kick", "mute", "unmute", "promote", "demote", "card", "title"] as const;
export type TaskVerb = (typeof taskVerbs)[number];

/** What each goes through, and which permission that takes: a test holds it against the table of capabilities. */
export const taskCapabilities = {
  kick: "members.kick",
  mute: "members.mute",
  unmute: "members.mute",
  promote: "members.promote",
  demote: "members.promote",
  card: "members.card",
  title: "members.title",
} as const satisfies Record<TaskVerb, string>;

export const taskPermissions = {
  kick: "members.kick",
  mute: "members.mute",
  unmute: "members.mute",
  promote: "members.promote",
  demote: "members.promote",
  card: "members.edit",
  title: "members.edit",
} as const satisfies Record<TaskVerb, Permission>;

/**
 * How one member of a task stands. `sent`: the platform took it, and nobody has seen it yet; `refused`: by the desk, it
 * was never sent.
 */
export const taskItemStates = [
  "queued",
  "sending",
  "sent",
  "confirmed",
  "failed",
  "unknown",
  "refused",
  "cancelled",
] as const;
export type TaskItemState = (typeof taskItemStates)[number];

/** Why the desk knows beforehand that an act on a member cannot happen, or has already. */
export const memberObstacles = [
  "not_member",
  "self",
  "own_role",
  "owner",
  "admin",
  "not_muted",
  "is_admin",
  "not_admin",
  "same",
] as const;
export type MemberObstacle = (typeof memberObstacles)[number];

/** The most members one task takes. */
export const maximumTaskItems = 10_000;
