import { type Actor, botsWith } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import type { ReceivedPiece } from "@/server/platforms/piece";
import type { PersonRef } from "./person";

/** A kept message of somebody, with what is needed to read it in passing: no addresses of media. */
export interface SaidRow {
  id: string;
  at: Date;
  bot: { id: string; name: string };
  conversation: { id: string; to: string; peerId: string; name: string };
  pieces: SaidPiece[];
  recalledAt: Date | null;
}

/** `text` is what was typed, or the name of a file. */
export interface SaidPiece {
  type: ReceivedPiece["type"];
  text: string;
}

/** Where the page before ended. */
export interface SaidCursor {
  at: Date;
  id: string;
}

/** The messages kept of one person over all bots whose conversations the operator may read, newest first. */
export async function listSaid(
  database: Database,
  actor: Actor,
  who: PersonRef,
  page: { cursor?: SaidCursor | undefined; limit: number },
): Promise<{ items: SaidRow[]; next: SaidCursor | null }> {
  const bots = botsWith(actor, "messages.view");
  const { cursor, limit } = page;
  const rows = await database.message.findMany({
    where: {
      senderId: who.personId,
      conversation: { bot: { platform: who.platform }, ...(bots === "all" ? {} : { botId: { in: bots } }) },
      ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: { conversation: { include: { bot: { select: { id: true, name: true } } } } },
  });
  const items = rows.slice(0, limit).map(({ conversation, ...row }) => ({
    id: row.id,
    at: row.at,
    bot: conversation.bot,
    conversation: {
      id: conversation.id,
      to: conversation.peerTo,
      peerId: conversation.peerId,
      name: conversation.name,
    },
    // Written by the desk only, from what an adapter answered.
    pieces: (row.pieces as unknown as ReceivedPiece[]).map(toSaidPiece),
    recalledAt: row.recalledAt,
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { at: last.at, id: last.id } : null };
}

function toSaidPiece(piece: ReceivedPiece): SaidPiece {
  switch (piece.type) {
    case "text":
      return { type: "text", text: piece.text };
    case "mention":
      return { type: "mention", text: piece.userId };
    case "file":
      return { type: "file", text: piece.name ?? "" };
    case "other":
      return { type: "other", text: piece.name };
    default:
      return { type: piece.type, text: "" };
  }
}
