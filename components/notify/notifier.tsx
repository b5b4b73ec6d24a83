"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { href } from "@/lib/href";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";
import { viewHref } from "@/lib/view";
import type { SavedView } from "../api";
import { useHeard } from "../shell/live";
import { tabId } from "../shell/tab";
import { useTRPC } from "../trpc";
import { useViews } from "../views/views";
import { placeOf } from "./place";
import { useNotifySetting } from "./setting";
import { openTabs, type Tabs } from "./tabs";

/** Before the first request there ever was. */
const beginning = "00000000-0000-0000-0000-000000000000";

/** What a look goes by. */
interface Drawn {
  tabs: Tabs | null;
  views: readonly SavedView[];
  tellsBots: boolean;
  lookAtView: (view: SavedView) => Promise<void>;
  lookAtBots: () => Promise<void>;
}

/** Tells of news outside the page. Loaded only in browsers that were asked to. Draws nothing. */
export function Notifier() {
  const t = useTranslations("notify");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const path = usePathname();
  const search = useSearchParams().toString();
  const [{ bots: tellsBots, views: watched }] = useNotifySetting();
  const views = useViews().filter(({ id, page }) => page === "requests" && watched.includes(id));
  const [tabs, setTabs] = useState<Tabs | null>(null);
  /** The newest request of each view that was told of, and which bots were connected. */
  const newest = useRef(new Map<string, string>());
  const connected = useRef<Map<string, boolean> | null>(null);
  const isBusy = useRef(false);
  /** As it was drawn last: a look that goes on while something is switched on must not miss that. */
  const current = useRef<Drawn | null>(null);
  /** News that came while the desk was being asked. */
  const due = useRef({ requests: false, bots: false });

  useEffect(() => {
    const opened = openTabs(tabId());
    setTabs(opened);
    return () => opened.close();
  }, []);

  useEffect(() => {
    if (!tabs) return;
    const look = () => tabs.look(document.hasFocus() && !document.hidden ? placeOf(path, search) : null);
    look();
    const events = ["focus", "blur", "visibilitychange"] as const;
    for (const name of events) window.addEventListener(name, look);
    return () => {
      for (const name of events) window.removeEventListener(name, look);
    };
  }, [tabs, path, search]);

  const tell = (tag: string, title: string, place: string) => {
    if (!current.current?.tabs?.mayTell(place)) return;
    // No names of strangers and no words of theirs: whoever passes the screen may read it.
    const told = new Notification(title, { tag: `gatehouse ${tag}`, icon: "/icon.svg" });
    told.onclick = () => {
      window.focus();
      router.push(place);
      told.close();
    };
  };

  const lookAtView = async (view: SavedView) => {
    const parameters = { get: (name: string) => view.query[name] ?? null };
    const filter = readRequestFilter(readRequestsQuery(parameters));
    const { items } = await queryClient.fetchQuery({
      ...trpc.requests.list.queryOptions({ ...filter, limit: 1 }),
      staleTime: 0,
    });
    const last = newest.current.get(view.id);
    const first = items[0]?.id ?? beginning;
    if (last === undefined || first > last) newest.current.set(view.id, first);
    if (last === undefined || first <= last) return;
    const { count } = await queryClient.fetchQuery({
      ...trpc.requests.arrived.queryOptions({ ...filter, after: last }),
      staleTime: 0,
    });
    if (count > 0) tell(`view ${view.id}`, t("requests", { count, name: view.name }), viewHref(view.page, view.query));
  };

  const lookAtBots = async () => {
    const bots = await queryClient.fetchQuery({ ...trpc.bots.list.queryOptions(), staleTime: 0 });
    const before = connected.current;
    connected.current = new Map(bots.map(({ id, isEnabled, truths }) => [id, isEnabled && truths.connected.is]));
    for (const { id, name, isEnabled, truths } of bots) {
      const was = before?.get(id);
      if (was === undefined || !isEnabled || was === truths.connected.is) continue;
      tell(`bot ${id}`, truths.connected.is ? t("back", { name }) : t("dropped", { name }), href.bot(id));
    }
  };

  useEffect(() => {
    current.current = { tabs, views, tellsBots, lookAtView, lookAtBots };
  });
  const look = async (isAboutRequests: boolean, isAboutBots: boolean) => {
    due.current = { requests: due.current.requests || isAboutRequests, bots: due.current.bots || isAboutBots };
    if (isBusy.current) return;
    isBusy.current = true;
    while (due.current.requests || due.current.bots) {
      const { requests, bots } = due.current;
      due.current = { requests: false, bots: false };
      const now = current.current;
      if (!now) break;
      // What cannot be asked now is told with the next news.
      await Promise.allSettled([
        ...(requests ? now.views.map(now.lookAtView) : []),
        ...(bots && now.tellsBots ? [now.lookAtBots()] : []),
      ]);
    }
    isBusy.current = false;
  };
  const wanted = `${tellsBots} ${views.map(({ id }) => id).join(" ")}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is watched is looked at when it changes; from then on by what is heard.
  useEffect(() => void look(true, true), [wanted]);
  useHeard(({ isResync, facts }) => {
    const has = (topic: string) => isResync || facts.some((fact) => fact.topic === topic);
    if (has("request") || has("bot")) void look(has("request"), has("bot"));
  });
  return null;
}
