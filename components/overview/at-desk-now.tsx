"use client";

import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { Initials } from "../initials";
import Link from "../link";
import { Section } from "../page";
import { usePresent } from "../shell/present";
import classes from "./overview.module.css";

/** Who is here now, oneself included, and what they look at. */
export function AtDeskNow() {
  const t = useTranslations("overview.here");
  const here = usePresent();
  return (
    <Section title={t("title")}>
      <ul className={classes.people}>
        {here.map(({ operatorId, name, isSelf, requestId }) => (
          <li key={operatorId} className={classes.person}>
            <Initials id={operatorId} name={name} size={24} />
            <span>{isSelf ? t("self", { name }) : name}</span>
            {requestId !== null && !isSelf && (
              <Link className={classes.link} href={href.requests({ state: "all", set: "all", open: requestId })}>
                {t("looks")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
