"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Arrivals } from "../api";
import { hourFormat, toHours } from "./hours";
import classes from "./overview.module.css";

/** The hours as rows, the newest first. */
export function ArrivingTable({ arrivals }: { arrivals: Arrivals }) {
  const t = useTranslations("overview.arriving");
  const format = useFormatter();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={t("title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            <th scope="col">{t("count")}</th>
          </tr>
        </thead>
        <tbody>
          {toHours(arrivals)
            .reverse()
            .map(({ at, count }) => (
              <tr key={at.getTime()}>
                <th scope="row">{format.dateTime(at, hourFormat)}</th>
                <td>{count}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
