"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDuration } from "@/lib/duration";
import type { Decided } from "../api";
import { outcomes } from "./outcomes";
import classes from "./overview.module.css";

/** The same numbers in rows, with the verbs and the times of each operator. */
export function DecidedTable({ operators }: { operators: readonly Decided[] }) {
  const t = useTranslations("overview.decided");
  const verbs = useTranslations("vocabulary.verbDone");
  const locale = useLocale();
  const took = (seconds: number | null) => (seconds === null ? t("none") : formatDuration(seconds, locale));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={t("title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("operator")}</th>
            <th scope="col">{t("total")}</th>
            {outcomes.map(({ name }) => (
              <th key={name} scope="col">
                {t(`outcome.${name}`)}
              </th>
            ))}
            {(["approve", "deny", "ignore"] as const).map((verb) => (
              <th key={verb} scope="col">
                {verbs(verb)}
              </th>
            ))}
            <th scope="col">{t("median")}</th>
            <th scope="col">{t("p90")}</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((one) => (
            <tr key={one.operatorId}>
              <th scope="row">{one.name}</th>
              <td>{one.total}</td>
              {outcomes.map(({ name }) => (
                <td key={name}>{one.outcomes[name]}</td>
              ))}
              <td>{one.verbs.approve}</td>
              <td>{one.verbs.deny}</td>
              <td>{one.verbs.ignore}</td>
              <td>{took(one.medianSeconds)}</td>
              <td>{took(one.p90Seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
