"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import { accountOf } from "@/lib/applicant";
import { builtInRoleNames } from "@/lib/role";
import type { AuditRow } from "../api";
import { useFailureText } from "../failure";
import { isErrorCode } from "../failure-shape";
import { ClockTime } from "../relative-time";
import { Tip } from "../tip";
import classes from "./audit-page.module.css";
import { useActionLabel } from "./labels";
import { OutcomeTone } from "./outcome-tone";

interface RowProps {
  row: AuditRow;
  isOpen: boolean;
  /** Came while the page was open. */
  isFresh: boolean;
  to: string;
  onOpen: (id: string) => void;
}

/** One event of the record. A real link, so it can be opened in a tab of its own. */
export const Row = memo(function Row({ row, isOpen, isFresh, to, onOpen }: RowProps) {
  const t = useTranslations("audit");
  const label = useTranslations("vocabulary");
  const actionLabel = useActionLabel();
  const textOf = useFailureText();
  const role = builtInRoleNames.find((name) => name === row.role);
  const why = row.platformText ?? (isErrorCode(row.error) ? textOf({ code: row.error, detail: {} }).what : row.error);
  return (
    <tr className={classes.row} data-open={isOpen || undefined} data-fresh={isFresh || undefined}>
      <td className={classes.when}>
        <ClockTime at={row.at} />
      </td>
      <td className={classes.who}>
        <span className={classes.name}>
          {row.actorKind === "visitor"
            ? label("actor.visitor")
            : row.actorKind === "system"
              ? label("actor.system")
              : row.actorName}
        </span>
        {role && <span className={classes.small}>{label(`role.${role}`)}</span>}
      </td>
      <td className={classes.what}>
        <a
          className={classes.link}
          href={to}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(row.id);
          }}
        >
          {actionLabel(row.action)}
        </a>
        {row.repeats > 0 && (
          <Tip label={t("repeatsText", { count: row.repeats + 1 })}>
            <span className={classes.repeats}>
              <span aria-hidden="true">{t("repeats", { count: row.repeats + 1 })}</span>
              <span className={classes.hidden}>{t("repeatsText", { count: row.repeats + 1 })}</span>
            </span>
          </Tip>
        )}
        {row.endpoint && <code className={classes.code}>{row.endpoint}</code>}
      </td>
      <td className={classes.about}>
        <span>{row.target && (accountOf(row.target) ?? label("unnamed"))}</span>
        {row.bot && row.bot.name !== row.target && <span className={classes.small}>{row.bot.name}</span>}
      </td>
      <td className={classes.outcome}>
        <OutcomeTone outcome={row.outcome} />
        {why && <span className={classes.small}>{why}</span>}
      </td>
    </tr>
  );
});
