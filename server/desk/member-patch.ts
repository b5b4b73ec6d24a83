import type { Prisma } from "@/server/db/generated/client";
import type { Member } from "@/server/platforms/entity";
import type { GroupRef } from "./member";
import { lockRoster, touchRoster } from "./roster";

/** What was learnt of one member beside the list. */
export type MemberChange = Partial<Pick<Member, "role" | "card" | "title" | "isMuted" | "mutedUntil">>;

/** Writes down what was learnt of a member that is stored, and tells. Nothing for one who is not. */
export async function patchMember(
  tx: Prisma.TransactionClient,
  { botId, groupId }: GroupRef,
  userId: string,
  change: MemberChange,
): Promise<void> {
  await lockRoster(tx, { botId, kind: "members", groupId });
  const { count } = await tx.knownMember.updateMany({ where: { botId, groupId, userId }, data: change });
  if (count === 0) return;
  if (change.card !== undefined || change.title !== undefined)
    await tx.$executeRaw`
      UPDATE "KnownMember" SET "searchText" = lower(concat_ws(E'\n', NULLIF("name", ''), NULLIF("card", ''), NULLIF("title", ''), "userId"))
      WHERE "botId" = ${botId}::uuid AND "groupId" = ${groupId} AND "userId" = ${userId}`;
  await touchRoster(tx, { botId, kind: "members", groupId });
}

/** Somebody is no longer in the group. @returns whether they were stored as being in it. */
export async function dropMember(
  tx: Prisma.TransactionClient,
  { botId, groupId }: GroupRef,
  userId: string,
): Promise<boolean> {
  await lockRoster(tx, { botId, kind: "members", groupId });
  const { count } = await tx.knownMember.deleteMany({ where: { botId, groupId, userId } });
  if (count === 0) return false;
  await recount(tx, { botId, groupId }, -1);
  await touchRoster(tx, { botId, kind: "members", groupId });
  return true;
}

/** So many more are in the group, where it is known how many they were. Tells those who look at the list of groups. */
export async function recount(tx: Prisma.TransactionClient, { botId, groupId }: GroupRef, by: 1 | -1): Promise<void> {
  await lockRoster(tx, { botId, kind: "groups", groupId: "" });
  const { count } = await tx.knownGroup.updateMany({
    where: { botId, groupId, memberCount: { gt: by < 0 ? 0 : -1 } },
    data: { memberCount: { increment: by } },
  });
  if (count > 0) await touchRoster(tx, { botId, kind: "groups", groupId: "" });
}
