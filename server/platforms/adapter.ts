import type { RequestFate, RequestList, RequestRef, Verb } from "./arrival";
import type {
  Category,
  Conversation,
  Essence,
  Friend,
  Group,
  GroupChange,
  Honor,
  JoinRule,
  Liker,
  Member,
  MemberPresence,
  MutedMember,
  NewFile,
  NewGroup,
  NewNotice,
  Notice,
  Page,
  Person,
  Place,
  Presence,
  Preset,
  ProfileChange,
  Shelf,
  Space,
} from "./entity";
import type { Json } from "./json";
import type { Message, MessageRef, Peer, Piece } from "./piece";

/**
 * What a platform can do, unified. A missing key *is* "this platform cannot". Ids are strings, times dates, cursors opaque.
 * A write returns when the platform said yes, which is not yet "done": reading tells. Everything throws PlatformError
 * only; `not_offered`, with nothing sent, for a value that this platform has no way to carry out (its `detail.field`
 * names it), and `partly_done` where one act takes several calls and a later one failed (`detail.done` and `detail.left`
 * name them): who goes on asks for what is left only, so that nothing is done twice.
 */
export interface Adapter {
  "profile.get"?(): Promise<Person>;
  /** Changes what is given and leaves the rest as it is. */
  "profile.update"?(change: ProfileChange): Promise<void>;
  /** Who liked the account's own card, newest first. */
  "profile.likes"?(): Promise<Liker[]>;

  "presence.get"?(): Promise<Presence>;
  "presence.presets"?(): Promise<Preset[]>;
  /** @param preset the id of one of `presence.presets`. */
  "presence.set"?(preset: string): Promise<void>;
  /** A state in one's own words, under a face (`Piece` of that kind). */
  "presence.word"?(words: string, faceId: string): Promise<void>;

  /** Ends the client on the other side: the account is away until somebody starts it there. */
  "clients.exit"?(): Promise<void>;
  /** Starts the client on the other side anew. */
  "clients.restart"?(): Promise<void>;

  "friends.list"?(): Promise<Friend[]>;
  /** Finds anybody, not only friends, by whatever the platform looks at: name, number, mail. */
  "friends.search"?(words: string): Promise<Person[]>;
  /** Asks somebody to be a friend. */
  "friends.add"?(userId: string, reason: string): Promise<void>;
  /** `block` keeps them from asking again, `vanish` takes the account off their list, too; neither unless said. */
  "friends.remove"?(userId: string, also?: { block?: boolean; vanish?: boolean }): Promise<void>;
  /** "" takes the remark away. */
  "friends.remark"?(userId: string, remark: string): Promise<void>;
  /** "" takes the label away. */
  "friends.label"?(userId: string, label: string): Promise<void>;
  "friends.blocked"?(): Promise<Friend[]>;
  "friends.block"?(userId: string): Promise<void>;
  "friends.unblock"?(userId: string): Promise<void>;
  /** Those who have the account as a friend, while it does not have them. */
  "friends.oneWay"?(): Promise<Friend[]>;
  /** A profile of anybody. Throws `platform_refused` when there is no such account. */
  "people.get"?(userId: string): Promise<Person>;
  "people.like"?(userId: string, times: number): Promise<void>;
  /** The groups that both are in. */
  "people.groups"?(userId: string): Promise<Group[]>;
  "people.nearby"?(place: Place): Promise<Person[]>;

  "categories.list"?(): Promise<Category[]>;
  /** @returns the new category's id; null where the platform does not tell it. */
  "categories.create"?(name: string, userIds: readonly string[]): Promise<string | null>;
  "categories.rename"?(categoryId: string, name: string): Promise<void>;
  /** The friends in it stay friends. */
  "categories.remove"?(categoryId: string): Promise<void>;
  "categories.assign"?(categoryId: string, userIds: readonly string[]): Promise<void>;
  "categories.unassign"?(categoryId: string, userIds: readonly string[]): Promise<void>;

  /** Everything that can be polled, filtered requests included, `isHandled` set where the platform tells. */
  "requests.list"?(): Promise<RequestList>;
  /** Tells the platform. Returning means "submitted", not "done": ask `requests.check`. Throws `not_offered` for what `answers` excludes. */
  "requests.answer"?(request: RequestRef & { verb: Verb; reason: string }): Promise<void>;
  /** Reads back what became of it. Changes nothing. */
  "requests.check"?(request: RequestRef): Promise<RequestFate>;

