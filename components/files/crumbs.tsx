"use client";

import { IconChevronRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./files.module.css";

/** Where one is, and the way back. Folders of a group hold no folders. */
export function Crumbs({ folder, onRoot }: { folder: { id: string; name: string } | null; onRoot: () => void }) {
  const t = useTranslations("files");
  const here = useRef<HTMLSpanElement>(null);
  const id = folder?.id ?? null;
  useEffect(() => {
    // The line that was pressed is gone with the list it stood in.
    if (id !== null && document.activeElement === document.body) here.current?.focus({ preventScroll: true });
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
            {folder.name}
          </span>
        </>
      )}
    </nav>
  );
}
