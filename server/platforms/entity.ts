import type { Json } from "./json";
import type { ReceivedPiece } from "./piece";

// What a platform does not tell is null: never a guess, and never "" for "not told". `raw` is the platform's own object,
// without the phone numbers, addresses and keys among its fields.

/** A part of a list. `next` is what the same call takes for the part that follows; null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Person {
  id: string;
  name: string;
  /** Address of the picture. */
  avatar: string | null;
  signature: string | null;
  sex: "male" | "female" | null;
  raw: Json;
}

export interface Friend extends Person {
  remark: string | null;
  label: string | null;
  isOnline: boolean | null;
}

/** What of the account's own profile is to be changed; what is left out stays as it is. */
export interface ProfileChange {
  name?: string;
  signature?: string;
  /** A public http(s) address or a data URL. */
  avatar?: string;
}

/** How the account itself stands. */
export interface Presence {
  isOnline: boolean;
  /** Does the client on the other side think itself healthy? */
  isGood: boolean | null;
  raw: Json;
}

/** Somebody who liked the account's card. */
export interface Liker {
  userId: string;
  name: string;
  times: number;
  at: Date | null;
}

/** Where to look around: degrees, north and east positive. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** A state the account can be put into, with what the platform calls it. */
export interface Preset {
  id: string;
  zh: string;
  en: string;
}

/** Friends as the account has sorted them. */
export interface Category {
  id: string;
  name: string;
  friends: Friend[];
  raw: Json;
}

export interface Group {
  id: string;
  name: string;
  memberCount: number | null;
  memberLimit: number | null;
  ownerId: string | null;
  avatar: string | null;
  intro: string | null;
  /** The account's own name for it. */
  remark: string | null;
  /** What the account itself is in it. */
  ownRole: Role | null;
  isMuted: boolean | null;
  raw: Json;
}

/** What of a group is to be changed; what is left out stays as it is. */
export interface GroupChange {
  name?: string;
  intro?: string;
  /** A public http(s) address or a data URL. */
  avatar?: string;
  remark?: string;
}

/** How people get into a group. `question`: who answers it right is let in, or where no answer is set, is asked about. */
export type JoinRule =
  | { how: "anyone" }
  | { how: "ask" }
  | { how: "nobody" }
  | { how: "question"; question: string; answer: string | null };

/** A member who may not speak now. */
export interface MutedMember {
  userId: string;
  name: string;
  until: Date | null;
}

/** A distinction that the platform gives to a member by itself. */
export interface Honor {
  /** The platform's word for the kind. */
  kind: string;
  userId: string;
  name: string;
  avatar: string | null;
  /** The platform's own words on it; "" when there are none. */
  text: string;
}

export interface NewGroup {
  name: string;
  intro?: string;
  /** A public http(s) address or a data URL. */
  avatar?: string;
}

export type Role = "owner" | "admin" | "member";

export interface Member extends Person {
  /** Their name in the group; "" when they have none there. */
  card: string | null;
  /** `unknown` is nobody's rank: the platform did not tell it, or in a word we do not know. */
  role: Role | "unknown";
  /** Given by the owner; "" when they have none. */
  title: string | null;
  /** The platform's own measure of how much somebody takes part. */
  level: number | null;
  isMuted: boolean | null;
  /** When the latest mute ends or ended, by the platform's clock; where only that is told, `isMuted` is null. */
  mutedUntil: Date | null;
  joinedAt: Date | null;
  lastSpokeAt: Date | null;
}

/** Whether a member is there now. */
export interface MemberPresence {
  userId: string;
  isOnline: boolean;
  lastSeenAt: Date | null;
}

/** A conversation the account had lately. */
export interface Conversation {
  to: "person" | "group";
  id: string;
  name: string;
  at: Date | null;
  raw: Json;
}

export interface Notice {
  /** Null where a group has one notice at most, which needs no name. */
  id: string | null;
  text: string;
  authorId: string | null;
  at: Date | null;
  raw: Json;
}

export interface NewNotice {
  text: string;
  /** A public http(s) address or a data URL. */
  image?: string;
  isPinned?: boolean;
  /** Do members have to confirm that they read it? */
  needsConfirmation?: boolean;
  /** Does it call everybody's attention? */
  callsAll?: boolean;
}

/** A highlighted message of a group. */
export interface Essence {
  messageId: string | null;
  senderId: string | null;
  senderName: string | null;
  operatorId: string | null;
  operatorName: string | null;
  /** When it was highlighted. */
  at: Date | null;
  pieces: ReceivedPiece[];
  raw: Json;
}

export interface SharedFile {
  id: string;
  name: string;
  /** Bytes. */
  size: number | null;
  uploaderId: string | null;
  /** As the platform tells it with the file; null where it does not. */
  uploaderName: string | null;
  at: Date | null;
  /** Deleted by the platform then; null: kept, or not told. */
  expiresAt: Date | null;
  raw: Json;
}

export interface Folder {
  id: string;
  name: string;
  fileCount: number | null;
  raw: Json;
}

/** What lies in a folder. */
export interface Shelf {
  files: SharedFile[];
  folders: Folder[];
  /** Everything is here: nothing was cut off. */
  isComplete: boolean;
}

/** Room for the files of a group, bytes; null where the platform does not tell. */
export interface Space {
  used: number | null;
  total: number | null;
  fileCount: number | null;
  fileLimit: number | null;
}

export interface NewFile {
  name: string;
  /** A public http(s) address or a data URL. */
  source: string;
  /** Null: not in a folder. */
  folderId?: string | null;
}
