"use client";

import { useTranslations } from "next-intl";
import { builtInRoleNames } from "@/lib/role";
import classes from "./grant-tags.module.css";

interface Grant {
  id: string;
  roleId: string;
  botName: string | null;
  botId: string | null;
}

/** Roles with the scope each holds on. */
export function GrantTags({ grants }: { grants: readonly Grant[] }) {
  const t = useTranslations("operators");
  const label = useTranslations("vocabulary");
  if (grants.length === 0) return <span className={classes.none}>{t("noGrants")}</span>;
  return (
    <span className={classes.tags}>
      {grants.map((grant) => {
        const role = builtInRoleNames.find((name) => name === grant.roleId);
        return (
          <span key={grant.id} className={classes.tag}>
            {role ? label(`role.${role}`) : grant.roleId}
            <span className={classes.scope}>{grant.botId === null ? label("wholeDesk") : grant.botName}</span>
          </span>
        );
      })}
    </span>
  );
}