  "groups.list"?(): Promise<Group[]>;
  "groups.search"?(words: string): Promise<Group[]>;
  "groups.nearby"?(place: Place): Promise<Group[]>;
  "groups.get"?(groupId: string): Promise<Group>;
  /** @returns the new group's id; null where the platform does not tell it. */
  "groups.create"?(group: NewGroup): Promise<string | null>;
  /** Changes what is given and leaves the rest of the group as it is. */
  "groups.update"?(groupId: string, change: GroupChange): Promise<void>;
  /** Asks to be let in. */
  "groups.join"?(groupId: string, reason: string): Promise<void>;
  "groups.invite"?(groupId: string, userIds: readonly string[]): Promise<void>;
  /** The account goes; the group stays. */
  "groups.leave"?(groupId: string): Promise<void>;
  "groups.dissolve"?(groupId: string): Promise<void>;
  /** Hands the group over. Throws `not_offered` when the new owner is no member of it. */
  "groups.transfer"?(groupId: string, userId: string): Promise<void>;
  /**
   * Mutes everybody, or lifts it; members are told where the platform does that with a message of its own.
   * @param left `announce` after a `partly_done` that left it: only that is done then.
   */
  "groups.muteAll"?(groupId: string, isMuted: boolean, left?: Left): Promise<void>;
  /** Who is muted now. */
  "groups.muted"?(groupId: string): Promise<MutedMember[]>;
  /** How people get in. */
  "groups.joinRule"?(groupId: string, rule: JoinRule): Promise<void>;
  /** May strangers find it by searching? */
  "groups.findable"?(groupId: string, isFindable: boolean): Promise<void>;
  /** May its members bring the platform's own robots in? */
  "groups.robots"?(groupId: string, isAllowed: boolean): Promise<void>;
  "groups.honors"?(groupId: string): Promise<Honor[]>;
  /** An address that leads to the group, to be shown or drawn as a picture. */
  "groups.link"?(groupId: string): Promise<string>;

  "members.list"?(groupId: string): Promise<Member[]>;
  "members.get"?(groupId: string, userId: string): Promise<Member>;
  /** `block` refuses their later requests to join, too. */
  "members.kick"?(groupId: string, userId: string, also?: { block?: boolean }): Promise<void>;
  /** @param seconds 0 lifts the mute. Where the platform counts minutes it is rounded up. */
  "members.mute"?(groupId: string, userId: string, seconds: number): Promise<void>;
  "members.promote"?(groupId: string, userId: string, isAdmin: boolean): Promise<void>;
  /** "" takes the card away. */
  "members.card"?(groupId: string, userId: string, card: string): Promise<void>;
  /** "" takes the title away. */
  "members.title"?(groupId: string, userId: string, title: string): Promise<void>;
  "members.presence"?(groupId: string, userIds: readonly string[]): Promise<MemberPresence[]>;

  /** The latest conversations, newest first. */
  "conversations.list"?(limit: number): Promise<Conversation[]>;
  /** Throws `not_offered` for a kind of piece this platform cannot send. `handle` is for a later `MessageRef`. */
  "messages.send"?(message: Peer & { pieces: readonly Piece[] }): Promise<{ messageId: string | null; handle: Json }>;
  /** Takes a message back from everybody who got it. */
  "messages.recall"?(message: MessageRef): Promise<void>;
  /** Newest first. @param cursor `next` of the page before; null begins with the newest. */
  "messages.history"?(peer: Peer, cursor: string | null, limit: number): Promise<Page<Message>>;
  "messages.get"?(message: MessageRef): Promise<Message>;
  /** Marks a conversation as read. */
  "messages.read"?(peer: Peer): Promise<void>;
  /** Sends a message on, as it is. */
  "messages.forward"?(message: MessageRef, to: Peer): Promise<void>;
  /** Puts a face (`Piece` of that kind) under a message, or takes it away. */
  "messages.react"?(message: MessageRef, faceId: string, isOn: boolean): Promise<void>;
  /** Nudges somebody, in private or before a group. */
  "messages.poke"?(userId: string, groupId: string | null): Promise<void>;

  "notices.list"?(groupId: string): Promise<Notice[]>;
  /** Members are told, where the platform does that with a message of its own. `left` as with `groups.muteAll`. */
  "notices.publish"?(groupId: string, notice: NewNotice, left?: Left): Promise<void>;
  "notices.remove"?(groupId: string, noticeId: string): Promise<void>;

  "essence.list"?(groupId: string): Promise<Essence[]>;
  "essence.add"?(message: MessageRef): Promise<void>;
  "essence.remove"?(message: MessageRef): Promise<void>;

  /** @param folderId null: what is in no folder. */
  "files.list"?(groupId: string, folderId: string | null): Promise<Shelf>;
  "files.upload"?(peer: Peer, file: NewFile): Promise<void>;
  /** Where it can be fetched, for a while. */
  "files.link"?(peer: Peer, fileId: string): Promise<string>;
  "files.rename"?(groupId: string, fileId: string, folderId: string | null, name: string): Promise<void>;
  /** Folders by their ids; null: none. */
  "files.move"?(groupId: string, fileId: string, from: string | null, to: string | null): Promise<void>;
  "files.remove"?(groupId: string, fileId: string): Promise<void>;
  /** Keeps a file that the platform would delete after a while. */
  "files.keep"?(groupId: string, fileId: string): Promise<void>;
  "files.space"?(groupId: string): Promise<Space>;
  /** @returns the new folder's id; null where the platform does not tell it. */
  "folders.create"?(groupId: string, name: string): Promise<string | null>;
  "folders.remove"?(groupId: string, folderId: string): Promise<void>;
}

/** What of an act is still to be done: telling the members of it. */
export type Left = "announce";

export type Capability = keyof Adapter;

/** The capabilities an adapter has, in its own order. */
export function supports(adapter: Adapter): Capability[] {
  // An adapter object holds capabilities only; Object.keys forgets the literal names.
  const names = Object.keys(adapter) as Capability[];
  return names.filter((name) => adapter[name] !== undefined);
}
