import { z } from "zod";
import type { Inbound } from "../arrival";
import { toRaw } from "../json";
import { fromMillis } from "../moment";
import type { Message, Peer, ReceivedPiece } from "../piece";
import { WireCount, WireId, WireText, WireTime } from "../wire";

const Sender = z.looseObject({ chat_id: WireText, name: WireText }).nullish();
const Content = z.looseObject({
  text: WireText,
  image_url: WireText,
  file_name: WireText,
  file_url: WireText,
  sticker_url: WireText,
  video_url: WireText,
  audio_url: WireText,
});

/** A message that was pushed. Every field that is 0 or empty is missing. */
export const Pushed = z.looseObject({
  msg_id: WireId,
  sender: Sender,
  recv_id: WireText,
  chat_id: WireId,
  chat_type: WireCount,
  content: Content.nullish(),
  content_type: WireCount,
  timestamp: WireTime,
  delete_timestamp: WireTime,
  quote_msg_id: WireText,
});
type Pushed = z.output<typeof Pushed>;

/** What is none of the kinds below, by the number of its kind. */
const otherNames: Readonly<Record<number, string>> = { 5: "form", 6: "post", 13: "call", 14: "a2ui" };

/** An address, if it is one: some fields hold a name that only the vendor's own client makes one of. */
function addressOf(text: string): string | null {
  return /^https?:\/\//i.test(text) ? text : null;
}

/** What it is made of: by what it brings along, since the numbers of the kinds grow with every version. */
function toPieces({ content, content_type, quote_msg_id }: Pushed): ReceivedPiece[] {
  const pieces: ReceivedPiece[] = quote_msg_id === "" ? [] : [{ type: "reply", messageId: quote_msg_id }];
  const first = pieces.length;
  if (content?.text) pieces.push({ type: "text", text: content.text });
  if (content?.image_url) pieces.push({ type: "image", url: addressOf(content.image_url) });
  if (content?.sticker_url) pieces.push({ type: "image", url: addressOf(content.sticker_url) });
  if (content?.video_url) pieces.push({ type: "video", url: addressOf(content.video_url) });
  if (content?.audio_url) pieces.push({ type: "voice", url: addressOf(content.audio_url) });
  if (content?.file_url)
    pieces.push({ type: "file", url: addressOf(content.file_url), name: content.file_name || null });
  const kind = content_type ?? 0;
  if (pieces.length === first) pieces.push({ type: "other", name: otherNames[kind] ?? `type_${kind}` });
  return pieces;
}

/** Where it was said; null for a conversation with a bot, which is neither a person nor a group. */
function peerOf({ chat_type, chat_id, recv_id, sender }: Pushed, ownId: string): Peer | null {
  if (chat_type === 2) return { to: "group", id: chat_id };
  if (chat_type !== 1) return null;
  // Of the two, one is the account itself, whichever of them a server takes for the conversation's.
  const other = [sender?.chat_id, chat_id, recv_id].find((id) => id !== undefined && id !== "" && id !== ownId);
  return { to: "person", id: other ?? ownId };
}

/** A message, or that it was taken back, which is the same push with a time for it. */
export function toSaid(pushed: Pushed, ownId: string): Inbound {
  const peer = peerOf(pushed, ownId);
  if (peer === null) return { type: "other", name: "push_message.bot" };
  const { msg_id: id, sender } = pushed;
  if (fromMillis(pushed.delete_timestamp) !== null)
    return { type: "message_recalled", peer, messageId: id, operatorId: null };
  const senderId = sender?.chat_id || null;
  const message: Message = {
    ...{ id, peer, senderId, senderName: sender?.name || null },
    isOwn: senderId === null ? null : senderId === ownId,
    at: fromMillis(pushed.timestamp),
    isRecalled: null,
    pieces: toPieces(pushed),
    handle: null,
    raw: toRaw(pushed),
  };
  return { type: "message", message };
}
