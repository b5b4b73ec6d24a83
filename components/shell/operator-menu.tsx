"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { builtInRoleNames } from "@/lib/permissions";
import { Initials } from "../initials";
import { LanguageSwitch } from "../language-switch";
import { forgetRecent } from "../palette/recent";
import { ThemeSwitch } from "../theme/theme-switch";
import { useTRPC } from "../trpc";
import { useSessionInfo } from "./access";
import classes from "./operator-menu.module.css";

/** Who is signed in, and what belongs to the person: language, theme, account, signing out. */
export function OperatorMenu() {
  const t = useTranslations("navigation");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const session = useSessionInfo();
  const saveLocale = useMutation(trpc.account.setLocale.mutationOptions());
  if (!session) return null;
  const { operator } = session;
  const role = builtInRoleNames.find((name) => name === operator.role);
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t("menu", { name: operator.name })}>
          <Initials id={operator.id} name={operator.name} size={26} />
          <span className={classes.who}>
            <span className={classes.name}>{operator.name}</span>
            {role && <span className={classes.role}>{label(`role.${role}`)}</span>}
          </span>
          <IconSelector className={classes.chevron} size={15} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.mail}>{operator.email}</div>
        <div className={classes.settings}>
          <LanguageSwitch onChoose={(locale) => saveLocale.mutate({ locale })} />
          <ThemeSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} href={href.account()} leftSection={<IconUserCircle size={16} />}>
          {t("account")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => {
            forgetRecent();
            void signOut({ callbackUrl: href.signIn() });
          }}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
