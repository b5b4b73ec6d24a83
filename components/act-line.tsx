"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import classes from "./act-line.module.css";
import { runningActs } from "./running-acts";

/** A thin line at the top while an act takes its time, and the way to stop waiting for one that takes long. */
export function ActLine() {
  const t = useTranslations("act");
  const { isShown, late } = useSyncExternalStore(runningActs.subscribe, runningActs.read, runningActs.readNothing);
  const oldest = late[0];
  return (
    <>
      {isShown && <div className={classes.line} role="progressbar" aria-label={t("running")} />}
      <div className={classes.place} role="status">
        {oldest && (
          <div className={classes.offer}>
            <span>{t("long")}</span>
            <Button className={classes.cancel} onClick={oldest.cancel}>
              {t("cancel")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
