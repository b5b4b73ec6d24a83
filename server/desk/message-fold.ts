import { isDeepStrictEqual } from "node:util";
import { v7 as uuid } from "uuid";
import { toLine } from "@/server/audit/line";
import type { Json } from "@/server/platforms/json";
import type { Message } from "@/server/platforms/piece";
import { keyOf, keyOfId, outlineOf, type StoredPiece, toStored } from "./message-content";
import { mergeOrder } from "./message-order";
import { underwayBy } from "./message-settled";

/** A face under a message, and who put it there. `others`: how many the platform did not name. */
export interface Reaction {
  faceId: string;
  userIds: string[];
  others: number;
}

/** What is kept of a message, as far as it may change by what a platform tells. */
export interface KeptMessage {
  id: string;
  messageId: string | null;
  key: string;
  senderId: string | null;
  senderName: string;
  isOwn: boolean;
  at: Date;
  rank: number;
  pieces: StoredPiece[];
  handle: Json;
  recalledAt: Date | null;
  recalledBy: string | null;
  reactions: Reaction[];
  /** Of one sent from the desk. */
  state: string | null;
  error: string | null;
  platformText: string | null;
}

/** What a platform tells of a conversation. */
export type Told =
  | { type: "message"; message: Message }
  | { type: "recalled"; messageId: string; operatorId: string | null }
  | { type: "reacted"; messageId: string; userId: string | null; faceId: string; isOn: boolean | null }
  | { type: "settled"; handle: Json; messageId: string | null; isDelivered: boolean; at: Date | null }
  | { type: "poked"; userId: string; targetId: string };

/** `push`: as it happened. `newest` and `older`: a page of the platform's history, the older first. */
export type Source = "push" | "newest" | "older";

/** States of what was sent from here that a platform's own telling confirms. */
export const unseenStates: readonly string[] = ["sending", "sent", "unknown"];

/** A message that is told this far from the time it was sent here is another one, ms. */
const claimMs = 10 * 60_000;
/** Clocks of platforms may be wrong, but not that wrong, ms. */
const futureMs = 24 * 3_600_000;
const mostReactions = 500;

/**
 * Folds what a platform tells into the rows of one conversation. Pure: it changes the rows it is given and says which.
 * The same told twice changes nothing.
 */
export class MessageFold {
  readonly created = new Set<KeptMessage>();
  readonly changed = new Set<KeptMessage>();
  /** Only an address that holds for a while is another one: nothing a screen has to be told. */
  readonly refreshed = new Set<KeptMessage>();
  /** Rows of this page that the platform had told before. */
  knownCount = 0;
  private readonly rows = new Map<string, KeptMessage>();
  private readonly moved = new Set<KeptMessage>();
  private readonly onPage: KeptMessage[] = [];

  constructor(
    stored: readonly KeptMessage[],
    private readonly around: { source: Source; now: Date; accountId: string | null },
  ) {
    for (const row of stored) this.rows.set(row.key, row);
  }

  /** All rows, those that were there and new ones. */
  all(): KeptMessage[] {
    return [...this.rows.values()];
  }

  take(told: readonly Told[]): void {
    for (const each of told) {
      if (each.type === "message") this.message(each.message);
      else if (each.type === "recalled") this.recalled(each.messageId, each.operatorId);
      else if (each.type === "reacted") this.reacted(each);
      else if (each.type === "settled") this.settled(each);
      else this.poked(each.userId, each.targetId);
    }
    if (this.around.source !== "push") this.order(this.around.source === "older" ? "before" : "after");
  }

  private message(message: Message): void {
    const { accountId, source } = this.around;
    const pieces = toStored(message.pieces);
    const key = keyOf(message, pieces);
    const at = this.timeOf(message.at);
    const isOwn = message.isOwn ?? (accountId !== null && message.senderId === accountId);
    const known = this.rows.get(key) ?? (isOwn ? this.claim(key, pieces, at) : undefined);
    const senderId = message.senderId === null ? null : toLine(message.senderId, 200);
    const row = known ?? this.add({ key, messageId: idOf(key), at, isOwn, pieces, senderId });
    if (known) {
      if (known.state === null) this.knownCount += 1;
      this.merge(known, { senderId, pieces, at, isOwn });
    }
    row.senderName ||= toLine(message.senderName ?? "", 200);
    if (message.handle !== null && row.handle === null) this.set(row, { handle: message.handle });
    if (message.isRecalled === true && row.recalledAt === null) this.set(row, { recalledAt: this.around.now });
    if (source !== "push") this.onPage.push(row);
  }

  private merge(row: KeptMessage, told: Pick<KeptMessage, "senderId" | "pieces" | "at" | "isOwn">): void {
    const { pieces, at, senderId } = told;
    const isStub = row.senderId === null && row.pieces.length === 0;
    if (isStub) this.set(row, { ...told, ...this.place(row, at) });
    if (row.state !== null && unseenStates.includes(row.state))
      this.set(row, { state: "confirmed", error: null, platformText: null, senderId, ...this.place(row, at) });
    // An empty telling is of a recalled one: what was kept stays.
    if (isStub || pieces.length === 0 || row.recalledAt !== null || isDeepStrictEqual(row.pieces, pieces)) return;
    if (outlineOf(row.pieces) !== outlineOf(pieces)) return;
    row.pieces = pieces;
    this.refreshed.add(row);
  }

