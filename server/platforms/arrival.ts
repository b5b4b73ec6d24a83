import type { Role } from "./entity";
import type { Json } from "./json";
import type { Message, Peer } from "./piece";

export type RequestKind = "friend" | "filtered_friend" | "group_join" | "group_invite";
export type Verb = "approve" | "deny";

/** What can be done with a request on its platform. */
export interface Answers {
  approve: boolean;
  deny: boolean;
  /** Does a denial carry a reason to the applicant? */
  takesReason: boolean;
  whyNoDeny?: "filtered_friend";
}

/** Somebody asking to be let in, as any platform tells it: by push or by a list. */
export interface Arrival {
  kind: RequestKind;
  /** The same for the same request of one bot, however often and by whichever way it arrives. */
  key: string;
  applicantId: string;
  /** "" where the platform does not tell. */
  applicantName: string;
  message: string;
  groupId: string | null;
  groupName: string | null;
  source: string;
  /** What `requests.answer` and `requests.check` need to find it again. */
  handle: Json;
  raw: Json;
  answers: Answers;
  /** By the platform's clock. */
  askedAt: Date | null;
  /** Arrivals of one bot that share it can be answered in each other's place by the platform. */
  twinKey: string | null;
  /** Set when the platform's own list says that it is already decided. */
  isHandled?: { by: string | null };
}

/** The end of a mute that has none. */
export const endless = new Date(Date.UTC(9999, 11, 31));

/** One event of a platform, unified. */
export type Inbound =
  | { type: "request"; arrival: Arrival }
  | { type: "friend_added"; userId: string }
  | { type: "member_joined"; groupId: string; userId: string; operatorId: string | null; how: "approve" | "invite" }
  | { type: "bot_joined_group"; groupId: string }
  /** `leave`: of themselves; `kick`: somebody of the group put them out. */
  | { type: "member_left"; groupId: string; userId: string; operatorId: string | null; how: "leave" | "kick" }
  | { type: "bot_left_group"; groupId: string; operatorId: string | null }
  /** `until` null: lifted; `endless` where no end is told. `userId` null: everybody. */
  | { type: "member_muted"; groupId: string; userId: string | null; operatorId: string | null; until: Date | null }
  /** Role, card or title; what is left out did not change. */
  | { type: "member_changed"; groupId: string; userId: string; role?: Role; card?: string; title?: string }
  /** Name, notice or setting of a group, or its members otherwise than above: the lists know. */
  | { type: "group_changed"; groupId: string; name?: string }
  | { type: "friend_removed"; userId: string }
  | { type: "message"; message: Message }
  | { type: "message_recalled"; peer: Peer; messageId: string; operatorId: string | null }
  /**
   * What became of a message that the account sent, where the answer to sending it does not say: `handle` is the one that
   * `messages.send` gave, `messageId` what the platform calls it, null where it was not delivered.
   */
  | {
      type: "message_settled";
      peer: Peer;
      handle: Json;
      messageId: string | null;
      isDelivered: boolean;
      at: Date | null;
    }
  /** `isOn` null: the platform does not tell whether it was put there or taken away. */
  | { type: "reacted"; peer: Peer; messageId: string; userId: string | null; faceId: string; isOn: boolean | null }
  | { type: "poked"; peer: Peer; userId: string; targetId: string }
  /** Somebody asks to be let in, and the push says no more than that: the lists know. */
  | { type: "requests_changed" }
  | { type: "heartbeat"; isOnline: boolean; interval: number }
  | { type: "lifecycle"; sub: string }
  | { type: "bot_offline"; message: string }
  | { type: "other"; name: string };

/** What is asked for and may be listed nowhere. `member_invite`: a member invited somebody, and who runs the group must agree. */
export type Unlisted = RequestKind | "member_invite";

/** What a poll found. */
export interface RequestList {
  arrivals: Arrival[];
  /** Kinds whose list was read whole: a stored request of such a kind that is not in it is gone over there. */
  complete: RequestKind[];
  /**
   * Since when, by the platform's clock, nothing of a kind is missing from its list; `all`: nothing that waits is. A kind
   * without an entry could not be read now, or its list is too short to tell.
   */
  reach: Partial<Record<RequestKind, Date | "all">>;
  /** What is told once and listed nowhere: lost when nobody listens. */
  unlisted: readonly Unlisted[];
}

/** Which request an answer or a read-back is about, from what was stored of its arrival. */
export interface RequestRef {
  kind: RequestKind;
  handle: Json;
  applicantId: string;
  groupId: string | null;
}

/** `pending` only where the platform positively lists it as undecided; `decided`: somebody did, it does not say what. */
export type RequestFate = "approved" | "denied" | "decided" | "pending" | "unknown";
