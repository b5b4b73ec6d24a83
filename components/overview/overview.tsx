"use client";

import { useTranslations } from "next-intl";
import { Page } from "../page";
import { Arriving } from "./arriving";
import { AtDeskNow } from "./at-desk-now";
import { DecidedToday } from "./decided-today";
import { LameBots } from "./lame-bots";
import classes from "./overview.module.css";
import { PressingNow } from "./pressing-now";
import { useFreshOverview } from "./use-fresh";

/** How the desk stands: what needs a person, who is there, what was decided today, what arrives. */
export function Overview() {
  const t = useTranslations("overview");
  useFreshOverview();
  return (
    <Page title={t("title")} description={t("description")} wide>
      <PressingNow />
      <div className={classes.pair}>
        <LameBots />
        <AtDeskNow />
      </div>
      <DecidedToday />
      <Arriving />
    </Page>
  );
}
