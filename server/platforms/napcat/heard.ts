import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import type { Message, Peer, ReceivedPiece } from "../piece";
import { isKnown, type ReceivedMessage, type ReceivedSegment } from "./received";

function toPiece(segment: ReceivedSegment, peer: Peer): ReceivedPiece {
  if (!isKnown(segment)) return { type: "other", name: segment.type };
  switch (segment.type) {
    case "text":
      return { type: "text", text: segment.data.text };
    case "markdown":
      return { type: "text", text: segment.data.content };
    case "at":
      return segment.data.qq === "all" ? { type: "mention_all" } : { type: "mention", userId: segment.data.qq };
    case "face":
      return { type: "face", id: segment.data.id };
    case "reply":
      return { type: "reply", messageId: segment.data.id };
    case "image":
    case "video":
      return { type: segment.type, url: segment.data.url || null };
    case "record":
      return { type: "voice", url: segment.data.url || null };
    case "file":
      return { type: "file", url: segment.data.url || null, name: segment.data.name || segment.data.file || null };
    case "forward":
      return { type: "bundle", messages: segment.data.content?.map((inner) => toMessage(inner, peer)) ?? null };
    case "json":
    case "music":
    case "node":
      return { type: "other", name: segment.type };
  }
}

/** The pieces of a message that was received in a conversation with `peer`. */
export function toPieces(segments: readonly ReceivedSegment[], peer: Peer): ReceivedPiece[] {
  return segments.map((segment) => toPiece(segment, peer));
}

/** A received message. In private the sender says nothing about whom one's own went to, so the conversation is given. */
export function toMessage(message: ReceivedMessage, peer: Peer): Message {
  const { sender, self_id: selfId } = message;
  const senderId = message.user_id ?? sender.user_id;
  return {
    id: message.message_id,
    peer: { to: peer.to, id: peer.id },
    senderId,
    senderName: sender.card || sender.nickname || null,
    isOwn: selfId === null || senderId === null ? null : selfId === senderId,
    at: fromSeconds(message.time),
    isRecalled: null,
    pieces: toPieces(message.message, peer),
    handle: null,
    raw: toRaw(message),
  };
}
