import type { Json } from "./json";

/**
 * One piece of a message to be sent. `source` is a public http(s) address or a data URL with the content. What is typed by
 * people goes into `text` and is never read as anything else: no platform's codes are carried out in it.
 */
export type Piece =
  | { type: "text"; text: string }
  | { type: "mention"; userId: string }
  | { type: "mention_all" }
  /** The message that is answered, by its id. */
  | { type: "reply"; messageId: string }
  /** A small picture of the platform's own, by its number. */
  | { type: "face"; id: string }
  | { type: "image"; source: string }
  | { type: "voice"; source: string }
  | { type: "video"; source: string }
  | { type: "file"; source: string; name: string };

/** One piece of a received message. Addresses hold for a while only; null where there is none. */
export type ReceivedPiece =
  | { type: "text"; text: string }
  | { type: "mention"; userId: string }
  | { type: "mention_all" }
  | { type: "reply"; messageId: string }
  | { type: "face"; id: string }
  | { type: "image"; url: string | null }
  | { type: "voice"; url: string | null }
  | { type: "video"; url: string | null }
  | { type: "file"; url: string | null; name: string | null }
  /** A bundle of forwarded messages. */
  | { type: "bundle"; messages: Message[] | null }
  /** What only this platform has, under its own name; the message's `raw` holds it. */
  | { type: "other"; name: string };

/** A conversation: with one person, or of a group. The same id may be a person's and a group's. */
export interface Peer {
  to: "person" | "group";
  id: string;
}

/** A message as it is named in another call. */
export interface MessageRef extends Peer {
  messageId: string;
  /** `Message.handle`, or that of `messages.send`; for platforms on which the id alone does not find it. */
  handle?: Json;
}

export interface Message {
  /** Null where the platform does not tell one: then nothing can be done to it. */
  id: string | null;
  peer: Peer;
  senderId: string | null;
  senderName: string | null;
  /** Sent by the account itself. */
  isOwn: boolean | null;
  at: Date | null;
  isRecalled: boolean | null;
  pieces: ReceivedPiece[];
  /** What `MessageRef` needs beside the id; null where the id is enough. */
  handle: Json;
  raw: Json;
}

/** A message made of plain text only. */
export function textOnly(text: string): Piece[] {
  return [{ type: "text", text }];
}
