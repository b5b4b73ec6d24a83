import type { Database } from "@/server/db/client";
import { forgetGroup, patchGroup } from "./group-store";
import { markStale } from "./roster";

/** A push says that a group is not as it was: its new name is taken over, for the rest the list is read when somebody looks. */
export async function hearGroupChanged(
  database: Database,
  botId: string,
  change: { groupId: string; name?: string },
): Promise<void> {
  const { groupId: id, name } = change;
  if (name === undefined) await hearGroupsChanged(database, botId);
  else await patchGroup(database, botId, { id, name });
}

/** The account is in one group more, or in another way: the list is read when somebody looks. */
export async function hearGroupsChanged(database: Database, botId: string): Promise<void> {
  await database.$transaction((tx) => markStale(tx, { botId, kind: "groups", groupId: "" }));
}

/** The account left a group or was put out of it. */
export async function hearGroupLeft(database: Database, botId: string, groupId: string): Promise<void> {
  await database.$transaction((tx) => forgetGroup(tx, botId, groupId));
}
