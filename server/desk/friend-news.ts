import type { Database } from "@/server/db/client";
import { lockRoster, markStale, touchRoster } from "./roster";

/** A push says that somebody became a friend: who they are is in the list, which is read when somebody looks. */
export async function hearFriendAdded(database: Database, botId: string): Promise<void> {
  await database.$transaction((tx) => markStale(tx, { botId, kind: "friends", groupId: "" }));
}

/** A push says that somebody is no friend any more: they leave the stored list at once. */
export async function hearFriendRemoved(database: Database, botId: string, userId: string): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockRoster(tx, { botId, kind: "friends", groupId: "" });
    const { count } = await tx.knownFriend.deleteMany({ where: { botId, userId } });
    if (count > 0) await touchRoster(tx, { botId, kind: "friends", groupId: "" });
  });
}
