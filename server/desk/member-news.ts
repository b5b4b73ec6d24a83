import type { Database } from "@/server/db/client";
import type { Inbound } from "@/server/platforms/arrival";
import { dropMember, patchMember, recount } from "./member-patch";
import { lockRoster, markStale } from "./roster";

type News = Extract<Inbound, { type: "member_joined" | "member_left" | "member_muted" | "member_changed" }>;

/** Of so many who came or went it is remembered which; beyond that the oldest may be counted again. */
const mostTold = 10_000;

/**
 * Puts what a platform tells of the members of a group into the stored list at once. Of who has joined it tells no more
 * than the id: they are counted, and the list is read again when somebody looks.
 */
export class MemberNews {
  /** By bot, group and person what was told last: where no list says who is counted, the same told again counts nobody. */
  private readonly told = new Map<string, News["type"]>();

  constructor(private readonly database: Database) {}

  /** Of one bot after another in the order it was told, as the inbox hands it in. */
  async hear(botId: string, news: News): Promise<void> {
    const group = { botId, groupId: news.groupId };
    const key = `${botId} ${news.groupId} ${news.userId}`;
    const isAgain = this.told.get(key) === news.type;
    await this.database.$transaction(async (tx) => {
      switch (news.type) {
        case "member_joined": {
          await lockRoster(tx, { ...group, kind: "members" });
          // Read meanwhile: they are counted already.
          const isKnown = (await tx.knownMember.count({ where: { ...group, userId: news.userId } })) > 0;
          if (!isAgain && !isKnown) await recount(tx, group, 1);
          return await markStale(tx, { ...group, kind: "members" });
        }
        case "member_left": {
          if (await dropMember(tx, group, news.userId)) return;
          // Where the members were read they are out of the list already, and counted so.
          const isRead = { ...group, kind: "members", readAt: { not: null } };
          if (!isAgain && (await tx.roster.count({ where: isRead })) === 0) await recount(tx, group, -1);
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
    // Once it is stored: until then it may be handed in again.
    if (news.type === "member_joined" || news.type === "member_left") this.remember(key, news.type);
  }

  private remember(key: string, type: News["type"]): void {
    this.told.delete(key);
    this.told.set(key, type);
    if (this.told.size <= mostTold) return;
    const [oldest] = this.told.keys();
    if (oldest !== undefined) this.told.delete(oldest);
  }
}
