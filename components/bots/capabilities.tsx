"use client";

import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { BotDetail } from "../api";
import { Section } from "../page";
import classes from "./capabilities.module.css";

/** What this bot's platform can do, told by the server from the code that does it. */
export function Capabilities({ supports }: { supports: BotDetail["supports"] }) {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  return (
    <Section title={t("capabilities")} description={t("capabilitiesText")}>
      <ul className={classes.list}>
        {supports.map(({ capability, is, waitsFor }) => (
          <li key={capability} className={classes.item} data-has={is === "on" || undefined}>
            {is === "on" ? (
              <IconCheck size={15} stroke={2} aria-hidden="true" />
            ) : (
              <IconMinus size={15} aria-hidden="true" />
            )}
            <span>{t(`capability.${capability}`)}</span>
            {is === "none" && <span className={classes.no}>{common("notAvailable")}</span>}
            {is === "off" && <span className={classes.no}>{t("waitsFor", { operations: waitsFor.join(", ") })}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
