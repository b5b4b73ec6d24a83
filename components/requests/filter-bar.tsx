"use client";

import { ActionIcon, CloseButton, NativeSelect, TextInput, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { openStates, requestKinds, requestStates } from "@/lib/request";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { useRequestsQuery } from "./filter";
import classes from "./filter-bar.module.css";
import type { StateFilter } from "./query";

const tabs = ["open", "waiting", "failed", "unknown", "all"] as const satisfies readonly StateFilter[];

/** What the queue shows: states as tabs with their counts, text, and the rarer filters behind a button. */
export function FilterBar({ search }: { search: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const { query, filter, narrow } = useRequestsQuery();
  const { state, ...rest } = filter;
  const counts = useQuery(trpc.requests.counts.queryOptions(rest, { placeholderData: (previous) => previous })).data
    ?.states;
  const hasMore = Boolean(query.kind || query.bot || query.group || !tabs.some((tab) => tab === state));
  const [isMore, more] = useDisclosure(hasMore);

  const countOf = (tab: StateFilter): number | null => {
    if (!counts) return null;
    if (tab === "all") return null;
    if (tab === "open") return openStates.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
    return counts[tab] ?? 0;
  };

  return (
    <div className={classes.bar}>
      <div className={classes.top}>
        <h1 className={classes.title}>{t("title")}</h1>
        <Search inputRef={search} />
        <Tooltip label={t("filters")}>
          <ActionIcon
            size={30}
            variant={isMore || hasMore ? "light" : "default"}
            color={hasMore ? "iris" : "gray"}
            aria-label={t("filters")}
            aria-expanded={isMore}
            onClick={more.toggle}
          >
            <IconAdjustmentsHorizontal size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      {isMore && <MoreFilters />}
      <fieldset className={classes.tabs} aria-label={t("states")}>
        {tabs.map((tab) => {
          const count = countOf(tab);
          return (
            <button
              key={tab}
              type="button"
              className={classes.tab}
              aria-pressed={state === tab}
              onClick={() => narrow({ state: tab === "open" ? null : tab })}
            >
              {t(`tab.${tab}`)}
              {count !== null && count > 0 && <span className={classes.count}>{count > 999 ? "999+" : count}</span>}
            </button>
          );
        })}
      </fieldset>
    </div>
  );
}

function Search({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("requests");
  const { query, narrow } = useRequestsQuery();
  const [text, change] = useTypedAhead(query.text ?? "", (value) => narrow({ text: value }));
  return (
    <TextInput
      ref={inputRef}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={t("search")}
      placeholder={t("searchPlaceholder")}
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={
        text === "" ? null : (
          <CloseButton size="sm" aria-label={t("clearSearch")} icon={<IconX size={14} />} onClick={() => change("")} />
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

function MoreFilters() {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const { query, filter, narrow } = useRequestsQuery();
  const bots = useQuery(trpc.bots.list.queryOptions()).data ?? [];
  return (
    <div className={classes.more}>
      <NativeSelect
        size="xs"
        label={t("filter.kind")}
        value={query.kind ?? ""}
        data={[
          { value: "", label: t("filter.anyKind") },
          ...requestKinds.map((kind) => ({ value: kind, label: label(`kind.${kind}`) })),
        ]}
        onChange={(event) => narrow({ kind: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("filter.bot")}
        value={query.bot ?? ""}
        data={[{ value: "", label: t("filter.anyBot") }, ...bots.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => narrow({ bot: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("filter.state")}
        value={filter.state}
        data={[
          { value: "open", label: t("tab.open") },
          ...requestStates.map((state) => ({ value: state, label: label(`state.${state}.label`, { verb: "other" }) })),
          { value: "all", label: t("tab.all") },
        ]}
        onChange={({ currentTarget: { value } }) => narrow({ state: value === "open" ? null : value })}
      />
      <GroupFilter />
    </div>
  );
}

/** A group by its number: the platform knows groups the queue has never seen, so it is typed, not chosen. */
function GroupFilter() {
  const t = useTranslations("requests");
  const { query, narrow } = useRequestsQuery();
  const [text, change] = useTypedAhead(query.group ?? "", (value) => narrow({ group: value }));
  return (
    <TextInput
      size="xs"
      label={t("filter.group")}
      placeholder={t("filter.groupPlaceholder")}
      inputMode="numeric"
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
