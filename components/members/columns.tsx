"use client";

import { IconCircleFilled, IconCrown, IconShield } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type { MemberSummary } from "../api";
import { Avatar } from "../avatar";
import { RelativeTime } from "../relative-time";
import type { TableColumn } from "../table-column";
import { nameOf } from "./acts";
import classes from "./members.module.css";
import { MuteLeft } from "./mute-left";
import type { ShownMember } from "./rows";

type Has = MemberSummary["has"];

/** The columns of a list of members. One that this platform fills for nobody is not drawn. */
export function useMemberColumns(has: Has | undefined, acts: ((row: ShownMember) => ReactNode) | null) {
  const t = useTranslations("members");
  const told = JSON.stringify(has ?? null);
  return useMemo<TableColumn<ShownMember>[]>(() => {
    // Written right above.
    const is = JSON.parse(told) as Has | null;
    const columns: (TableColumn<ShownMember> | false)[] = [
      { key: "name", header: t("column.name"), grow: 2, sort: true, cell: (row) => <Name row={row} /> },
      is?.role === true && {
        ...{ key: "role", header: t("column.role"), width: 88, sort: true },
        cell: (row) => <Role role={row.role} />,
      },
      is?.muted === true && {
        ...{ key: "muted", header: t("column.muted"), width: 108, sort: true },
        cell: (row) => row.isMuted && <MuteLeft until={row.mutedUntil} />,
      },
      is?.title === true && {
        ...{ key: "title", header: t("column.title"), width: 80, sort: true, priority: 3, isOffCard: true },
        cell: (row) => row.title,
      },
      is?.level === true && {
        ...{
          key: "level",
          header: t("column.level"),
          width: 56,
          sort: true,
          priority: 3,
          align: "end",
          isOffCard: true,
        },
        cell: (row) => row.level,
      },
      is?.joined === true && {
        ...{ key: "joined", header: t("column.joined"), width: 112, sort: true, priority: 3, isOffCard: true },
        cell: (row) => row.joinedAt && <RelativeTime at={row.joinedAt} />,
      },
      is?.spoke === true && {
        ...{ key: "spoke", header: t("column.spoke"), width: 112, sort: true, priority: 2, hasCardLabel: true },
        cell: (row) =>
          row.lastSpokeAt && (
            <span className={classes.spoke}>
              <RelativeTime at={row.lastSpokeAt} />
            </span>
          ),
      },
      (is?.online === true || is?.seen === true) && {
        ...{ key: "seen", header: t("column.seen"), width: 112, sort: true, priority: 2 },
        cell: (row) =>
          row.isOnline ? (
            <span className={classes.online}>
              <IconCircleFilled size={8} aria-hidden="true" />
              {t("online")}
            </span>
          ) : (
            row.lastSeenAt && <RelativeTime at={row.lastSeenAt} />
          ),
      },
      acts !== null && { key: "acts", header: t("column.acts"), width: 44, align: "end", isOffCard: true, cell: acts },
    ];
    return columns.filter((column) => column !== false);
  }, [told, t, acts]);
}

function Name({ row }: { row: ShownMember }) {
  const t = useTranslations("members");
  const name = nameOf(row);
  return (
    <span className={classes.name} data-gone={row.isGone || undefined}>
      <Avatar id={row.userId} name={name} src={row.avatar} size={28} />
      <span className={classes.who}>
        <span className={classes.called}>{name}</span>
        <span className={classes.id}>
          {row.isGone ? t("gone") : row.card && row.name !== row.card ? `${row.name} · ${row.userId}` : row.userId}
        </span>
      </span>
    </span>
  );
}

export function Role({ role }: { role: ShownMember["role"] }) {
  const t = useTranslations("members.role");
  if (role === "unknown") return null;
  const Icon = role === "owner" ? IconCrown : role === "admin" ? IconShield : null;
  return (
    <span className={classes.role} data-role={role}>
      {Icon && <Icon size={14} stroke={1.8} aria-hidden="true" />}
      {t(role)}
    </span>
  );
}
