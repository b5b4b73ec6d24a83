"use client";

import { useSyncExternalStore } from "react";
import type { ChatSending } from "../api";
import type { FailureCode } from "../failure-shape";

/** A message on its way from this tab, until the desk itself shows it. */
export interface Outgoing {
  newId: string;
  pieces: ChatSending[];
  at: Date;
  /** A message that failed, in whose place this one stands. */
  instead: string | null;
  /** Null: under way. It never reached the desk's list, so sending it again under the same id makes one message. */
  failure: FailureCode | null;
}

const none: readonly Outgoing[] = [];

/** Messages on their way, by conversation. They live with the tab: looking elsewhere meanwhile loses none. */
class Outbox {
  private readonly lists = new Map<string, readonly Outgoing[]>();
  /** What was sent, as it was sent: a picture that failed is sent again from here. */
  private readonly sent = new Map<string, ChatSending[]>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read(conversationId: string): readonly Outgoing[] {
    return this.lists.get(conversationId) ?? none;
  }

  put(conversationId: string, message: Outgoing): void {
    const rest = this.read(conversationId).filter(({ newId }) => newId !== message.newId);
    this.lists.set(conversationId, [...rest, message]);
    this.sent.set(message.newId, message.pieces);
    this.tell();
  }

  remove(conversationId: string, newId: string): void {
    this.lists.set(
      conversationId,
      this.read(conversationId).filter((each) => each.newId !== newId),
    );
    this.tell();
  }

  /** What a message was made of, while this tab remembers. */
  piecesOf(id: string): ChatSending[] | null {
    return this.sent.get(id) ?? null;
  }

  /** It arrived: what it held need not be kept. */
  forget(id: string): void {
    this.sent.delete(id);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const outbox = new Outbox();

export function useOutbox(conversationId: string): readonly Outgoing[] {
  return useSyncExternalStore(
    outbox.subscribe,
    () => outbox.read(conversationId),
    () => none,
  );
}
