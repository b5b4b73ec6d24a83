"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FriendBot } from "../api";
import { AsOf } from "../as-of";
import { BotSelect } from "../bot-select";
import { Choice } from "../choice";
import { SearchField } from "../search-field";
import { useTRPC, useTRPCClient } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { SaveView } from "../views/save-view";
import { useFriendsQuery } from "./address";
import classes from "./friends-page.module.css";

/** What the list is narrowed by, and how old it is. */
export function FriendFilters({ bots }: { bots: readonly FriendBot[] }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { query, narrow } = useFriendsQuery();
  const [text, change] = useTypedAhead(query.text ?? "", (value) => narrow({ text: value }));
  const facets = useQuery(
    trpc.friends.facets.queryOptions(query.bot ? { botId: query.bot } : {}, {
      placeholderData: (previous) => previous,
    }),
  ).data;
  const listed = bots.filter(({ list, id }) => list !== null && (!query.bot || id === query.bot));
  const lists = listed.flatMap(({ list }) => list ?? []);
  // As old as the oldest of them; one that was never read makes the whole incomplete.
  const times = lists.map(({ readAt }) => readAt?.getTime() ?? 0);
  const oldest = times.length === 0 ? 0 : Math.min(...times);
  const readAgain = async () => {
    await Promise.all(listed.map(({ id }) => client.friends.read.query({ botId: id })));
    await queryClient.invalidateQueries(trpc.friends.pathFilter());
  };
  const options = (items: readonly { name: string; count: number }[], chosen: string | null | undefined) => [
    ...items.map(({ name, count }) => ({ value: name, label: t("counted", { name, count }) })),
    ...(chosen && !items.some(({ name }) => name === chosen) ? [{ value: chosen, label: chosen }] : []),
  ];
  return (
    <div className={classes.filters}>
      <SearchField
        className={classes.search}
        label={t("search")}
        placeholder={t("searchPlaceholder")}
        clearLabel={t("clearSearch")}
        value={text}
        onChange={change}
      />
      {bots.length > 1 && (
        <BotSelect
          className={classes.select}
          bots={bots}
          value={query.bot}
          onPick={(bot) => narrow({ bot, category: null, label: null })}
        />
      )}
      {facets && (facets.categories.length > 0 || query.category) && (
        <Choice
          className={classes.select}
          label={t("category")}
          value={query.category ?? ""}
          options={[{ value: "", label: t("allCategories") }, ...options(facets.categories, query.category)]}
          onPick={(value) => narrow({ category: value || null })}
        />
      )}
      {facets && (facets.labels.length > 0 || query.label) && (
        <Choice
          className={classes.select}
          label={t("label")}
          value={query.label ?? ""}
          options={[{ value: "", label: t("allLabels") }, ...options(facets.labels, query.label)]}
          onPick={(value) => narrow({ label: value || null })}
        />
      )}
      <SaveView page="friends" query={query} />
      {lists.length > 0 && (
        <span className={classes.read}>
          <AsOf
            readAt={oldest === 0 ? null : new Date(oldest)}
            isReading={lists.some(({ isReading }) => isReading)}
            error={lists.find(({ error }) => error !== null)?.error ?? null}
            onAgain={readAgain}
          />
        </span>
      )}
    </div>
  );
}
