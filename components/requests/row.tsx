"use client";

import { Tooltip } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import type { RequestRow } from "../api";
import { Initials } from "../initials";
import { RelativeTime } from "../relative-time";
import { Kind } from "./kind";
import classes from "./row.module.css";
import { StateTone } from "./state-tone";

interface RowProps {
  row: RequestRow;
  isOpen: boolean;
  to: string;
  onOpen: (id: string) => void;
}

/** One request of the list. A real link, so it can be opened in a tab of its own. */
export const Row = memo(function Row({ row, isOpen, to, onOpen }: RowProps) {
  const t = useTranslations("requests");
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <a className={classes.row} href={to} onClick={follow} aria-current={isOpen || undefined}>
      <Initials id={row.applicantId} name={row.applicantName} size={34} />
      <span className={classes.body}>
        <span className={classes.line}>
          <span className={classes.name}>{row.applicantName || row.applicantId}</span>
          {row.applicantName && <span className={classes.id}>{row.applicantId}</span>}
          <span className={classes.when}>
            <RelativeTime at={row.arrivedAt} />
          </span>
        </span>
        {row.message && <span className={classes.message}>{row.message}</span>}
        <span className={classes.line}>
          <span className={classes.about}>
            <Kind kind={row.kind} />
            {row.groupId && <span className={classes.where}>{row.groupName || row.groupId}</span>}
            <span className={classes.bot}>{row.bot.name}</span>
          </span>
          {row.hasTwin && (
            <Tooltip label={t("twin.short")}>
              <span className={classes.twin}>
                <IconAlertTriangle size={15} aria-hidden="true" />
                <span className={classes.hidden}>{t("twin.short")}</span>
              </span>
            </Tooltip>
          )}
          <StateTone state={row.state} verb={row.decision?.verb} bare />
        </span>
      </span>
    </a>
  );
});
