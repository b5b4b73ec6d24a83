"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { requestAges, requestHolders, requestKinds, requestStates } from "@/lib/request";
import type { RequestCounts } from "../api";
import { useBotOptions } from "../bot-select";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { showCount } from "./count";
import { narrowQueue, useNarrowing } from "./filter";
import classes from "./filter-bar.module.css";

/** The rarer filters, each value with how many requests it would show beside the others. */
export function MoreFilters({ counts }: { counts: RequestCounts | undefined }) {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const { query, filter } = useNarrowing();
  const bots = useQuery(trpc.bots.list.queryOptions()).data ?? [];
  const counted = (name: string, count: number | undefined) =>
    counts === undefined ? name : t("filter.counted", { name, count: showCount(count ?? 0, counts.cap) });
  const ofBots = useBotOptions(bots.map(({ id, name }) => ({ id, name: counted(name, counts?.bots[id]) })));
  return (
    <div className={classes.more}>
      <NativeSelect
        size="xs"
        label={t("filter.kind")}
        value={query.kind ?? ""}
        data={[
          { value: "", label: t("filter.anyKind") },
          ...requestKinds.map((kind) => ({ value: kind, label: counted(label(`kind.${kind}`), counts?.kinds[kind]) })),
        ]}
        onChange={(event) => narrowQueue({ kind: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={ofBots.label}
        value={query.bot ?? ""}
        data={ofBots.options}
        onChange={(event) => narrowQueue({ bot: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("filter.holder")}
        value={query.holder ?? ""}
        data={[
          { value: "", label: t("filter.anyHolder") },
          ...requestHolders.map((name) => ({
            value: name,
            label: counted(t(`holderIs.${name}`), counts?.holders[name]),
          })),
        ]}
        onChange={(event) => narrowQueue({ holder: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("filter.age")}
        value={query.age ?? ""}
        data={[
          { value: "", label: t("filter.anyAge") },
          ...requestAges.map((name) => ({ value: name, label: counted(t(`ageIs.${name}`), counts?.ages[name]) })),
        ]}
        onChange={(event) => narrowQueue({ age: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("filter.state")}
        value={filter.state}
        data={[
          { value: "open", label: t("tab.open") },
          ...requestStates.map((state) => ({
            value: state,
            label: counted(label(`state.${state}.label`, { verb: "other" }), counts?.states[state]),
          })),
          { value: "all", label: t("tab.all") },
        ]}
        onChange={({ currentTarget: { value } }) =>
          narrowQueue({ state: value === "open" ? null : value, set: value === "all" ? "all" : null })
        }
      />
      <GroupFilter />
    </div>
  );
}

/** A group by its number: the platform knows groups the queue has never seen, so it is typed, not chosen. */
function GroupFilter() {
  const t = useTranslations("requests");
  const { query } = useNarrowing();
  const [text, change] = useTypedAhead(query.group ?? "", (value) => narrowQueue({ group: value }));
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
