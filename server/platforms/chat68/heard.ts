import { z } from "zod";
import { toRaw } from "../json";
import { fromMillis } from "../moment";
import type { Message, ReceivedPiece } from "../piece";
import { WireCount, WireFlag, WireId, WireText, WireTime } from "../wire";

const Known = z.looseObject({ user: z.looseObject({ nickName: WireText }).nullish() }).nullish();
const Named = z.looseObject({ nickName: WireText }).nullish();

/** Something said, as the helper pushes it. Of two names for the same, the one is the service's and the other the helper's. */
export const Said = z.looseObject({
  id: WireId,
  type: z.enum(["friend", "group"]),
  msgId: WireId.nullish(),
  customMsgId: WireId.nullish(),
  sendUid: WireId.nullish(),
  chatType: WireCount,
  content: WireText,
  isSelf: WireFlag,
  time: WireTime,
  sendTime: WireTime,
  sendMember: Known,
  sendUser: Named,
  user: Named,
});
type Said = z.output<typeof Said>;

/** What is no text and has no address of its own, by the number of its kind. */
const otherNames: Readonly<Record<number, string>> = {
  4: "location",
  5: "card",
  10: "red_packet",
  12: "dice",
  13: "transfer",
  17: "images",
  18: "poker",
};

/** Kinds whose content is plain words: a text, a notice, and what the service itself says in a conversation. */
const worded: ReadonlySet<number> = new Set([0, 6, 8, 50, 101, 102, 103, 104]);

/** An address, if it is one: what comes from the wire may be anything. */
function addressOf(text: string | undefined): string | null {
  return text !== undefined && /^https?:\/\//i.test(text) ? text : null;
}

/** The content of media is its address, and facts about it, with two bars between. */
function toPiece({ chatType, content }: Said): ReceivedPiece {
  const kind = chatType ?? -1;
  if (worded.has(kind)) return { type: "text", text: content };
  const [first, second] = content.split("||");
  const url = addressOf(first);
  switch (kind) {
    case 1:
    case 9:
      return { type: "image", url };
    case 2:
      return { type: "voice", url };
    case 3:
      return { type: "video", url };
    case 7:
      return { type: "file", url, name: second || null };
    default:
      return { type: "other", name: otherNames[kind] ?? `type_${kind}` };
  }
}

/** No number of a message or a person is 0: it stands for none. */
function idOf(id: string | null | undefined): string | null {
  return id === undefined || id === "0" ? null : id;
}

/** A message that was pushed, with both of its ids: it is taken back by the two of them. */
export function toMessage(said: Said, raw: object): Message {
  const { id, type, sendMember, sendUser, user, isSelf } = said;
  const customMsgId = idOf(said.customMsgId);
  return {
    id: idOf(said.msgId),
    peer: { to: type === "group" ? "group" : "person", id },
    senderId: idOf(said.sendUid),
    senderName: sendMember?.user?.nickName || sendUser?.nickName || user?.nickName || null,
    isOwn: isSelf,
    at: fromMillis(said.sendTime) ?? fromMillis(said.time),
    isRecalled: null,
    pieces: [toPiece(said)],
    handle: customMsgId === null ? null : { customMsgId },
    raw: toRaw(raw),
  };
}
