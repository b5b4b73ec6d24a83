"use client";

import { useSyncExternalStore } from "react";
import type { ChatSending } from "../api";
import type { Failure } from "../failure-shape";
import type { Attached } from "./attach";

/** What a message is made of before it goes out: pieces, and maybe a file behind them. */
export interface Content {
  pieces: ChatSending[];
  attached: Attached | null;
}

/** A message on its way from this tab, until the desk itself shows it. */
export interface Outgoing extends Content {
  newId: string;
  at: Date;
  /** A message that failed, in whose place this one stands. */
  instead: string | null;
  /** The part of its file that is with the desk, 0 to 1; null: nothing is to be brought, or all of it was. */
  part: number | null;
  /** Stops the bringing of its file. */
  leaving: AbortController;
  /**
   * Null: under way. It never reached the desk's list, so sending it again under the same id makes one message. `isOpen`:
   * it may have gone out all the same.
   */
  failure: (Pick<Failure, "code" | "detail"> & { isOpen: boolean }) | null;
}

const none: readonly Outgoing[] = [];

/** Messages on their way, by conversation. They live with the tab: looking elsewhere meanwhile loses none. */
class Outbox {
  private readonly lists = new Map<string, readonly Outgoing[]>();
  /** What was sent, as it was sent: a picture that failed is sent again from here. */
  private readonly sent = new Map<string, Content>();
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
    this.sent.set(message.newId, message);
    this.tell();
  }

  /** Changes one where it stands; one that was taken out stays out. */
  patch(conversationId: string, newId: string, change: Partial<Outgoing>): void {
    this.lists.set(
      conversationId,
      this.read(conversationId).map((each) => (each.newId === newId ? { ...each, ...change } : each)),
    );
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
  contentOf(id: string): Content | null {
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
