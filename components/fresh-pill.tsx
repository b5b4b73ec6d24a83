"use client";

import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./fresh-pill.module.css";

/**
 * New rows wait behind this, so that nothing moves under the pointer. It floats over the top of the nearest positioned
 * box, or over its bottom where news come below, and takes no room. Its coming is announced politely.
 */
export function FreshPill({
  count,
  onShow,
  isBelow = false,
}: {
  count: number;
  onShow: () => void;
  isBelow?: boolean;
}) {
  const t = useTranslations("freshPill");
  const Arrow = isBelow ? IconArrowDown : IconArrowUp;
  return (
    <div className={classes.place} data-below={isBelow || undefined} role="status">
      {count > 0 && (
        <UnstyledButton className={classes.pill} onClick={onShow}>
          <Arrow size={14} stroke={2} aria-hidden="true" />
          {t("count", { count })}
        </UnstyledButton>
      )}
    </div>
  );
}
