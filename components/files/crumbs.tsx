"use client";

import { IconChevronRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./files.module.css";

/** Where one is, and the way back. Folders of a group hold no folders. */
export function Crumbs({ folder, onRoot }: { folder: { name: string } | null; onRoot: () => void }) {
  const t = useTranslations("files");
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
          <span className={classes.name} aria-current="location">
            {folder.name}
          </span>
        </>
      )}
    </nav>
  );
}
