import type { Adapter } from "@/server/platforms/adapter";
import type { Arrival, RequestKind } from "@/server/platforms/arrival";
import { createCall } from "@/server/platforms/client";
import type { Driver } from "@/server/platforms/driver";
import type { Place } from "@/server/platforms/entity";
import type { Json } from "@/server/platforms/json";
import type { Peer } from "@/server/platforms/piece";
import type { Catalogue, Platform } from "@/server/platforms/row";
import type { Send } from "@/server/platforms/transport";

/** Somebody who asks to be let in, and what has really become of them. */
export interface Asking {
  /** As the desk got it: by push or by a list. */
  arrival: Arrival;
  isIn(): boolean;
  /** What the applicant is told with a refusal; "" for nothing. */
  reason(): string;
}

/** One message in the platform's own memory. */
export interface Said {
  to: "person" | "group";
  id: string;
  messageId: string;
  text: string;
  isRecalled: boolean;
}

export interface GroupNow {
  name: string;
  intro: string;
  ownerId: string;
  admins: string[];
  members: string[];
}

/**
 * What a test does to a platform's world behind the adapter's back, and what it sees there. A world has what its platform
 * has: a capability is held to its contract with the parts it is about.
 */
export interface World {
  profile(): { name: string; signature: string };
  /** Somebody who exists, and no more. With `id` where a certain one is wanted. */
  person(name: string, id?: string): string;
  befriend(id: string): void;
  isFriend(id: string): boolean;
  block(id: string): void;
  isBlocked(id: string): boolean;
  /** Whom the account has asked to be a friend, and with what words. */
  wooed(): { id: string; reason: string }[];
  remarkOf(id: string): string;
  labelOf(id: string): string;
  category(name: string, members: readonly string[]): string;
  categoryOf(id: string): { name: string; members: string[] } | null;
  categories(): { name: string; members: string[] }[];
  /** A group of that owner (the account unless said) with these members; the account is in it unless it is `foreign`. */
  group(name: string, said?: { owner?: string; members?: readonly string[]; isForeign?: boolean }): string;
  /** Null when it is gone, or the account is not in it any more and cannot see it. */
  groupOf(id: string): GroupNow | null;
  /** A group made by the adapter. */
  groupNamed(name: string): GroupNow | null;
  askedToJoin(): { groupId: string; reason: string }[];
  isMuted(groupId: string, userId: string): boolean;
  /** Time goes by. */
  wait(seconds: number): void;
  said(): Said[];
  /** The account said something earlier. Answers the message's id. */
  speak(to: Peer, text: string): string;
  /** What finds a message beside its id, where the id alone does not. */
  handleOf?(messageId: string): Json;
  /** Somebody writes to the account. Answers the message's id. */
  hear(from: string, text: string): string;
  isRead(from: string): boolean;
  /** Faces under a message. */
  facesUnder(messageId: string): string[];
  /** Whom the account has nudged; null: in private. */
  poked(): { userId: string; groupId: string | null }[];

  isOnline(): boolean;
  goOffline(): void;
  /** The state the account was put into, however the platform writes it. */
  presence(): string;
  /** Does the client on the other side run? */
  isRunning(): boolean;
  /** Somebody likes the account's card. */
  likedBy(userId: string, times: number): void;
  /** Whose cards the account has liked, and how often. */
  liked(): { userId: string; times: number }[];
  /** Somebody has the account as a friend, while it does not have them. */
  leftWith(name: string): string;
  /** Is a member there now? */
  isThere(groupId: string, userId: string): boolean;
  leaveScreen(groupId: string, userId: string): void;
  isGroupMuted(groupId: string): boolean;
  mute(groupId: string, userId: string, seconds: number): void;
  /** How the group is entered, however the platform writes it. */
  joinRuleOf(groupId: string): string;
  /** The address that lets whoever has it find the group. */
  linkOf(groupId: string): string;
  /** Somebody, or a group, is at a place. */
  standAt(userId: string, place: Place): void;
  lieAt(groupId: string, place: Place): void;
  /** How often the client on the other side was started anew. */
  restarts(): number;
  isFindable(groupId: string): boolean;
  takesRobots(groupId: string): boolean;
  /** The platform gives somebody a distinction. Answers what it calls the kind. */
  honor(groupId: string, userId: string, text: string): string;
  cardOf(groupId: string, userId: string): string;
  titleOf(groupId: string, userId: string): string;

  notice(groupId: string, text: string): string | null;
  notices(groupId: string): string[];
  highlight(groupId: string, messageId: string): void;
  highlights(groupId: string): string[];
  folder(groupId: string, name: string): string;
  folders(groupId: string): string[];
  file(groupId: string, name: string, folderId: string | null): string;
  /** Names of what lies in a folder, or in none. */
  files(groupId: string, folderId: string | null): string[];
  /** The platform will delete a file then. */
  spoil(groupId: string, fileId: string): void;
  isKept(groupId: string, fileId: string): boolean;
  asks: Partial<Record<RequestKind, (name: string) => Promise<Asking>>>;
}

/** One platform's simulator with an adapter before it. */
export interface Ground {
  /** With everything beyond the vendor's document switched on. */
  adapter: Adapter;
  /** With none of it. */
  documented: Adapter;
  /** The operations that both adapters have called, in order. */
  called: string[];
  me: string;
  platform: Platform;
  /** An id as long as this platform's get; most do not fit a JavaScript number. */
  longId: string;
  world: Partial<World>;
  close(): Promise<void>;
}

/** A part of the world that a contract is about. Throws when this platform's simulator does not have it. */
export function need<K extends keyof World>(ground: Ground, part: K): World[K] {
  const found = ground.world[part];
  if (found === undefined) throw new Error(`the simulator's world has no ${part}`);
  // It was just looked at; Partial keeps its type otherwise.
  return found as World[K];
}

/** Both adapters over one connection, and the list of what they call. */
export function adapters(
  catalogue: Catalogue,
  send: Send,
  createAdapter: Driver["createAdapter"],
): Pick<Ground, "adapter" | "documented" | "called"> {
  const called: string[] = [];
  const typed = createCall(catalogue, send, new AbortController().signal);
  const call = (name: string, input: unknown): Promise<unknown> => {
    called.push(name);
    // A name that is no row's is refused by the call itself; the input is parsed there.
    return typed(name, input as never);
  };
  return { adapter: createAdapter(call, () => true), documented: createAdapter(call, () => false), called };
}
