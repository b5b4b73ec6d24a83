"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActLine } from "../act-line";
import { Mark } from "../mark";
import { Notify } from "../notify/notify";
import { Palette, PaletteButton } from "../palette/palette";
import { Part } from "../part";
import { Settle } from "../settle";
import { ViewList } from "../views/view-list";
import { useSessionInfo } from "./access";
import { AtDesk } from "./at-desk";
import { LiveProvider } from "./live";
import { LiveIndicator } from "./live-indicator";
import { Navigation } from "./navigation";
import { OperatorMenu } from "./operator-menu";
import { Presence } from "./presence";
import classes from "./shell.module.css";
import { ShortcutsHelp } from "./shortcuts-help";

/**
 * The frame of every signed-in page: places on the left (below, on a phone), the page beside them, the live feed behind,
 * followed from `since`.
 */
export function Shell({ since, children }: { since: string | undefined; children: ReactNode }) {
  const t = useTranslations("navigation");
  const app = useTranslations("app");
  const session = useSessionInfo();
  return (
    <LiveProvider since={since}>
      <Part>
        <Presence />
        <Palette />
        <Notify />
        <ActLine />
        <Settle locale={session?.operator.locale} timeZone={session?.operator.timeZone} />
      </Part>
      <a className={classes.skip} href="#content">
        {t("skip")}
      </a>
      <div className={classes.shell}>
        <header className={classes.side}>
          <div className={classes.brand}>
            <Mark />
            <span className={classes.name}>{app("name")}</span>
          </div>
          <Part>
            <PaletteButton />
          </Part>
          <div className={classes.places}>
            <Part>
              <Navigation />
            </Part>
            <Part>
              <ViewList />
            </Part>
          </div>
          <div className={classes.foot}>
            <Part>
              <AtDesk />
              <div className={classes.status}>
                <PaletteButton compact />
                <LiveIndicator />
                <ShortcutsHelp />
              </div>
              <OperatorMenu />
            </Part>
          </div>
        </header>
        <main id="content" className={classes.main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </LiveProvider>
  );
}
