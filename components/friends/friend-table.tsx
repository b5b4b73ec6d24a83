"use client";

import { Button } from "@mantine/core";
import { IconFilterOff, IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { href } from "@/lib/href";
import type { FriendBot } from "../api";
import { Avatar } from "../avatar";
import { FailurePanel } from "../failure-panel";
import { FreshPill } from "../fresh-pill";
import Link from "../link";
import { EmptyState } from "../page";
import type { TableColumn } from "../table-column";
import { VirtualTable } from "../virtual-table";
import { useFriendsQuery } from "./address";
import classes from "./friends-page.module.css";
import { idOf, type ShownFriend, useFriendRows } from "./rows";

/** The list itself: any length, read in parts as they come into sight. */
export function FriendTable({ bots, isAsked }: { bots: readonly FriendBot[]; isAsked: boolean }) {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const { query, filter, narrow, open } = useFriendsQuery();
  const { list, isPending, count, rowAt, onRange, fresh, showFresh } = useFriendRows(filter, bots);
  const hasCategories = bots.some(({ can }) => can.includes("categories.list"));
  const columns = useMemo<TableColumn<ShownFriend>[]>(
    () => [
      { key: "name", header: t("column.name"), grow: 3, sort: true, cell: (row) => <Who row={row} /> },
      {
        ...{ key: "id", header: t("column.id"), width: 150, priority: 3 as const, isOffCard: true },
        cell: (row) => <span className={classes.cell}>{row.userId}</span>,
      },
      {
        ...{ key: "bot", header: t("column.bot"), grow: 2, sort: true },
        cell: (row) => <span className={classes.cell}>{row.bot.name}</span>,
      },
      ...(hasCategories
        ? [
            {
              ...{ key: "category", header: t("column.category"), grow: 2, sort: true, priority: 2 as const },
              cell: (row: ShownFriend) => (
                <span className={classes.cell}>{[row.categoryName, row.label].filter(Boolean).join(" · ")}</span>
              ),
            },
          ]
        : []),
      {
        ...{ key: "online", header: t("column.online"), width: 90, sort: true, priority: 3 as const, isOffCard: true },
        cell: (row) => (
          <span className={classes.cell}>{row.isOnline === null ? "" : row.isOnline ? t("online") : t("offline")}</span>
        ),
      },
    ],
    [t, hasCategories],
  );
  const isFiltered = Boolean(query.text || query.bot || query.category || query.label);
  const isReading = bots.some(({ list }) => list !== null && list.readAt === null && list.isReading);
  if (list.isError && isPending)
    return (
      <div className={classes.body}>
        <FailurePanel error={list.error}>
          <Button onClick={() => list.refetch()}>{common("again")}</Button>
        </FailurePanel>
      </div>
    );
  return (
    <div className={classes.table}>
      <FreshPill count={fresh} onShow={showFresh} />
      <VirtualTable
        label={t("title")}
        columns={columns}
        count={count}
        rowAt={rowAt}
        keyOf={idOf}
        onRange={onRange}
        isPending={isPending || !isAsked || (count === 0 && isReading && !isFiltered)}
        sort={{ key: filter.sort, isDown: filter.isDescending }}
        onSort={(key, isDown) => narrow({ sort: `${isDown ? "-" : ""}${key}` })}
        onOpen={(row) => open(idOf(row))}
        addressOf={(row) => href.friends({ ...query, open: idOf(row) })}
        openKey={query.open ?? null}
        empty={<Nothing bots={bots} isFiltered={isFiltered} />}
      />
    </div>
  );
}

function Who({ row }: { row: ShownFriend }) {
  const t = useTranslations("friends");
  const name = row.remark || row.name || row.userId;
  return (
    <span className={classes.who}>
      <Avatar id={row.userId} name={row.name} src={row.avatar} size={28} />
      <span className={classes.names} data-gone={row.isGone || undefined}>
        <span className={classes.name}>{name}</span>
        {row.isGone && <span className={classes.second}>{t("left")}</span>}
        {!row.isGone && row.remark && row.name && row.remark !== row.name && (
          <span className={classes.second}>{row.name}</span>
        )}
      </span>
    </span>
  );
}

function Nothing({ bots, isFiltered }: { bots: readonly FriendBot[]; isFiltered: boolean }) {
  const t = useTranslations("friends");
  const { narrow } = useFriendsQuery();
  if (isFiltered)
    return (
      <EmptyState
        icon={<IconFilterOff size={20} stroke={1.6} />}
        title={t("noMatch")}
        action={
          <Button onClick={() => narrow({ text: null, bot: null, category: null, label: null })}>{t("clear")}</Button>
        }
      />
    );
  const isRead = bots.some(({ list }) => list !== null && list.readAt !== null);
  return (
    <EmptyState icon={<IconUsers size={22} stroke={1.6} />} title={isRead ? t("none") : t("notRead")}>
      {isRead ? (
        t("noneText")
      ) : (
        <>
          {t("notReadText")} <Link href={href.bots()}>{t("toBots")}</Link>
        </>
      )}
    </EmptyState>
  );
}
