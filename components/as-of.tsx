"use client";

import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./as-of.module.css";
import { useFailureText } from "./failure";
import { type FailureCode, isErrorCode } from "./failure-shape";
import { IconButton } from "./icon-button";
import { RelativeTime } from "./relative-time";
import { useSentenceGap } from "./sentence-gap";
import { Tip } from "./tip";

interface AsOfProps {
  /** When the platform was last read; null: never. */
  readAt: Date | null;
  isReading: boolean;
  /** The code of why the last reading failed. */
  error?: string | null;
  /** Reads it again now. */
  onAgain?: (() => void) | undefined;
}

/** How old the list shown is, whether it is being read again, and why that failed. Keeps its room, so nothing moves. */
export function AsOf({ readAt, isReading, error = null, onAgain }: AsOfProps) {
  const t = useTranslations("asOf");
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const code: FailureCode | null = error === null ? null : isErrorCode(error) ? error : "internal";
  const fault = code === null ? null : textOf({ code, detail: {} });
  return (
    <span className={classes.place}>
      {/* Not a live region: it would speak with every look. */}
      <span className={classes.text}>
        {readAt !== null
          ? t.rich("since", { time: () => <RelativeTime at={readAt} /> })
          : isReading
            ? t("first")
            : t("never")}
      </span>
      <span className={classes.fault} role="status">
        {fault && !isReading && (
          <Tip label={`${fault.what}${gap}${fault.next}`}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it can be focused to read why, as with every explained state. */}
            <span className={classes.mark} tabIndex={0}>
              <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
              {t("failed")}
            </span>
          </Tip>
        )}
      </span>
      {onAgain && (
        <Tip label={t("again")}>
          <IconButton
            className={classes.again}
            size={28}
            aria-label={t("again")}
            aria-disabled={isReading || undefined}
            data-running={isReading || undefined}
            onClick={isReading ? undefined : onAgain}
          >
            <IconRefresh size={15} stroke={1.8} />
          </IconButton>
        </Tip>
      )}
    </span>
  );
}
