"use client";

import { IconMessageOff } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Avatar } from "../avatar";
import type { TableColumn } from "../table-column";
import { Tip } from "../tip";
import { RoleLabel } from "./group-role";
import classes from "./groups.module.css";
import type { ShownGroup } from "./rows";

/** The columns of the list of groups. */
export function useGroupColumns(): readonly TableColumn<ShownGroup>[] {
  const t = useTranslations("groups");
  const label = useTranslations("vocabulary");
  return useMemo(
    () => [
      { key: "name", header: t("column.name"), grow: 2.4, sort: true, cell: (row) => <Name row={row} /> },
      {
        ...{ key: "members", header: t("column.members"), width: 108, sort: true, align: "end", hasCardLabel: true },
        cell: ({ memberCount, memberLimit }) => <MemberCount count={memberCount} limit={memberLimit} />,
      },
      {
        ...{ key: "role", header: t("column.role"), width: 112, priority: 2 },
        cell: ({ ownRole }) => <RoleLabel role={ownRole} />,
      },
      {
        ...{ key: "bot", header: t("column.bot"), grow: 1.3, priority: 2 },
        cell: ({ bot }) => (
          <span className={classes.bot}>
            <span className={classes.botName}>{bot.name}</span>
            <span className={classes.platform}>{label(`platform.${bot.platform}`)}</span>
          </span>
        ),
      },
      {
        ...{ key: "waiting", header: t("column.waiting"), width: 92, align: "end" },
        cell: ({ waiting }) => <Waiting count={waiting} />,
      },
    ],
    [t, label],
  );
}

function Name({ row }: { row: ShownGroup }) {
  const t = useTranslations("groups");
  const name = row.name || row.groupId;
  return (
    <>
      <Avatar id={row.groupId} name={name} src={row.avatar} size={30} />
      <span className={classes.names} data-gone={row.isGone || undefined}>
        <span className={classes.name}>
          <span className={classes.nameText}>{name}</span>
          {row.isMuted && (
            <Tip label={t("mutedAll")}>
              <span className={classes.muted}>
                <IconMessageOff size={14} stroke={1.8} aria-hidden="true" />
                <span className={classes.hidden}>{t("mutedAll")}</span>
              </span>
            </Tip>
          )}
        </span>
        <span className={classes.small}>
          {row.isGone ? t("left") : row.remark ? `${row.remark} · ${row.groupId}` : row.groupId}
        </span>
      </span>
    </>
  );
}

/** How many are in it, of how many it takes. */
export function MemberCount({ count, limit }: { count: number | null; limit: number | null }) {
  const t = useTranslations("groups");
  const format = useFormatter();
  if (count === null) return <span className={classes.untold}>{t("untold")}</span>;
  const isNearlyFull = limit !== null && limit > 0 && count >= limit * 0.95;
  return (
    <span className={classes.count} data-full={isNearlyFull || undefined}>
      {format.number(count)}
      {limit !== null && limit > 0 && <span className={classes.limit}> / {format.number(limit)}</span>}
    </span>
  );
}

function Waiting({ count }: { count: number | null }) {
  const t = useTranslations("groups");
  if (!count) return null;
  return (
    <span className={classes.waiting}>
      <span aria-hidden="true">{count}</span>
      <span className={classes.hidden}>{t("waiting", { count })}</span>
    </span>
  );
}
