"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../trpc";
import { PlaceCount } from "./waiting-count";

/** How many messages nobody has read, beside the place's name. */
export function UnreadCount() {
  const t = useTranslations("navigation");
  const trpc = useTRPC();
  const count = useQuery(trpc.chats.unread.queryOptions()).data?.count ?? 0;
  return <PlaceCount count={count} words={t("unread", { count })} />;
}
