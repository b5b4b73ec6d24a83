"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { href } from "@/lib/href";
import type { Fact } from "@/lib/live";
import { refreshRequests } from "../requests/refresh";
import { useTRPC, useTRPCClient } from "../trpc";
import { Gather } from "./gather";
import { useOvertaken } from "./overtaken";

export type LiveState = "live" | "connecting";

const LiveContext = createContext<LiveState>("connecting");

/** Facts arrive in bursts: the first is acted on at once, and while they last the screen reads this often, ms. */
const pause = 250;
const retry = { first: 1_000, most: 30_000 };

type Topic = Fact["topic"];

/** What each kind of fact makes stale, as the first parts of query keys. Requests themselves are taken row by row. */
const stale: Record<Topic, readonly (readonly string[])[]> = {
  request: [["requests", "counts"]],
  decision: [],
  bot: [["bots"]],
  audit: [
    ["audit", "newer"],
    ["audit", "get"],
  ],
  operator: [["operators"], ["invites"], ["session"]],
  session: [["account", "sessions"], ["session"]],
  setting: [["preferences"], ["texts"]],
  presence: [["presence"]],
  batch: [["batches"]],
};

/**
 * Keeps the screen true: one subscription a tab. `resync` (first, and after every gap) makes everything stale; a fact
 * makes stale what it is about, gathered for a quarter of a second. A request is not waited for: its row is asked for
 * with the first fact of a burst.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const client = useTRPCClient();
  const router = useRouter();
  const topics = useRef(new Set<Topic>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const failures = useRef(0);
  const overtake = useOvertaken();

  const refreshing = useRef(Promise.resolve());
  const [requests] = useState(
    () =>
      new Gather<string>(pause, (ids) => {
        // One after another: an answer must not be overtaken by an older one.
        refreshing.current = refreshing.current.then(() => refreshRequests(queryClient, client, [...new Set(ids)]));
      }),
  );

  const flush = () => {
    timer.current = null;
    const keys = new Map<string, readonly string[]>();
    for (const topic of topics.current) for (const key of stale[topic]) keys.set(key.join("."), key);
    topics.current.clear();
    for (const key of keys.values()) {
      overtake([[...key]]);
      queryClient.invalidateQueries({ queryKey: [[...key]] });
    }
  };

  const subscription = useSubscription(
    trpc.live.subscriptionOptions(undefined, {
      onData: (event) => {
        failures.current = 0;
        if (event.type === "resync") {
          // The first one too: something may have arrived between the drawing of the page and now.
          overtake([]);
          queryClient.invalidateQueries();
          return;
        }
        if (event.fact.topic === "request") requests.put(event.fact.id);
        topics.current.add(event.fact.topic);
        timer.current ??= setTimeout(flush, pause);
      },
    }),
  );

  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      requests.stop();
    },
    [requests],
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

  return <LiveContext value={status === "pending" ? "live" : "connecting"}>{children}</LiveContext>;
}

export function useLive(): LiveState {
  return useContext(LiveContext);
}
