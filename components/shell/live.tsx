"use client";

import { type Query, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { href } from "@/lib/href";
import type { Fact } from "@/lib/live";
import { isDetailOf } from "../requests/detail-key";
import { useTRPC } from "../trpc";
import { Gather } from "./gather";
import { useOvertaken } from "./overtaken";
import { tabId } from "./tab";

export type LiveState = "live" | "connecting";

const LiveContext = createContext<LiveState>("connecting");

/** What was heard in one go: everything may have changed (`isResync`), or what the facts name. */
export interface Heard {
  isResync: boolean;
  facts: readonly Fact[];
}

type Listener = (heard: Heard) => void;

const ListenContext = createContext<(listener: Listener) => () => void>(() => () => undefined);

/** Facts arrive in bursts: the first is acted on at once, and while they last the screen reads this often, ms. */
const pause = 250;
const retry = { first: 1_000, most: 30_000 };

type Topic = Fact["topic"];

/**
 * What each kind of fact makes stale, as the first parts of query keys. The list of requests is not among them: its rows
 * stay where they are and are read again one by one (components/requests/rows.ts), as is the open request.
 */
const stale: Record<Topic, readonly (readonly string[])[]> = {
  request: [["requests", "arrived"]],
  decision: [],
  // Whether it is reached stands beside its lists.
  bot: [["bots"], ["groups", "rosters"], ["friends", "bots"]],
  audit: [
    ["audit", "newer"],
    ["audit", "get"],
  ],
  operator: [["operators"], ["invites"], ["session"], ["requests", "colleagues"]],
  session: [["account", "sessions"], ["session"]],
  presence: [["presence"], ["requests", "colleagues"]],
  setting: [["preferences"], ["texts"]],
  batch: [["batches"]],
  // A group's members may be ten thousand: their screen listens for its own list (components/members/rows.ts).
  // So do the lists of groups and of friends, once they know their order (components/row-id.ts).
  // What is read of a platform for the asking, not from what is stored, is not among them: it would be read for every fact.
  roster: [
    ["groups", "list"],
    ["groups", "rosters"],
    ["groups", "get"],
    ["groups", "heirs"],
    ["friends", "list"],
    ["friends", "bots"],
    ["friends", "facets"],
    ["friends", "get"],
  ],
  // Conversations and their messages are replaced where they stand, one by one (components/chats).
  conversation: [["chats", "get"]],
  task: [["tasks"]],
  person: [["people"]],
  shelf: [["files"], ["notices"]],
  view: [["views"]],
};

/** What is read a pause after the facts: calls go out together, and what costs more must not hold up what arrived. */
const staleLater: Partial<Record<Topic, readonly (readonly string[])[]>> = {
  request: [
    ["requests", "counts"],
    ["views", "counts"],
    // Each group says how many wait in it.
    ["groups", "list"],
    ["groups", "rows"],
    ["groups", "get"],
  ],
  roster: [["views", "counts"]],
  conversation: [["chats", "unread"]],
};

/** Also then, where a view is of conversations: something is said far oftener than anything else happens. */
const countedTalk: typeof staleLater = { conversation: [["views", "counts"]] };

/** What is read again by its own rules only. */
const kept: ReadonlySet<string> = new Set(["requests.list", "chats.list", "chats.page"]);

function isKept({ queryKey: [path] }: Query): boolean {
  return Array.isArray(path) && kept.has(path.join("."));
}

/**
 * Keeps the screen true: one subscription a tab. `resync` (after every gap) makes everything stale; a fact makes stale
 * what it is about.
 * @param since where the feed stood before the page was read; undefined: not known, the first event is a resync.
 */
export function LiveProvider({ since, children }: { since: string | undefined; children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const failures = useRef(0);
  const overtake = useOvertaken();
  const [listeners] = useState(() => new Set<Listener>());
  const listen = useCallback(
    (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [listeners],
  );

  const mark = (facts: readonly Fact[], table: Partial<typeof stale>) => {
    const keys = new Map<string, readonly string[]>();
    for (const { topic } of facts) for (const key of table[topic] ?? []) keys.set(key.join("."), key);
    for (const key of keys.values()) {
      overtake([[...key]]);
      queryClient.invalidateQueries({ queryKey: [[...key]] });
    }
  };
  const later = useRef<{ facts: Fact[]; timer: ReturnType<typeof setTimeout> } | null>(null);
  const markLater = (facts: readonly Fact[]) => {
    if (!facts.some(({ topic }) => topic in staleLater)) return;
    if (later.current) return void later.current.facts.push(...facts);
    const end = () => {
      const heard = later.current?.facts ?? [];
      later.current = null;
      mark(heard, staleLater);
      const views = queryClient.getQueryData(trpc.views.list.queryKey());
      if (views?.some(({ page }) => page === "chats")) mark(heard, countedTalk);
    };
    later.current = { facts: [...facts], timer: setTimeout(end, pause) };
  };
  useEffect(() => () => clearTimeout(later.current?.timer), []);

  /** Tells who listens, then marks what the facts make stale. */
  const hear = (facts: readonly Fact[]) => {
    for (const listener of listeners) listener({ isResync: false, facts });
    mark(facts, stale);
    markLater(facts);
    if (facts.some(({ topic }) => topic === "conversation")) overtake([["chats", "list"]]);
    const requests = new Set(facts.flatMap((fact) => (fact.topic === "request" ? fact.id : [])));
    if (requests.size > 0) {
      overtake([["requests"]]);
      queryClient.invalidateQueries({ predicate: (query) => isDetailOf(query, requests) });
    }
  };
  const current = useRef(hear);
  useEffect(() => {
    current.current = hear;
  });
  // Apart, so that a request that arrives does not wait behind who looks at what.
  const [gathered] = useState(() => {
    const gather = () => new Gather<Fact>(pause, (facts) => current.current(facts));
    return { requests: gather(), others: gather() };
  });
  useEffect(
    () => () => {
      gathered.requests.stop();
      gathered.others.stop();
    },
    [gathered],
  );

  // A page that is drawn again knows a later one; the stream that stands goes on.
  const [begun] = useState(since);
  const subscription = useSubscription(
    trpc.live.subscriptionOptions(
      { tab: tabId(), since: begun },
      {
        onData: (event) => {
          failures.current = 0;
          if (event.type === "resync") {
            overtake([]);
            queryClient.invalidateQueries({ predicate: (query) => !isKept(query) });
            for (const listener of listeners) listener({ isResync: true, facts: [] });
            return;
          }
          (event.fact.topic === "request" ? gathered.requests : gathered.others).put(event.fact);
        },
      },
    ),
  );

  // The feed ends when the session does, and breaks when the server goes away: ask which, then try again or leave.
  const { status, reset } = subscription;
  useEffect(() => {
    if (status !== "error" && status !== "idle") return;
    let isOver = false;
    const wait = Math.min(retry.most, retry.first * 2 ** failures.current);
    failures.current += 1;
    const again = setTimeout(async () => {
      const session = await queryClient
        .fetchQuery({ ...trpc.session.get.queryOptions(), staleTime: 0, retry: false })
        .catch(() => undefined);
      if (isOver) return;
      if (session === null) router.replace(href.signIn({ next: window.location.pathname + window.location.search }));
      else reset();
    }, wait);
    return () => {
      isOver = true;
      clearTimeout(again);
    };
  }, [status, reset, router, queryClient, trpc]);

  return (
    <LiveContext value={status === "pending" ? "live" : "connecting"}>
      <ListenContext value={listen}>{children}</ListenContext>
    </LiveContext>
  );
}

/** Calls `listener` with what the desk tells, after the stale queries were marked. */
export function useHeard(listener: Listener): void {
  const listen = useContext(ListenContext);
  const current = useRef(listener);
  useEffect(() => {
    current.current = listener;
  });
  useEffect(() => listen((heard) => current.current(heard)), [listen]);
}

export function useLive(): LiveState {
  return useContext(LiveContext);
}
