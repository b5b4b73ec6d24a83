"use client";

import { UnstyledButton } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./fresh-pill.module.css";

/**
 * New rows wait behind this, so that nothing moves under the pointer. It floats over the top of the nearest positioned
 * box and takes no room. Its coming is announced politely.
 */
export function FreshPill({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTranslations("freshPill");
  return (
    <div className={classes.place} role="status">
      {count > 0 && (
        <UnstyledButton className={classes.pill} onClick={onShow}>
          <IconArrowUp size={14} stroke={2} aria-hidden="true" />
          {t("count", { count })}
        </UnstyledButton>
      )}
    </div>
  );
}
