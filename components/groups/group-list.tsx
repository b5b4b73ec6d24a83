"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilterOff, IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupRoster, GroupRow } from "../api";
import { AsOf } from "../as-of";
import { FailurePanel } from "../failure-panel";
import { FreshPill } from "../fresh-pill";
import { EmptyState } from "../page";
import { useTRPC } from "../trpc";
import { VirtualTable } from "../virtual-table";
import { useGroupsQuery } from "./address";
import { useGroupColumns } from "./group-columns";
import { GroupFilters } from "./group-filters";
import classes from "./groups.module.css";
import { RosterStrip } from "./roster-strip";
import { idOf, type ShownGroup, useGroupRows } from "./rows";

const FindGroup = dynamic(() => import("./find-group").then((module) => module.FindGroup), { ssr: false });

/** All groups of all bots the operator may see, as they were read last. */
export function GroupList() {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { filter, narrow } = useGroupsQuery();
  const rosters = useQuery(trpc.groups.rosters.queryOptions()).data ?? none;
  const { list, isPending, count, total, rowAt, onRange, fresh, showFresh } = useGroupRows(filter, rosters);
  const columns = useGroupColumns();
  const [isFinding, finding] = useDisclosure(false);
  const isFiltered = Boolean(filter.botId || filter.text || filter.role);
  const shown = filter.botId ? rosters.filter(({ bot }) => bot.id === filter.botId) : rosters;
  const asked = shown.filter(({ bot, isListed }) => isListed && bot.isEnabled);
  const readAgain = () => {
    for (const { bot } of asked)
      void queryClient
        .fetchQuery({ ...trpc.groups.read.queryOptions({ botId: bot.id }), staleTime: 0 })
        .catch(() => null);
    void queryClient.invalidateQueries(trpc.groups.rosters.queryFilter());
  };
  const isReading = asked.some((each) => each.isReading);
  return (
    <div className={classes.place}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h1 className={classes.title}>{t("title")}</h1>
          <AsOf readAt={oldest(asked)} isReading={isReading} onAgain={asked.length > 0 ? readAgain : undefined} />
        </div>
        {rosters.some(({ mayManage, bot }) => mayManage && bot.isEnabled) && (
          <Button size="sm" leftSection={<IconPlus size={16} stroke={2} />} onClick={finding.open}>
            {t("find.open")}
          </Button>
        )}
      </header>
      <GroupFilters rosters={rosters} />
      <RosterStrip rosters={shown} />
      {list.isError ? (
        <FailurePanel error={list.error}>
          <Button onClick={() => list.refetch()}>{common("again")}</Button>
        </FailurePanel>
      ) : (
        <div className={classes.table}>
          <FreshPill count={fresh} onShow={showFresh} />
          <VirtualTable<ShownGroup>
            label={t("title")}
            columns={columns}
            count={count}
            rowAt={rowAt}
            keyOf={idOf}
            onRange={onRange}
            sort={{ key: filter.sort.replace("-", ""), isDown: filter.sort.startsWith("-") }}
            onSort={(key, isDown) => narrow({ sort: `${isDown ? "-" : ""}${key}` })}
            addressOf={addressOf}
            isPending={isPending || (count === 0 && isReading && !isFiltered)}
            rowHeight={3.25}
            cardHeight={5}
            empty={
              <EmptyState
                icon={isFiltered ? <IconFilterOff size={20} stroke={1.6} /> : <IconUsersGroup size={22} stroke={1.6} />}
                title={isFiltered ? t("noMatch") : t("empty.title")}
                action={isFiltered ? <Button onClick={() => narrow(noFilter)}>{t("clear")}</Button> : undefined}
              >
                {isFiltered ? undefined : t("empty.text")}
              </EmptyState>
            }
          />
        </div>
      )}
      <p className={classes.total} role="status">
        {!isPending && !(count === 0 && isReading) && t("total", { count: total })}
      </p>
      {isFinding && <FindGroup rosters={rosters} onClose={finding.close} />}
    </div>
  );
}

const none: readonly GroupRoster[] = [];
const noFilter = { bot: null, text: null, role: null };
const addressOf = (row: GroupRow) => href.group(row.bot.id, row.groupId);

/** Of several lists the oldest says how old what is shown may be. */
function oldest(rosters: readonly GroupRoster[]): Date | null {
  const times = rosters.flatMap(({ readAt }) => readAt ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times.map((at) => at.getTime())));
}
