"use client";

import { UnstyledButton } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { href } from "@/lib/href";
import { builtInRoleNames } from "@/lib/role";
import { atFirstHand } from "../hand";
import { Initials } from "../initials";
import { Menu } from "../menu";
import { forgetRecent } from "../palette/recent";
import { useSessionInfo } from "./access";
import classes from "./operator-menu.module.css";

const load = () => import("./operator-switches").then((module) => module.OperatorSwitches);
const Switches = dynamic(load, { ssr: false });

/** Who is signed in, and what belongs to the person: language, theme, account, signing out. */
export function OperatorMenu() {
  const t = useTranslations("navigation");
  const label = useTranslations("vocabulary");
  const session = useSessionInfo();
  useEffect(() => atFirstHand(load), []);
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
          <Switches />
        </div>
        <Menu.Divider />
        <Menu.Link href={href.account()} leftSection={<IconUserCircle size={16} />}>
          {t("account")}
        </Menu.Link>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => {
            forgetRecent();
            void import("next-auth/react").then(({ signOut }) => signOut({ callbackUrl: href.signIn() }));
          }}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
