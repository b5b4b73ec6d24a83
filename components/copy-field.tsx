"use client";

import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./copy-field.module.css";
import { Tip } from "./tip";

/** A value to be pasted somewhere else, with a button that copies it. `label` names the value for a screen reader. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useTranslations("common");
  const clipboard = useClipboard({ timeout: 1600 });
  return (
    <span className={classes.field}>
      <code className={classes.value}>{value}</code>
      <Tip label={clipboard.copied ? t("copied") : t("copy")}>
        <ActionIcon size="sm" aria-label={t("copyNamed", { label })} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        </ActionIcon>
      </Tip>
      <span role="status" className={classes.status}>
        {clipboard.copied ? t("copied") : ""}
      </span>
    </span>
  );
}
