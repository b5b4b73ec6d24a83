"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { builtInRoleNames } from "@/lib/role";
import { LanguageSwitch } from "../language-switch";
import { NotifySection } from "../notify/notify-section";
import { Page, Section } from "../page";
import { useSessionInfo } from "../shell/access";
import { ThemeSwitch } from "../theme/theme-switch";
import { useTRPC } from "../trpc";
import classes from "./account-page.module.css";
import { ChangePassword } from "./change-password";
import { Sessions } from "./sessions";
import { TimeZone } from "./time-zone";

/** The operator's own: language, theme, password, sessions. */
export function AccountPage() {
  const t = useTranslations("account");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const session = useSessionInfo();
  const saveLocale = useMutation(trpc.account.setLocale.mutationOptions());
  const role = builtInRoleNames.find((name) => name === session?.operator.role);
  const description = [session?.operator.name, session?.operator.email, role && label(`role.${role}`)]
    .filter(Boolean)
    .join(" · ");
  return (
    <Page title={t("title")} description={description}>
      <Section title={t("appearance")}>
        <div className={classes.pair}>
          <LanguageSwitch withLabel onChoose={(locale) => saveLocale.mutate({ locale })} />
          <ThemeSwitch withLabel />
          <TimeZone />
        </div>
      </Section>
      <NotifySection />
      <ChangePassword />
      <Sessions />
    </Page>
  );
}
