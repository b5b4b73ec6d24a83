"use client";

import { ActionIcon } from "@mantine/core";
import { IconFolder, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./files.module.css";

interface FolderLineProps {
  folder: { id: string; name: string; fileCount: number | null };
  /** It was open just now: the focus comes back to it. */
  wasLeft: boolean;
  onOpen: () => void;
  /** Null: not for this operator, or not on this platform. */
  onRemove: (() => void) | null;
}

/** A folder: opened by its name. */
export function FolderLine({ folder, wasLeft, onOpen, onRemove }: FolderLineProps) {
  const t = useTranslations("files");
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Drawn later, when the focus has gone elsewhere, it stays there.
    if (wasLeft && document.activeElement === document.body) line.current?.focus({ preventScroll: true });
  }, [wasLeft]);
  return (
    <li className={classes.row}>
      <IconFolder className={classes.icon} size={20} stroke={1.6} aria-hidden="true" />
      <button ref={line} type="button" className={classes.open} onClick={onOpen}>
        <span className={classes.name}>{folder.name}</span>
        {folder.fileCount !== null && <span className={classes.small}>{t("inside", { count: folder.fileCount })}</span>}
      </button>
      {onRemove && (
        <ActionIcon size={32} aria-label={t("removeFolder.of", { name: folder.name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.7} />
        </ActionIcon>
      )}
    </li>
  );
}
