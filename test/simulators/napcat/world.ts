import { Chat, type Stored } from "./chat";
import type { Event, EventMaker } from "./event";
import { type HonorKind, type Rules, usualRules } from "./rules";
import { Shelf } from "./shelf";
import type { Wire } from "./wire";
import { toMessage } from "./wire-message";

export interface Person {
  userId: string;
  nickname: string;
  sex?: "male" | "female" | "unknown";
  age?: number;
  level?: number;
  signature?: string;
}

export interface Friend extends Person {
  remark: string;
  categoryId?: number;
}

export interface Member extends Person {
  card: string;
  role: "owner" | "admin" | "member";
  joinedAt: number;
  title?: string;
  /** The second a mute ends; 0 for none. */
  mutedUntil?: number;
  lastSpokeAt?: number;
}

export interface Group {
  groupId: string;
  groupName: string;
  remark: string;
  maxMembers: number;
  isMuted: boolean;
  members: Map<string, Member>;
  /** Who was removed and may not ask again. */
  refused: Set<string>;
  shelf: Shelf;
  rules: Rules;
  honors: { kind: HonorKind; userId: string; description: string }[];
}

/** A message that an action sent. */
export interface Sent {
  messageId: number;
  to: "private" | "group";
  id: string;
  message: unknown;
}

/** What exists around one QQ account: people, friends, groups. Ids are strings, digits only. */
export class World {
  isOnline = true;
  /** Everybody QQ can tell something about, friends or not. */
  readonly people = new Map<string, Person>();
  readonly friends = new Map<string, Friend>();
  readonly groups = new Map<string, Group>();
  readonly sent: Sent[] = [];
  readonly chat: Chat;
  /** Friends are sorted into these; 0 is QQ's own. */
  readonly categories = new Map([[0, "我的好友"]]);
  readonly blocked = new Set<string>();
  /** Whose friend lists the account has taken itself off. */
  readonly vanished = new Set<string>();
  readonly pokes: { userId: string; groupId: string | null }[] = [];
  presence: { status: number; ext: number; face?: string; words?: string } = { status: 10, ext: 0 };
  /** Who liked the account's card, and whose cards it liked. */
  readonly likers: { userId: string; count: number; time: number }[] = [];
  readonly liked: { userId: string; times: number }[] = [];
  /** Who has the account as a friend, while it does not have them. */
  readonly oneWay = new Map<string, Person & { source: string }>();
  /** NapCat's own process has ended, with every connection it had. */
  isStopped = false;
  onStop: () => void = () => undefined;
  /** Does NapCat push what the account itself says? Its own default is no. */
  reportsOwn = false;
  avatar = "";
  /** Where files can be fetched, each under its id. */
  filesAt = "https://files.example.com";
  /** Without it NapCat cannot send packets of its own making. */
  hasPacketBackend = true;

  constructor(
    readonly account: Person,
    readonly make: EventMaker,
    readonly emit: (event: Event) => void,
    readonly now: () => number,
  ) {
    this.people.set(account.userId, account);
    this.chat = new Chat(now);
  }

  /** Makes a person known to get_stranger_info; an existing one keeps what is not given. */
  addPerson(person: Person): Person {
    const known = { ...this.people.get(person.userId), ...person };
    this.people.set(person.userId, known);
    return known;
  }

  /** A friend that was always there: no event. */
  addFriend(person: Person & { categoryId?: number }, remark = ""): Friend {
    const friend = { ...this.addPerson(person), remark };
    this.friends.set(friend.userId, friend);
    return friend;
  }

  /** A group the account is already in: no event. The account joins as admin unless it is among `members`. */
  addGroup(
    group: { groupId: string; groupName: string; remark?: string; maxMembers?: number },
    members: (Person & Partial<Member>)[] = [],
  ): Group {
    const made: Group = {
      groupId: group.groupId,
      groupName: group.groupName,
      remark: group.remark ?? "",
      maxMembers: group.maxMembers ?? 200,
      isMuted: false,
      members: new Map(),
      refused: new Set(),
      shelf: new Shelf(),
      rules: usualRules(),
      honors: [],
    };
    this.groups.set(made.groupId, made);
    this.putMember(made, { ...this.account, role: "admin" });
    for (const member of members) this.putMember(made, member);
    return made;
  }

