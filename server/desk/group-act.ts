import { DeskError } from "@/lib/errors";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter, Capability, Left } from "@/server/platforms/adapter";
import type { Group, GroupChange, JoinRule, NewGroup } from "@/server/platforms/entity";
import { PlatformError } from "@/server/platforms/error";
import { forgetGroup, patchGroup } from "./group-store";
import { type Able, type Doing, type Done, perform } from "./perform";
import type { Rosters } from "./roster";

export interface GroupParts {
  database: Database;
  connections: Connections;
  rosters: Rosters;
}

/** How an act on a group went: seen to have happened, or the platform said yes and it was not seen yet. */
export interface Told {
  state: Done;
}

/** Changes what is given. What was read back is stored, whether or not it is what was asked for. */
export function updateGroup(
  parts: GroupParts,
  doing: Doing<"groups.update">,
  groupId: string,
  change: GroupChange,
): Promise<Told> {
  const isChanged = ({ name, intro, remark }: Group) =>
    (change.name === undefined || change.name === name) &&
    (change.intro === undefined || change.intro === (intro ?? "")) &&
    (change.remark === undefined || change.remark === (remark ?? ""));
  // No platform tells which picture it shows.
  const canSee = change.avatar === undefined;
  return told(
    parts,
    doing,
    (able) => able["groups.update"](groupId, change),
    async (adapter) => {
      const group = await readBack(parts, doing.botId, adapter, groupId);
      return group !== null && canSee ? isChanged(group) : null;
    },
  );
}

/** Mutes everybody or lifts it. With `left` the members are only told, which nothing reads back. */
export function muteEverybody(
  parts: GroupParts,
  doing: Doing<"groups.muteAll">,
  groupId: string,
  isMuted: boolean,
  left?: Left,
): Promise<Told> {
  return told(
    parts,
    doing,
    (able) => able["groups.muteAll"](groupId, isMuted, left),
    async (adapter) => {
      const group = await readBack(parts, doing.botId, adapter, groupId);
      return group !== null && left === undefined ? group.isMuted === isMuted : null;
    },
  );
}

/** No platform tells its rule of joining, so what was set is never seen. */
export function setJoinRule(
  parts: GroupParts,
  doing: Doing<"groups.joinRule">,
  groupId: string,
  rule: JoinRule,
): Promise<Told> {
  return told(parts, doing, (able) => able["groups.joinRule"](groupId, rule));
}

/** May strangers find it by searching? */
export function setFindable(
  parts: GroupParts,
  doing: Doing<"groups.findable">,
  groupId: string,
  isOn: boolean,
): Promise<Told> {
  return told(parts, doing, (able) => able["groups.findable"](groupId, isOn));
}

/** May members bring the platform's own robots in? */
export function setRobots(
  parts: GroupParts,
  doing: Doing<"groups.robots">,
  groupId: string,
  isOn: boolean,
): Promise<Told> {
  return told(parts, doing, (able) => able["groups.robots"](groupId, isOn));
}

/** The account goes; the group stays. */
export function leaveGroup(parts: GroupParts, doing: Doing<"groups.leave">, groupId: string): Promise<Told> {
  return ended(parts, doing, groupId, (able) => able["groups.leave"](groupId));
}

/** The group ends, for everybody. */
export function dissolveGroup(parts: GroupParts, doing: Doing<"groups.dissolve">, groupId: string): Promise<Told> {
  return ended(parts, doing, groupId, (able) => able["groups.dissolve"](groupId));
}

/**
 * Hands the group over, after a look whether the new owner is in it: a platform that does not look leaves the group
 * without an owner. Throws DeskError `not_a_member`.
 */
export function transferGroup(
  parts: GroupParts,
  doing: Doing<"groups.transfer">,
  groupId: string,
  userId: string,
): Promise<Told> {
  return told(
    parts,
    doing,
    async (able) => {
      const members = await able["members.list"]?.(groupId);
      if (members && !members.some(({ id }) => id === userId)) throw new DeskError("not_a_member");
      await able["groups.transfer"](groupId, userId);
    },
    async (adapter) => {
      const group = await readBack(parts, doing.botId, adapter, groupId);
      return group?.ownerId ? group.ownerId === userId : null;
    },
  );
}

