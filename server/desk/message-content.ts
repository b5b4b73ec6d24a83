import { createHash } from "node:crypto";
import { toLine, toLines } from "@/server/audit/line";
import type { Message, Piece, ReceivedPiece } from "@/server/platforms/piece";

/** One message inside a bundle. */
export interface BundledMessage {
  senderId: string | null;
  senderName: string;
  at: string | null;
  pieces: StoredPiece[];
}

/** One piece of a message as it is kept: plain data, bounded, without the platform's own object. */
export type StoredPiece =
  | Exclude<ReceivedPiece, { type: "bundle" }>
  | { type: "bundle"; messages: BundledMessage[] | null }
  /** Nobody wrote it: one nudged another. */
  | { type: "poke"; userId: string; targetId: string };

/** At most so much of one message is kept. */
const most = {
  pieces: 100,
  text: 20_000,
  name: 200,
  address: 4_000,
  id: 200,
  depth: 3,
  search: 4_000,
  line: 160,
  before: 12,
};

/** The pieces of a received message, fit to be kept. */
export function toStored(pieces: readonly ReceivedPiece[], depth = 0): StoredPiece[] {
  return pieces.slice(0, most.pieces).map((piece) => toPiece(piece, depth));
}

function toPiece(piece: ReceivedPiece, depth: number): StoredPiece {
  switch (piece.type) {
    case "text":
      return { type: "text", text: toLines(piece.text, most.text) };
    case "mention":
      return { type: "mention", userId: toLine(piece.userId, most.id) };
    case "mention_all":
      return { type: "mention_all" };
    case "reply":
      return { type: "reply", messageId: toLine(piece.messageId, most.id) };
    case "face":
      return { type: "face", id: toLine(piece.id, most.id) };
    case "image":
    case "voice":
    case "video":
      return { type: piece.type, url: toAddress(piece.url) };
    case "file":
      return {
        type: "file",
        url: toAddress(piece.url),
        name: piece.name === null ? null : toLine(piece.name, most.name),
      };
    case "bundle": {
      const messages = depth < most.depth ? (piece.messages?.slice(0, most.pieces) ?? null) : null;
      return { type: "bundle", messages: messages?.map((inner) => toBundled(inner, depth + 1)) ?? null };
    }
    case "other":
      return { type: "other", name: toLine(piece.name, most.name) };
  }
}

function toBundled({ senderId, senderName, at, pieces }: Message, depth: number): BundledMessage {
  return {
    senderId: senderId === null ? null : toLine(senderId, most.id),
    senderName: toLine(senderName ?? "", most.name),
    at: at?.toISOString() ?? null,
    pieces: toStored(pieces, depth),
  };
}

/** The pieces of a message that is sent from here. Content that comes along is the platform's to keep. */
export function toOwn(pieces: readonly Piece[]): StoredPiece[] {
  const received = pieces.map((piece): ReceivedPiece => {
    if (!("source" in piece)) return piece;
    const url = /^https?:/i.test(piece.source) ? piece.source : null;
    return piece.type === "file" ? { type: "file", url, name: piece.name } : { type: piece.type, url };
  });
  return toStored(received);
}

function toAddress(url: string | null): string | null {
  return url !== null && url.length <= most.address && /^https?:\/\//i.test(url) ? toLine(url, most.address) : null;
}

/** What somebody wrote of it, in one string. */
export function textOf(pieces: readonly StoredPiece[]): string {
  return pieces
    .map((piece) => {
      if (piece.type === "text") return piece.text;
      return piece.type === "mention_all" ? "@all" : "";
    })
    .join("");
}

/** The beginning of it for a list, in one line. */
export function lineOf(pieces: readonly StoredPiece[]): string {
  const text = textOf(pieces).replace(/\s+/gu, " ").trim();
  return text.length > most.line ? `${text.slice(0, most.line).toWellFormed()}…` : text;
}

/** What can be read of it: its words, names of its files, what was forwarded. */
function wordsIn(pieces: readonly StoredPiece[]): string[] {
  return pieces.flatMap((piece) => {
    if (piece.type === "text") return [piece.text];
    if (piece.type === "file" && piece.name !== null) return [piece.name];
    return piece.type === "bundle" ? (piece.messages ?? []).flatMap((inner) => wordsIn(inner.pieces)) : [];
  });
}

/** The part of it in which `words` (lower case) stand, in one line; its beginning where only the sender is called so. */
export function excerptOf(pieces: readonly StoredPiece[], words: string): string {
  const lines = wordsIn(pieces).map((text) => text.replace(/\s+/gu, " ").trim());
  const line = lines.find((each) => each.toLowerCase().includes(words)) ?? lines.find((each) => each !== "") ?? "";
  const from = Math.max(0, line.toLowerCase().indexOf(words) - most.before);
  const part = line
    .slice(from, from + most.line)
    .toWellFormed()
    .replace(/^\uFFFD|\uFFFD$/g, "");
  return `${from > 0 ? "…" : ""}${part}${from + most.line < line.length ? "…" : ""}`;
}

/** What a search looks through, lower case: the text, names of files, what was forwarded. */
export function searchTextOf(pieces: readonly StoredPiece[], senderName: string): string {
  return [senderName, ...wordsIn(pieces)].join("\n").slice(0, most.search).toWellFormed().toLowerCase();
}

/**
 * What two tellings of one message have in common, however the platform rewrote it on the way: its text without spaces at
 * the ends, whom it mentions, and the kinds of the rest.
 */
export function outlineOf(pieces: readonly StoredPiece[]): string {
  const parts = pieces.map((piece) => {
    if (piece.type === "text") return piece.text;
    if (piece.type === "mention") return `\u0001@${piece.userId}\u0001`;
    // How a message is named differs between the two.
    return `\u0001${piece.type}\u0001`;
  });
  return parts.join("").replace(/\s+/gu, " ").trim();
}

/** What makes a message the same, however it arrives: the platform's id, or where it tells none, who said what when. */
export function keyOf(message: Message, pieces: readonly StoredPiece[]): string {
  if (message.id !== null) return keyOfId(message.id);
  const content = JSON.stringify([message.senderId, message.at?.getTime() ?? null, outlineOf(pieces)]);
  return `said:${createHash("sha256").update(content).digest("base64url")}`;
}

/** The key of a message by the platform's id. */
export function keyOfId(messageId: string): string {
  return `id:${toLine(messageId, most.id)}`;
}
