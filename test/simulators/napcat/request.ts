export type RequestState = "pending" | "approved" | "denied";

/** Somebody asks to be a friend. NapCat's flag is the unix second of the request and nothing more. */
export interface FriendRequest {
  flag: string;
  userId: string;
  nickname: string;
  comment: string;
  state: RequestState;
}

/** A request that QQ's risk control held back: never pushed, found by polling, and it can only be accepted. */
export interface FilteredRequest {
  /** The applicant's uid, an opaque string. */
  flag: string;
  userId: string;
  nickname: string;
  message: string;
  source: string;
  reason: string;
  groupId: string;
  second: number;
}

/**
 * A notification of a group. `join` (type 7): somebody asks to join; `invite` (type 1): the account is invited;
 * `member_invite` (type 5): a member invited somebody and an admin must agree, pushed but listed nowhere.
 */
export interface GroupRequest {
  kind: "join" | "invite" | "member_invite";
  /** NapCat's seq: microseconds since 1970 in 16 digits, a string in events and a number in lists. */
  flag: string;
  groupId: string;
  groupName: string;
  /** The applicant, or for an invitation the inviter. */
  userId: string;
  nickname: string;
  comment: string;
  /** Held back by QQ's risk control: listed by get_group_ignore_add_request only. */
  isFiltered: boolean;
  state: RequestState;
  actorId: string | null;
}
