import { DeskError } from "@/lib/errors";
import type { MessagePlace } from "@/lib/message-place";
import type { Prisma } from "@/server/db/generated/client";

/** Reads what `toMessageCursor` wrote. Throws DeskError `invalid_input`. */
export function readMessageCursor(cursor: string): MessagePlace {
  const [, at, rank, id] = /^(\d{1,15}):(-?\d{1,9}):([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || rank === undefined || id === undefined)
    throw new DeskError("invalid_input", { field: "cursor" });
  return { at: new Date(Number(at)), rank: Number(rank), id };
}

/** Messages that stand before a place. */
export function olderThan({ at, rank, id }: MessagePlace): Prisma.MessageWhereInput {
  return { OR: [{ at: { lt: at } }, { at, rank: { lt: rank } }, { at, rank, id: { lt: id } }] };
}

/** The newest first. */
export const newestFirst: Prisma.MessageOrderByWithRelationInput[] = [{ at: "desc" }, { rank: "desc" }, { id: "desc" }];
