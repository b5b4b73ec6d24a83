"use client";

import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./files.module.css";

interface CrumbsProps {
  /** Its name is null while it is not known. */
  folder: { id: string; name: string | null } | null;
  onRoot: () => void;
}

/** Where one is, and the way back. Folders of a group hold no folders. */
export function Crumbs({ folder, onRoot }: CrumbsProps) {
  const t = useTranslations("files");
  const here = useRef<HTMLSpanElement>(null);
  const id = folder?.id ?? null;
  const before = useRef(id);
  useEffect(() => {
    const isOpened = before.current !== id && id !== null;
    before.current = id;
    // The line that was pressed is gone with the list it stood in.
    if (isOpened && document.activeElement === document.body) here.current?.focus({ preventScroll: true });
  }, [id]);
  return (
    <nav className={classes.crumbs} aria-label={t("where")}>
      {folder === null ? (
        <span aria-current="location">{t("all")}</span>
      ) : (
        <>
          <button type="button" className={classes.crumb} onClick={onRoot}>
            {t("all")}
          </button>
          <IconChevronRight size={14} stroke={1.8} aria-hidden="true" />
          <span ref={here} tabIndex={-1} className={classes.name} aria-current="location">
            {folder.name ?? <Skeleton width="6rem" height={13} />}
          </span>
        </>
      )}
    </nav>
  );
}
