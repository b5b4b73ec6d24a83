"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFailureText } from "./failure";
import classes from "./failure-panel.module.css";
import { toFailure } from "./failure-shape";

/** What happened, what was not done, what to do next. `role=alert`, because it answers an act. */
export function FailurePanel({ error, children }: { error: unknown; children?: ReactNode }) {
  const t = useTranslations("common");
  const textOf = useFailureText();
  const failure = toFailure(error);
  const text = textOf(failure);
  return (
    <div className={classes.panel} role="alert">
      <IconAlertTriangle className={classes.icon} size={18} stroke={1.8} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.what}>{text.what}</p>
        {text.not && <p>{text.not}</p>}
        {text.next && <p>{text.next}</p>}
        {failure.code === "internal" && failure.correlationId && (
          <p className={classes.quote}>
            {t("reference")} <code>{failure.correlationId}</code>
          </p>
        )}
        {children && <div className={classes.actions}>{children}</div>}
      </div>
    </div>
  );
}
