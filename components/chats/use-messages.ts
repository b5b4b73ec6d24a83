"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ChatMessage, ChatPage } from "../api";
import { useHeard } from "../shell/live";
import { useTRPC, useTRPCClient } from "../trpc";
import { appendOlder, mergeChanges, trim } from "./merge";
import { pageSize } from "./query";

/** The same object until one of it changes. */
export interface Older {
  isReaching: boolean;
  /** The desk itself could not be asked for them. */
  reachError: unknown;
  /** Fetches more. @returns whether there may be more still. */
  reach: () => Promise<boolean>;
}

export interface Messages {
  page: ChatPage | undefined;
  isPending: boolean;
  error: unknown;
  refetch: () => void;
  older: Older;
  /** Reads what changed. */
  catchUp: () => Promise<void>;
  put: (message: ChatMessage) => void;
  trim: () => void;
}

/** The messages of one conversation, the newest first, kept true: what changes is put where it stands. */
export function useMessages(id: string): Messages {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  // What did not change is the same object already (merge.ts): nothing is gained by comparing hundreds of them.
  const options = trpc.chats.page.queryOptions(
    { id, limit: pageSize },
    { staleTime: Number.POSITIVE_INFINITY, structuralSharing: false },
  );
  const query = useQuery(options);
  const { queryKey } = options;
  const key = useRef(queryKey);
  useEffect(() => {
    key.current = queryKey;
  });
  const change = useCallback(
    (next: (page: ChatPage) => ChatPage) =>
      queryClient.setQueryData<ChatPage>(key.current, (page) => page && next(page)),
    [queryClient],
  );

  /** One reading at a time; what is heard meanwhile is the next one's. */
  const reading = useRef<{ again: boolean } | null>(null);
  const catchUp = useCallback(async () => {
    if (reading.current) {
      reading.current.again = true;
      return;
    }
    const own = { again: true };
    reading.current = own;
    try {
      while (own.again) {
        own.again = false;
        const page = queryClient.getQueryData<ChatPage>(key.current);
        if (!page) return;
        const changes = await client.chats.changed.query({ id, after: page.version });
        if (changes.isTooMuch) await queryClient.invalidateQueries({ queryKey: key.current, exact: true });
        else change((now) => mergeChanges(now, changes));
      }
    } catch {
      // The connection is gone: the resync after it looks again.
    } finally {
      reading.current = null;
    }
  }, [client, queryClient, change, id]);

  useHeard(({ isResync, facts }) => {
    if (isResync || facts.some((fact) => fact.topic === "conversation" && fact.id === id)) void catchUp();
  });
  // What is shown may come from before: of the page as it was drawn, or of a visit some minutes ago.
  const isThere = query.data !== undefined;
  useEffect(() => {
    if (isThere) void catchUp();
  }, [isThere, catchUp]);

  const [isReaching, setReaching] = useState(false);
  const [reachError, setReachError] = useState<unknown>(null);
  const isBusy = useRef(false);
  const reach = useCallback(async () => {
    const page = queryClient.getQueryData<ChatPage>(key.current);
    if (isBusy.current || !page?.next) return false;
    isBusy.current = true;
    setReaching(true);
    setReachError(null);
    try {
      const found = await client.chats.page.query({ id, cursor: page.next, limit: pageSize });
      change((now) => appendOlder(now, found));
      return found.next !== null && found.error === null;
    } catch (error) {
      setReachError(error);
      return false;
    } finally {
      isBusy.current = false;
      setReaching(false);
    }
  }, [client, queryClient, change, id]);

  const put = useCallback(
    (message: ChatMessage) => change((page) => mergeChanges(page, { version: 0, items: [message], gone: [] })),
    [change],
  );
  const older = useMemo(() => ({ isReaching, reachError, reach }), [isReaching, reachError, reach]);
  const trimNow = useCallback(() => change(trim), [change]);
  return {
    ...{ page: query.data, isPending: query.isPending, error: query.error, refetch: () => void query.refetch() },
    ...{ older, catchUp, put, trim: trimNow },
  };
}
