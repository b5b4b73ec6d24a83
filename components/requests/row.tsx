"use client";

import { IconAlertTriangle, IconCheck, IconUserX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import { accountOf } from "@/lib/applicant";
import type { Present, RequestRow } from "../api";
import { useCalled } from "../applicant";
import { Faces } from "../faces";
import { Initials } from "../initials";
import { useNames } from "../names";
import { Noted } from "../people/flag-mark";
import { RelativeTime } from "../relative-time";
import { Tip } from "../tip";
import { Kind } from "./kind";
import { PlatformLabel } from "./platform-label";
import classes from "./row.module.css";
import { RowState } from "./row-state";

export interface RowProps {
  row: RequestRow;
  isOpen: boolean;
  isChosen: boolean;
  /** It no longer belongs to the list and stays where it was until the list is read anew. */
  isPast: boolean;
  lookers: readonly Present[];
  to: string;
  onOpen: (id: string) => void;
  onChoose: (id: string, isRange: boolean) => void;
}

/** One request of the list: a box to choose it, and a real link, so it can be opened in a tab of its own. */
export const Row = memo(function Row({ row, isOpen, isChosen, isPast, lookers, to, onOpen, onChoose }: RowProps) {
  const t = useTranslations("requests");
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey) onChoose(row.id, true);
    else onOpen(row.id);
  };
  const name = useCalled()(row);
  const list = useNames();
  const account = accountOf(row.applicantId);
  // Who works on it is named below already.
  const others = lookers.filter(({ operatorId }) => operatorId !== row.holder?.operatorId);
  return (
    <div className={classes.row} data-chosen={isChosen || undefined} data-open={isOpen || undefined}>
      {row.canDecide && (
        <label className={classes.choose}>
          <input
            type="checkbox"
            aria-label={t("choose", { name })}
            checked={isChosen}
            // The click knows of Shift, the change does not.
            onClick={(event) => onChoose(row.id, event.shiftKey)}
            onChange={() => undefined}
          />
          <span className={classes.box}>
            <IconCheck size={15} stroke={3} aria-hidden="true" />
          </span>
        </label>
      )}
      <a
        className={classes.link}
        href={to}
        onClick={follow}
        aria-current={isOpen || undefined}
        data-past={isPast || undefined}
      >
        <Initials id={row.applicantId} name={row.applicantName} size={34} />
        <span className={classes.body}>
          <span className={classes.line}>
            <span className={classes.name}>{name}</span>
            {row.applicantName && account && <span className={classes.id}>{account}</span>}
            <span className={classes.when}>
              <Faces people={others} size={16} label={t("looking", { names: list(others.map((one) => one.name)) })} />
              <RelativeTime at={row.arrivedAt} />
            </span>
          </span>
          <span className={classes.line}>
            <span className={classes.message} data-none={row.message === "" || undefined}>
              {row.message || t("noMessage")}
            </span>
            <PlatformLabel platform={row.bot.platform} />
          </span>
          <span className={classes.line}>
            <span className={classes.about}>
              <Kind kind={row.kind} />
              {row.groupId && <span className={classes.where}>{row.groupName || row.groupId}</span>}
              <span className={classes.bot}>{row.bot.name}</span>
            </span>
            <Noted noted={row.noted} />
            {row.refusedBefore > 0 && (
              <Tip label={t("refusedBefore", { count: row.refusedBefore })}>
                <span className={classes.refused}>
                  <IconUserX size={14} stroke={2} aria-hidden="true" />
                  <span aria-hidden="true">{row.refusedBefore}</span>
                  <span className={classes.hidden}>{t("refusedBefore", { count: row.refusedBefore })}</span>
                </span>
              </Tip>
            )}
            {row.hasTwin && (
              <Tip label={t("twin.short")}>
                <span className={classes.twin}>
                  <IconAlertTriangle size={15} aria-hidden="true" />
                  <span className={classes.hidden}>{t("twin.short")}</span>
                </span>
              </Tip>
            )}
            <RowState row={row} />
          </span>
        </span>
      </a>
    </div>
  );
});