  /** The message sent from here that the platform now tells of by its own id: the oldest that says the same. */
  private claim(key: string, pieces: StoredPiece[], at: Date): KeptMessage | undefined {
    const outline = outlineOf(pieces);
    const found = this.all()
      .filter((row) => row.messageId === null && row.state !== null && unseenStates.includes(row.state))
      .filter((row) => Math.abs(row.at.getTime() - at.getTime()) < claimMs && outlineOf(row.pieces) === outline)
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank)[0];
    if (!found) return undefined;
    this.rows.delete(found.key);
    this.rows.set(key, found);
    this.set(found, { key, messageId: idOf(key) });
    return found;
  }

  /** Kept also when it is of a message never seen: should that come later, it is known to be recalled. */
  private recalled(messageId: string, operatorId: string | null): void {
    const { now } = this.around;
    const key = keyOfId(messageId);
    const row =
      this.rows.get(key) ?? this.add({ key, messageId: idOf(key), at: now, isOwn: false, pieces: [], senderId: null });
    if (row.recalledAt === null) this.set(row, { recalledAt: now });
    if (row.recalledBy === null && operatorId !== null) this.set(row, { recalledBy: operatorId });
  }

  /** What became of one that was sent from here, where the answer to sending it does not say. */
  private settled({ handle, messageId, isDelivered, at }: Extract<Told, { type: "settled" }>): void {
    const isUnderway = ({ isOwn, messageId: id, state }: KeptMessage) =>
      isOwn && id === null && state !== null && unseenStates.includes(state);
    const row = underwayBy(handle, this.all().filter(isUnderway));
    const key = messageId === null ? (row?.key ?? "") : keyOfId(messageId);
    if (!row || (key !== row.key && this.rows.has(key))) return;
    if (!isDelivered) {
      this.set(row, { handle, state: "failed", error: "not_carried_out" });
      return;
    }
    this.rows.delete(row.key);
    this.rows.set(key, row);
    const named = messageId === null ? {} : { key, messageId: idOf(key) };
    const seen = { state: "confirmed", error: null, platformText: null, at: at === null ? row.at : this.timeOf(at) };
    this.set(row, { ...named, ...seen, handle });
  }

  private reacted({ messageId, userId, faceId, isOn }: Extract<Told, { type: "reacted" }>): void {
    const row = this.rows.get(keyOfId(messageId));
    if (!row) return;
    const before = row.reactions.find((each) => each.faceId === faceId) ?? { faceId, userIds: [], others: 0 };
    const userIds = before.userIds.filter((id) => id !== userId);
    const others = before.others + (userId === null ? (isOn === false ? -1 : 1) : 0);
    if (userId !== null && isOn !== false && userIds.length < mostReactions) userIds.push(userId);
    const after = { faceId, userIds, others: Math.max(0, others) };
    const rest = row.reactions.map((each) => (each.faceId === faceId ? after : each));
    const next = (before === row.reactions.find((each) => each.faceId === faceId) ? rest : [...rest, after])
      .filter((each) => each.userIds.length + each.others > 0)
      .slice(0, mostReactions);
    if (!isDeepStrictEqual(next, row.reactions)) this.set(row, { reactions: next });
  }

  /** No platform numbers them: one told by two connections within seconds is one. */
  private poked(userId: string, targetId: string): void {
    const { now, accountId } = this.around;
    const key = `poke:${userId}:${targetId}:${Math.floor(now.getTime() / 2_000)}`;
    if (this.rows.has(key)) return;
    const pieces: StoredPiece[] = [{ type: "poke", userId, targetId }];
    this.add({ key, messageId: null, at: now, isOwn: userId === accountId, pieces, senderId: userId });
  }

  private add(told: Pick<KeptMessage, "key" | "messageId" | "at" | "isOwn" | "pieces" | "senderId">): KeptMessage {
    const row: KeptMessage = {
      ...{ id: uuid(), ...told, senderName: "", rank: this.rankAt(told.at), handle: null },
      ...{ recalledAt: null, recalledBy: null, reactions: [], state: null, error: null, platformText: null },
    };
    this.rows.set(row.key, row);
    this.created.add(row);
    return row;
  }

  /** After those of the same moment. */
  private rankAt(at: Date): number {
    let rank = 0;
    for (const row of this.rows.values()) if (row.at.getTime() === at.getTime()) rank = Math.max(rank, row.rank + 1);
    return rank;
  }

  /** Where a row stands that has got another time. */
  private place(row: KeptMessage, at: Date): Partial<KeptMessage> {
    if (row.at.getTime() === at.getTime()) return {};
    this.moved.add(row);
    return { at, rank: this.rankAt(at) };
  }

  private set(row: KeptMessage, change: Partial<KeptMessage>): void {
    Object.assign(row, change);
    if (!this.created.has(row)) this.changed.add(row);
  }

  private timeOf(at: Date | null): Date {
    const { now } = this.around;
    return at !== null && at.getTime() < now.getTime() + futureMs && at.getTime() > 0 ? at : now;
  }

  /** Puts messages of one moment in the order of the page. */
  private order(where: "before" | "after"): void {
    const isNew = (row: KeptMessage) => this.created.has(row) || this.moved.has(row);
    const moments = new Set([...this.created, ...this.moved].map((row) => row.at.getTime()));
    for (const moment of moments) {
      const rows = this.all()
        .filter((row) => row.at.getTime() === moment)
        .sort((a, b) => a.rank - b.rank);
      const page = this.onPage.filter((row) => row.at.getTime() === moment).map((row) => row.id);
      const before = rows.filter((row) => !isNew(row)).map((row) => row.id);
      for (const [rank, id] of mergeOrder(before, page, where).entries()) {
        const row = rows.find((each) => each.id === id);
        if (row && row.rank !== rank) this.set(row, { rank });
      }
    }
  }
}

/** The platform's id in a key; null where something else stands in for it. */
function idOf(key: string): string | null {
  return key.startsWith("id:") ? key.slice(3) : null;
}