  /** The bytes of a file on any group's shelf. */
  fileContent(id: string): Buffer | undefined {
    for (const { shelf } of this.groups.values()) {
      const found = shelf.files.find((file) => file.id === id);
      if (found) return found.content;
    }
    return undefined;
  }

  /** Puts a person into a group without an event. */
  putMember(group: Group, person: Person & Partial<Member>): Member {
    this.addPerson({ userId: person.userId, nickname: person.nickname });
    const member: Member = { card: "", role: "member", joinedAt: this.now(), ...person };
    group.members.set(member.userId, member);
    return member;
  }

  /** The friendship begins, and QQ says so. */
  becomeFriends(person: Person, remark = ""): void {
    this.addFriend(person, remark);
    this.emit(this.make.notice("friend_add", { user_id: BigInt(person.userId) }));
  }

  /** Somebody enters a group, and QQ says so. `operatorId` is who let them in, or who invited them. */
  join(groupId: string, person: Person, how: "approve" | "invite", operatorId: string): void {
    const group = this.groups.get(groupId);
    if (!group) throw new Error(`The account is in no group ${groupId}.`);
    this.putMember(group, person);
    this.emit(
      this.make.notice("group_increase", {
        group_id: BigInt(groupId),
        user_id: BigInt(person.userId),
        operator_id: BigInt(operatorId),
        sub_type: how,
      }),
    );
  }

  /** Somebody leaves a group or is removed from it, and QQ says so. */
  leave(groupId: string, userId: string, how: "leave" | "kick" = "leave", operatorId = userId): void {
    this.groups.get(groupId)?.members.delete(userId);
    this.emit(
      this.make.notice("group_decrease", {
        group_id: BigInt(groupId),
        user_id: BigInt(userId),
        operator_id: BigInt(operatorId),
        sub_type: how,
      }),
    );
  }

  /** The friendship ends without a word: QQ tells nobody who was deleted. */
  unfriend(userId: string): void {
    this.friends.delete(userId);
  }

  /** Somebody writes: in `groupId`, or to the account alone. Answers the message's number. */
  say(userId: string, text: string, groupId?: string): number {
    const peer = groupId === undefined ? { to: "private" as const, id: userId } : { to: "group" as const, id: groupId };
    return this.utter(peer, userId, [{ type: "text", data: { text } }]);
  }

  /** A message is made, whoever sends it, and pushed: of the account's own only where NapCat is told to. */
  utter(peer: Stored["peer"], senderId: string, message: Wire): number {
    const stored = this.chat.add(peer, senderId, message);
    const member = peer.to === "group" ? this.groups.get(peer.id)?.members.get(senderId) : undefined;
    if (member) member.lastSpokeAt = this.now();
    const isOwn = senderId === this.account.userId;
    if (isOwn && !this.reportsOwn) return stored.messageId;
    const told = toMessage(this, stored);
    const target = isOwn && peer.to === "private" ? { target_id: BigInt(peer.id) } : {};
    this.emit(isOwn ? this.make.ownMessage({ ...told, ...target }) : this.make.message(told));
    return stored.messageId;
  }

  /** QQ ends the account's session: sockets stay up, the account is gone, and NapCat says so once. */
  goOffline(words = "Your account has been signed out"): void {
    this.isOnline = false;
    this.emit(
      this.make.notice("bot_offline", { user_id: BigInt(this.account.userId), tag: "KickedOffLine", message: words }),
    );
  }

  /** The account is signed in again. NapCat has no event for it. */
  goOnline(): void {
    this.isOnline = true;
  }
}
