"use client";

import { ActionIcon, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, type RefObject } from "react";
import type { RequestsQuery } from "@/lib/href";
import { openStates } from "@/lib/request";
import type { RequestFilterInput } from "@/lib/request-query";
import type { RequestCounts } from "../api";
import { once, useDrawnPart } from "../drawn-part";
import { SearchField } from "../search-field";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { SaveView } from "../views/save-view";
import { showCount } from "./count";
import { narrowQueue } from "./filter";
import classes from "./filter-bar.module.css";

const loadMore = once(() => import("./more-filters").then((module) => module.MoreFilters));
const LateMoreFilters = dynamic(loadMore, {
  loading: () => (
    <div className={classes.more}>
      {[0, 1, 2, 3, 4, 5].map((field) => (
        <Skeleton key={field} height={47} />
      ))}
    </div>
  ),
});

interface Tab {
  name: "open" | "mine" | "later" | "failed" | "unknown" | "all";
  /** What the tab means, as filters. The others stay as they are. */
  means: Required<Pick<RequestsQuery, "state" | "set" | "holder">>;
  isHere: (filter: RequestFilterInput) => boolean;
  countOf: (counts: RequestCounts) => number | null;
}

const tabs: readonly Tab[] = [
  {
    name: "open",
    means: { state: null, set: null, holder: null },
    isHere: ({ state, set, holder }) => state === "open" && set === "now" && holder !== "me",
    countOf: ({ states }) => openStates.reduce((sum, name) => sum + (states[name] ?? 0), 0),
  },
  {
    name: "mine",
    means: { state: null, set: null, holder: "me" },
    isHere: ({ state, set, holder }) => state === "open" && set === "now" && holder === "me",
    countOf: ({ mine }) => mine,
  },
  {
    name: "later",
    means: { state: null, set: "later", holder: null },
    isHere: ({ state, set }) => state === "open" && set === "later",
    countOf: ({ later }) => later,
  },
  {
    name: "failed",
    means: { state: "failed", set: null, holder: null },
    isHere: ({ state }) => state === "failed",
    countOf: ({ states }) => states.failed ?? 0,
  },
  {
    name: "unknown",
    means: { state: "unknown", set: null, holder: null },
    isHere: ({ state }) => state === "unknown",
    countOf: ({ states }) => states.unknown ?? 0,
  },
  {
    name: "all",
    means: { state: "all", set: "all", holder: null },
    isHere: ({ state }) => state === "all",
    countOf: () => null,
  },
];

interface FilterBarProps {
  search: RefObject<HTMLInputElement | null>;
  query: RequestsQuery;
  filter: RequestFilterInput;
}

/** What the queue shows: its usual views as tabs with their counts, text, and the rarer filters behind a button. */
export const FilterBar = memo(function FilterBar({ search, query, filter }: FilterBarProps) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const counts = useQuery(trpc.requests.counts.queryOptions(filter, { placeholderData: (previous) => previous })).data;
  const isTab = tabs.some(({ isHere }) => isHere(filter));
  const isRare = Boolean(query.kind || query.bot || query.group || query.age) || !isTab || isRareHolder(query.holder);
  const [isMore, more] = useDisclosure(isRare);
  const MoreFilters = useDrawnPart(isRare, loadMore, LateMoreFilters);
  return (
    <div className={classes.bar}>
      <div className={classes.top}>
        <h1 className={classes.title}>{t("title")}</h1>
        <Search inputRef={search} wanted={query.text ?? ""} />
        <Tip label={t("filters")}>
          <ActionIcon
            size={30}
            variant={isMore || isRare ? "light" : "default"}
            color={isRare ? "iris" : "gray"}
            aria-label={t("filters")}
            aria-expanded={isMore}
            onClick={more.toggle}
          >
            <IconAdjustmentsHorizontal size={16} stroke={1.8} />
          </ActionIcon>
        </Tip>
        <SaveView page="requests" query={query} />
      </div>
      {isMore && <MoreFilters counts={counts} />}
      <fieldset className={classes.tabs} aria-label={t("states")}>
        {tabs.map(({ name, means, isHere, countOf }) => {
          const count = counts ? countOf(counts) : null;
          return (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-pressed={isHere(filter)}
              onClick={() =>
                narrowQueue(
                  isRareHolder(query.holder) && name !== "mine" ? { ...means, holder: query.holder ?? null } : means,
                )
              }
            >
              {t(`tab.${name}`)}
              {count !== null && count > 0 && <span className={classes.count}>{showCount(count, counts?.cap)}</span>}
            </button>
          );
        })}
      </fieldset>
    </div>
  );
});

/** Chosen among the rarer filters, not by a tab. */
function isRareHolder(holder: string | null | undefined): boolean {
  return Boolean(holder) && holder !== "me";
}

function Search({ inputRef, wanted }: { inputRef: RefObject<HTMLInputElement | null>; wanted: string }) {
  const t = useTranslations("requests");
  const [text, change] = useTypedAhead(wanted, (value) => narrowQueue({ text: value }));
  return (
    <SearchField
      ref={inputRef}
      className={classes.search}
      isSmall
      label={t("search")}
      placeholder={t("searchPlaceholder")}
      value={text}
      onChange={change}
      clearLabel={t("clearSearch")}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
