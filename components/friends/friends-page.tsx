"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { FriendBot } from "../api";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import { useFriendsQuery } from "./address";
import { FriendFilters } from "./friend-filters";
import { FriendTable } from "./friend-table";
import classes from "./friends-page.module.css";
import { type FriendList, friendLists, readOpen } from "./query";

// Not drawn before they are opened.
const FriendDrawer = dynamic(() => import("./friend-drawer").then((part) => part.FriendDrawer), { ssr: false });
const AddFriend = dynamic(() => import("./add-friend").then((part) => part.AddFriend), { ssr: false });
const OtherList = dynamic(() => import("./other-list").then((part) => part.OtherList), { ssr: false });
const Categories = dynamic(() => import("./categories").then((part) => part.Categories), { ssr: false });

const needs = {
  blocked: "friends.blocked",
  oneWay: "friends.oneWay",
  nearby: "people.nearby",
} as const satisfies Record<Exclude<FriendList, "friends">, FriendBot["can"][number]>;

/** The bots that have one of the lists beside the friends themselves. */
function botsOf(bots: readonly FriendBot[], list: Exclude<FriendList, "friends">): FriendBot[] {
  return bots.filter(({ can }) => can.includes(needs[list]));
}

/** The friends of all bots in one list, the lists beside it where a platform has them, and one friend in a drawer. */
export function FriendsPage() {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { query, narrow, open } = useFriendsQuery();
  const asked = useQuery(trpc.friends.bots.queryOptions());
  const bots = asked.data ?? [];
  const [isAdding, adding] = useDisclosure(false);
  const [isSorting, sorting] = useDisclosure(false);
  const lists = friendLists.filter((list) => list === "friends" || botsOf(bots, list).length > 0);
  const list = lists.find((name) => name === query.list) ?? "friends";
  const opened = readOpen(query.open);
  const adders = bots.filter(({ can }) => can.includes("friends.add"));
  const sorters = bots.filter(({ can }) => can.includes("categories.create"));
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <h1 className={classes.title}>{t("title")}</h1>
        <span className={classes.acts}>
          {sorters.length > 0 && <Button onClick={sorting.open}>{t("categories.edit")}</Button>}
          {adders.length > 0 && (
            <Button
              variant="filled"
              leftSection={<IconUserPlus size={15} stroke={2} aria-hidden="true" />}
              onClick={adding.open}
            >
              {t("add.title")}
            </Button>
          )}
        </span>
      </header>
      {lists.length > 1 && (
        <fieldset className={classes.tabs} aria-label={t("lists")}>
          {lists.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-pressed={name === list}
              onClick={() => narrow({ list: name === "friends" ? null : name })}
            >
              {t(`list.${name}`)}
            </button>
          ))}
        </fieldset>
      )}
      {asked.isError && (
        <FailurePanel error={asked.error}>
          <Button onClick={() => asked.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {list === "friends" ? (
        <>
          <FriendFilters bots={bots} />
          <FriendTable bots={bots} isAsked={asked.isSuccess} />
        </>
      ) : (
        <OtherList key={list} list={list} bots={botsOf(bots, list)} />
      )}
      {opened && (
        <FriendDrawer key={query.open} botId={opened.botId} userId={opened.userId} onClose={() => open(null)} />
      )}
      {isAdding && <AddFriend bots={adders} onClose={adding.close} />}
      {isSorting && <Categories bots={sorters} onClose={sorting.close} />}
    </div>
  );
}
