"use client";

import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { Initials } from "../initials";
import Link from "../link";
import { Tip } from "../tip";
import classes from "./at-desk.module.css";
import { usePresent } from "./present";

const most = 7;

/** Who is at the desk besides oneself. A face leads to what its person looks at, where one may see it. */
export function AtDesk() {
  const t = useTranslations("presence");
  const others = usePresent().filter(({ isSelf }) => !isSelf);
  // Its line stays when nobody is there, so that nothing below it moves when somebody comes.
  return (
    <section className={classes.desk} aria-label={t("title")}>
      {others.length === 0 ? (
        <span className={classes.alone}>{t("alone")}</span>
      ) : (
        <ul className={classes.list}>
          {others.slice(0, most).map(({ operatorId, name, requestId }) => {
            const label = requestId === null ? t("here", { name }) : t("looks", { name });
            const face = <Initials id={operatorId} name={name} size={24} />;
            return (
              <li key={operatorId} className={classes.person}>
                <Tip label={label}>
                  {requestId === null ? (
                    <span className={classes.face} role="img" aria-label={label}>
                      {face}
                    </span>
                  ) : (
                    <Link
                      className={classes.face}
                      data-looks
                      aria-label={label}
                      href={href.requests({ state: "all", set: "all", open: requestId })}
                    >
                      {face}
                    </Link>
                  )}
                </Tip>
              </li>
            );
          })}
          {others.length > most && <li className={classes.more}>+{others.length - most}</li>}
        </ul>
      )}
    </section>
  );
}
