"use client";

import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type BuiltInRole, builtInRoleNames } from "@/lib/role";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";

export interface GrantForm {
  roleId: BuiltInRole;
  botId: string | null;
}

/** Roles that steer the desk itself and therefore cannot be held on one bot. */
const deskOnly: ReadonlySet<BuiltInRole> = new Set(["owner", "admin"]);

interface RoleFieldsProps {
  value: GrantForm;
  onChange: (value: GrantForm) => void;
}

/** A role and where it holds. */
export function RoleFields({ value, onChange }: RoleFieldsProps) {
  const t = useTranslations("operators");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const bots = useQuery(trpc.bots.list.queryOptions()).data ?? [];
  const canMakeOwners = useCan("owners.manage");
  const roles = builtInRoleNames.filter((name) => name !== "owner" || canMakeOwners || value.roleId === "owner");
  return (
    <>
      <NativeSelect
        label={t("role")}
        value={value.roleId}
        data={roles.map((name) => ({ value: name, label: label(`role.${name}`) }))}
        onChange={(event) => {
          const roleId = builtInRoleNames.find((name) => name === event.currentTarget.value);
          if (roleId) onChange({ roleId, botId: deskOnly.has(roleId) ? null : value.botId });
        }}
      />
      <NativeSelect
        label={t("scope")}
        value={value.botId ?? ""}
        disabled={deskOnly.has(value.roleId)}
        data={[{ value: "", label: label("wholeDesk") }, ...bots.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => onChange({ ...value, botId: event.currentTarget.value || null })}
      />
    </>
  );
}
