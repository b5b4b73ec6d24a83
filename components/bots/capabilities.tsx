"use client";

import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Section } from "../page";
import classes from "./capabilities.module.css";

/** Everything a platform could do for the desk, in the order of the unified layer. */
const known = [
  "profile.get",
  "status.get",
  "friends.list",
  "groups.list",
  "members.list",
  "member.get",
  "people.get",
  "requests.list",
  "requests.answer",
  "requests.check",
  "messages.send",
] as const;

/** What this bot's platform can do, told by the server from the code that does it. */
export function Capabilities({ names }: { names: readonly string[] }) {
  const t = useTranslations("bots");
  const common = useTranslations("common");
  const has = new Set(names);
  return (
    <Section title={t("capabilities")} description={t("capabilitiesText")}>
      <ul className={classes.list}>
        {known.map((name) => (
          <li key={name} className={classes.item} data-has={has.has(name) || undefined}>
            {has.has(name) ? (
              <IconCheck size={15} stroke={2} aria-hidden="true" />
            ) : (
              <IconMinus size={15} aria-hidden="true" />
            )}
            <span>{t(`capability.${name}`)}</span>
            {!has.has(name) && <span className={classes.no}>{common("notAvailable")}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
