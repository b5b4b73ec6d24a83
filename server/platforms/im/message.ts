import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Page } from "../entity";
import { PlatformError } from "../error";
import { parseJson, toRaw } from "../json";
import { notOffered, plainText } from "../not-offered";
import type { Message, Peer, Piece, ReceivedPiece } from "../piece";
import { WireId } from "../wire";
import type { ImCatalogue } from "./catalogue";
import { addressed } from "./given";
import type { ChatMessage } from "./message-rows";

const Sent = z.looseObject({ id: WireId });
const Media = z.looseObject({ fileUrl: z.string().nullish(), fileName: z.string().nullish() });

function opeOf({ to }: Peer): "friend" | "group" {
  return to === "group" ? "group" : "friend";
}

/**
 * A message as the server takes it: a plain text, or one file or voice by its address. Pictures and videos must bring a
 * thumbnail of theirs, which nobody here can make. Throws `not_offered` naming the piece.
 */
function toBody(pieces: readonly Piece[]): { type: "text" | "voice" | "file"; body: string } {
  const [piece, ...rest] = pieces;
  if (piece === undefined || (piece.type !== "voice" && piece.type !== "file"))
    return { type: "text", body: plainText(pieces) };
  const [other] = rest;
  if (other !== undefined) throw notOffered(other.type);
  const fileUrl = addressed(piece.type, piece.source);
  const body = piece.type === "file" ? { fileUrl, fileName: piece.name } : { fileUrl };
  return { type: piece.type, body: JSON.stringify(body) };
}

/** What a body of media says; clients agree on its fields among themselves, so any may be missing. */
function readMedia(body: string): z.output<typeof Media> {
  try {
    return Media.safeParse(parseJson(body)).data ?? {};
  } catch {
    return {};
  }
}

function toPiece({ type, body }: z.output<typeof ChatMessage>): ReceivedPiece {
  if (type === "text") return { type: "text", text: body };
  const { fileUrl, fileName } = readMedia(body);
  const url = fileUrl || null;
  if (type === "pic") return { type: "image", url };
  if (type === "voice" || type === "video") return { type, url };
  return type === "file" ? { type, url, name: fileName || null } : { type: "other", name: type };
}

/** A message of a list or a push. Who sent it is told by number only. */
export function toMessage(peer: Peer, message: z.output<typeof ChatMessage>, isOwn: boolean | null): Message {
  const at = new Date(message.createdAt);
  return {
    ...{ id: message.id, peer, senderId: message.fromId, senderName: null, isOwn },
    at: Number.isNaN(at.getTime()) ? null : at,
    isRecalled: message.status === "revocation",
    pieces: [toPiece(message)],
    handle: null,
    raw: toRaw(message),
  };
}

/** Where a list goes on: which page of how many, and the message that was the last one seen. */
const cursorShape = /^(\d{1,6}):(\d{1,3}):(\d{1,19})$/;
const mostAPage = 500;

/**
 * The conversation with one person, newest first. The server pages by number: what has come in meanwhile moves older
 * messages on, so those seen before are left out. Numbers are all it looks at, so messages to a group of the same number
 * are left out, too. Of a group it has the account's own messages only, which would pass for all there is.
 */
async function readHistory(
  call: Call<ImCatalogue>,
  peer: Peer,
  cursor: string | null,
  limit: number,
): Promise<Page<Message>> {
  if (peer.to === "group") throw notOffered("to");
  const place = cursor === null ? null : cursorShape.exec(cursor);
  if (cursor !== null && place === null)
    throw new PlatformError("invalid_input", { isSent: false, detail: { field: "cursor" } });
  const [page, size] = place ? [Number(place[1]), Number(place[2])] : [1, Math.min(Math.max(limit, 1), mostAPage)];
  const answer = await call("get.chat.messages", { toId: peer.id, limit: size, page, sort: "id:desc" });
  const seen = place?.[3];
  const isNew = ({ id }: { id: string }) => seen === undefined || isBelow(id, seen);
  const shown = answer.items.filter((each) => each.ope !== "group" && isNew(each));
  const items = shown.map((each) => toMessage(peer, each, each.self));
  const last = answer.items.at(-1)?.id;
  const isEnd = answer.total === null ? answer.items.length < size : page * size >= answer.total;
  return { items, next: isEnd || last === undefined ? null : `${page + 1}:${size}:${last}` };
}

/** Compares numbers of any length; what is none is not left out. */
function isBelow(id: string, other: string): boolean {
  return !/^\d+$/.test(id) || BigInt(id) < BigInt(other);
}

/** Messages: sent, taken back, read. */
export function messageCapabilities(call: Call<ImCatalogue>) {
  return {
    "messages.send": async ({ pieces, ...peer }) => {
      const answer = await call("post.chat.send", { toId: peer.id, ope: opeOf(peer), ...toBody(pieces) });
      // A message is sent whatever its answer looks like.
      return { messageId: Sent.safeParse(answer).data?.id ?? null, handle: null };
    },
    "messages.recall": async ({ messageId, ...peer }) => {
      await call("post.chat.revocation", { toId: peer.id, id: messageId, ope: opeOf(peer) });
    },
    "messages.history": (peer, cursor, limit) => readHistory(call, peer, cursor, limit),
    "messages.read": async (peer) => {
      // It marks what one person wrote to the account; of a group there is nothing to mark.
      if (peer.to === "group") throw notOffered("to");
      await call("post.chat.read", { toId: peer.id });
    },
  } satisfies Adapter;
}