/** @returns the new group's id where it is known. */
export async function createGroup(
  parts: GroupParts,
  doing: Doing<"groups.create">,
  group: NewGroup,
): Promise<Told & { groupId: string | null }> {
  let made: string | null = null;
  const { state } = await told(
    parts,
    doing,
    async (able) => {
      made = await able["groups.create"](group);
    },
    async (adapter) => {
      const groups = await adapter["groups.list"]?.();
      return made === null ? null : (groups?.some(({ id }) => id === made) ?? null);
    },
  );
  await parts.rosters.read(doing.botId, "groups");
  return { state, groupId: made };
}

/** Asks to be let in. Confirmed only where the account is in at once. */
export async function joinGroup(
  parts: GroupParts,
  doing: Doing<"groups.join">,
  groupId: string,
  reason: string,
): Promise<Told> {
  const done = await told(
    parts,
    doing,
    (able) => able["groups.join"](groupId, reason),
    async (adapter) => (await adapter["groups.list"]?.())?.some(({ id }) => id === groupId) ?? null,
  );
  if (done.state === "confirmed") await parts.rosters.read(doing.botId, "groups");
  return done;
}

export async function inviteToGroup(
  parts: GroupParts,
  doing: Doing<"groups.invite">,
  groupId: string,
  userIds: readonly string[],
): Promise<Told> {
  const done = await told(
    parts,
    doing,
    (able) => able["groups.invite"](groupId, userIds),
    async (adapter) => {
      const members = await adapter["members.list"]?.(groupId);
      if (!members) return null;
      const inside = new Set(members.map(({ id }) => id));
      return userIds.every((id) => inside.has(id));
    },
  );
  await parts.rosters.stale(doing.botId, "members", groupId);
  return done;
}

/** Takes a message out of the group's highlights. */
export function removeEssence(
  parts: GroupParts,
  doing: Doing<"essence.remove">,
  groupId: string,
  messageId: string,
): Promise<Told> {
  return told(
    parts,
    doing,
    (able) => able["essence.remove"]({ to: "group", id: groupId, messageId }),
    async (adapter) => {
      const list = await adapter["essence.list"]?.(groupId);
      return list ? !list.some((each) => each.messageId === messageId) : null;
    },
  );
}

/** An act after which the account is not in the group: seen when the list no longer has it. */
async function ended<C extends Capability>(
  parts: GroupParts,
  doing: Doing<C>,
  groupId: string,
  run: (able: Able<C>) => Promise<void>,
): Promise<Told> {
  const done = await told(parts, doing, run, async (adapter) => {
    const groups = await adapter["groups.list"]?.();
    return groups ? !groups.some(({ id }) => id === groupId) : null;
  });
  if (done.state === "confirmed") await parts.database.$transaction((tx) => forgetGroup(tx, doing.botId, groupId));
  return done;
}

/** Carries an act out. What is stored is read again unless it was seen, or certainly nothing happened. */
async function told<C extends Capability>(
  parts: GroupParts,
  doing: Doing<C>,
  run: (able: Able<C>) => Promise<void>,
  look?: (adapter: Adapter) => Promise<boolean | null>,
): Promise<Told> {
  const again = () => parts.rosters.stale(doing.botId, "groups");
  try {
    const { state } = await perform(parts, doing, run, look);
    if (state !== "confirmed") await again();
    return { state };
  } catch (cause) {
    if (cause instanceof PlatformError && !cause.isCertain) await again();
    throw cause;
  }
}

/** Reads the group and stores what it says; null where the platform cannot. */
async function readBack(
  { database }: GroupParts,
  botId: string,
  adapter: Adapter,
  groupId: string,
): Promise<Group | null> {
  const group = await adapter["groups.get"]?.(groupId);
  if (!group) return null;
  await patchGroup(database, botId, { ...group, id: groupId });
  return group;
}
