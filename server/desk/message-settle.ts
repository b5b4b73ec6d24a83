import { v7 as uuid } from "uuid";
import type { ErrorCode } from "@/lib/errors";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Json } from "@/server/platforms/json";
import { keyOfId } from "./message-content";
import { lockConversation, settleConversation } from "./message-store";

/** How the sending of a message went. */
export type Delivery =
  | { state: "sent"; messageId: string | null; handle: Json }
  | { state: "failed" | "unknown"; error: ErrorCode; platformText: string | null };

type Stored = Prisma.MessageGetPayload<object>;

/** What a row that is no message sent from here is called until the platform's id is known. */
export function ownKey(id: string): string {
  return `desk:${id}`;
}

/**
 * Settles a message that was sent from the desk. What the platform told meanwhile, by a push that came before its answer,
 * is brought together with it: one message is one row. A row that is no longer `sending` by this instance is left alone.
 * @param takenBy the instance that sent it.
 */
export async function settleSent(
  database: Database,
  id: string,
  delivery: Delivery,
  takenBy: number | null,
): Promise<void> {
  await database.$transaction(
    async (tx) => {
      const found = await tx.message.findUnique({ where: { id }, select: { conversationId: true } });
      const locked = found && (await lockConversation(tx, found.conversationId));
      const row = locked && (await tx.message.findUnique({ where: { id } }));
      if (!row || !locked || row.takenBy !== takenBy) return;
      const version = locked.version + 1;
      await settleRow(tx, row, delivery, version);
      await settleConversation(tx, locked, version, 0);
    },
    { timeout: 30_000, maxWait: 20_000 },
  );
}

async function settleRow(
  tx: Prisma.TransactionClient,
  row: Stored,
  delivery: Delivery,
  version: number,
): Promise<void> {
  const change =
    delivery.state === "sent" ? await toSent(tx, row, delivery, version) : await toOpen(tx, row, delivery, version);
  await tx.message.update({ where: { id: row.id }, data: { takenBy: null, version, ...change } });
}

async function toOpen(
  tx: Prisma.TransactionClient,
  row: Stored,
  { state, error, platformText }: Exclude<Delivery, { state: "sent" }>,
  version: number,
): Promise<Prisma.MessageUpdateInput> {
  // Seen by a push all the same: then it is known.
  if (state === "unknown" && row.state === "confirmed") return {};
  if (row.state === "confirmed") await setApart(tx, row, version);
  return { key: ownKey(row.id), messageId: null, state, error, platformText };
}

async function toSent(
  tx: Prisma.TransactionClient,
  row: Stored,
  { messageId, handle }: Extract<Delivery, { state: "sent" }>,
  version: number,
): Promise<Prisma.MessageUpdateInput> {
  const found = handle === null ? {} : { handle: toJson(handle) };
  if (messageId === null) return { ...found, state: row.state === "confirmed" ? "confirmed" : "sent" };
  const key = keyOfId(messageId);
  const isSeen = row.key === key && row.state === "confirmed";
  const told = isSeen ? {} : await makeRoom(tx, row, key, version);
  const state = isSeen || "at" in told ? "confirmed" : "sent";
  return { ...found, ...told, state, key, messageId: key.slice("id:".length) };
}

/**
 * The message's own key is free after this: whoever had it gives it back. @returns what was told of the message under it,
 * empty where nothing was yet.
 */
async function makeRoom(tx: Prisma.TransactionClient, row: Stored, key: string, version: number) {
  const other = await tx.message.findUnique({
    where: { conversationId_key: { conversationId: row.conversationId, key } },
  });
  // A push of the same words was taken for this one, and is of another.
  const isTaken = row.messageId !== null && row.key !== key;
  if (!other || other.id === row.id) {
    if (isTaken) await setApart(tx, row, version);
    return {};
  }
  const { at, rank, pieces, senderId, recalledAt, recalledBy, reactions, state } = other;
  const told = { at, rank, senderId, recalledAt, recalledBy, pieces: toJson(pieces), reactions: toJson(reactions) };
  const away = { key: `gone:${other.id}`, version };
  await tx.message.update({ where: { id: other.id }, data: state === null ? { ...away, isGone: true } : away });
  if (state === null) {
    if (isTaken) await setApart(tx, row, version);
    return told;
  }
  // Two of ours say the same, and each got the other's push.
  const isOther = row.messageId !== null;
  const open = other.takenBy === null ? "unknown" : "sending";
  const swapped = isOther
    ? { key: row.key, messageId: row.messageId, state: "confirmed" }
    : { key: ownKey(other.id), messageId: null, state: open };
  await tx.message.update({ where: { id: row.id }, data: { key: `gone:${row.id}` } });
  await tx.message.update({ where: { id: other.id }, data: swapped });
  return told;
}

/** What was told under this row's key becomes a message of its own: the account's, sent from elsewhere. */
async function setApart(tx: Prisma.TransactionClient, row: Stored, version: number): Promise<void> {
  const { conversationId, key, messageId, senderId, senderName, at, rank, searchText } = row;
  const pieces = toJson(row.pieces);
  await tx.message.update({ where: { id: row.id }, data: { key: `gone:${row.id}` } });
  await tx.message.create({
    data: {
      ...{ id: uuid(), conversationId, key, messageId, senderId, senderName, at, rank: rank + 1, searchText, pieces },
      ...{ isOwn: true, version },
    },
  });
}

function toJson(value: unknown): Prisma.InputJsonValue {
  // Read from a column of JSON, or made by an adapter as such.
  return value as Prisma.InputJsonValue;
}
