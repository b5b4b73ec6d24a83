import type { Database } from "@/server/db/client";
import type { Inbound } from "@/server/platforms/arrival";
import { dropMember, patchMember, recount } from "./member-patch";
import { markStale } from "./roster";

type News = Extract<Inbound, { type: "member_joined" | "member_left" | "member_muted" | "member_changed" }>;

/**
 * What a platform tells of the members of a group is put into the stored list at once. Of who has joined it tells no
 * more than the id: they are counted, and the list is read again when somebody looks.
 */
export async function hearOfMember(database: Database, botId: string, news: News): Promise<void> {
  const group = { botId, groupId: news.groupId };
  await database.$transaction(async (tx) => {
    switch (news.type) {
      case "member_joined": {
        // Told twice, or read meanwhile: they are counted already.
        if ((await tx.knownMember.count({ where: { ...group, userId: news.userId } })) === 0)
          await recount(tx, group, 1);
        return await markStale(tx, { ...group, kind: "members" });
      }
      case "member_left": {
        if (await dropMember(tx, group, news.userId)) return;
        // Where the members were read they are out of the list already, and counted so.
        const isRead = { ...group, kind: "members", readAt: { not: null } };
        if ((await tx.roster.count({ where: isRead })) === 0) await recount(tx, group, -1);
        return;
      }
      case "member_muted":
        // Of everybody: a setting of the group.
        if (news.userId === null) return;
        return await patchMember(tx, group, news.userId, { isMuted: news.until !== null, mutedUntil: news.until });
      case "member_changed": {
        const { role, card, title } = news;
        const change = {
          ...(role === undefined ? {} : { role }),
          ...(card === undefined ? {} : { card }),
          ...(title === undefined ? {} : { title }),
        };
        if (Object.keys(change).length > 0) return await patchMember(tx, group, news.userId, change);
      }
    }
  });
}
