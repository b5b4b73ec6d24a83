"use client";

import { IconCrown, IconShield, IconUser } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { GroupRole } from "@/lib/group";
import classes from "./groups.module.css";

const icons = { owner: IconCrown, admin: IconShield, member: IconUser } as const;

/** What the account is in a group; a dash where the platform does not tell. */
export function RoleLabel({ role }: { role: GroupRole | null }) {
  const t = useTranslations("groups");
  if (role === null) return <span className={classes.untold}>{t("untold")}</span>;
  const Icon = icons[role];
  return (
    <span className={classes.role} data-role={role}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {t(`role.${role}`)}
    </span>
  );
}
