import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Left } from "@/server/platforms/adapter";
import type { NewNotice } from "@/server/platforms/entity";
import { namesIn } from "./member-name";
import { able, type Doing, type Done, perform } from "./perform";
import type { TakenUpload } from "./upload";

/** A notice of a group as a screen shows it. */
export interface NoticeRow {
  /** Null where a group has one notice at most. */
  id: string | null;
  text: string;
  authorId: string | null;
  /** What the list of members calls them, or the bot's own account. */
  authorName: string | null;
  at: Date | null;
}

interface NoticeParts {
  database: Database;
  connections: Connections;
  bus: Bus;
}

/** The notices of a group as the platform lists them now. */
export async function listNotices(
  parts: NoticeParts,
  doing: Doing<"notices.list">,
  groupId: string,
): Promise<NoticeRow[]> {
  const notices = await (await able(parts, doing))["notices.list"](groupId);
  const authors = notices.flatMap(({ authorId }) => authorId ?? []);
  const names = await namesIn(parts.database, { botId: doing.botId, groupId }, authors);
  return notices.map(({ raw: _raw, ...notice }) => ({
    ...notice,
    authorName: names.get(notice.authorId ?? "") ?? null,
  }));
}

/**
 * Publishes a notice; where the platform tells the members with a message of its own, that belongs to it. When only the
 * telling failed, PlatformError `partly_done` says so, and `left` asks for it alone.
 */
export async function publishNotice(
  parts: NoticeParts,
  doing: Doing<"notices.publish">,
  groupId: string,
  notice: Omit<NewNotice, "image">,
  { upload, left }: { upload?: TakenUpload | undefined; left?: Left | undefined },
): Promise<{ state: Done }> {
  const isSame = (text: string) => text.trim() === notice.text.trim();
  const full = { ...notice, ...(upload ? { image: upload.source } : {}) };
  const done = await told(parts, doing, async () => {
    const { state } = await perform(
      parts,
      doing,
      (adapter) => adapter["notices.publish"](groupId, full, left),
      async (adapter) => {
        // That the members were told is in no list.
        if (left !== undefined) return null;
        return (await adapter["notices.list"]?.(groupId))?.some(({ text }) => isSame(text)) ?? null;
      },
    );
    return { state };
  });
  await upload?.release();
  return done;
}

/** Takes a notice down. */
export function removeNotice(parts: NoticeParts, doing: Doing<"notices.remove">, groupId: string, noticeId: string) {
  return told(parts, doing, async () => {
    const { state } = await perform(
      parts,
      doing,
      (adapter) => adapter["notices.remove"](groupId, noticeId),
      async (adapter) => {
        const left = await adapter["notices.list"]?.(groupId);
        return left ? !left.some(({ id }) => id === noticeId) : null;
      },
    );
    return { state };
  });
}

/** Runs it and tells the other screens, whatever became of it. */
async function told<T>({ bus }: NoticeParts, { botId }: Doing, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    await bus.publish({ topic: "shelf", id: botId, botId, version: 1 });
  }
}
