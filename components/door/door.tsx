import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "../language-switch";
import { Mark } from "../mark";
import { Settle } from "../settle";
import { ThemeSwitch } from "../theme/theme-switch";
import classes from "./door.module.css";

/** The frame of the pages before sign-in. */
export async function Door({ children }: { children: ReactNode }) {
  const t = await getTranslations("app");
  return (
    <div className={classes.door}>
      <Settle />
      <main className={classes.main} id="content">
        <div className={classes.brand}>
          <Mark size={30} />
          <span className={classes.name}>{t("name")}</span>
        </div>
        <div className={classes.card}>{children}</div>
        <p className={classes.claim}>{t("claim")}</p>
      </main>
      <footer className={classes.foot}>
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}
