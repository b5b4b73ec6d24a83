"use client";

import { useTranslations } from "next-intl";
import { groupRoles } from "@/lib/group";
import type { GroupRoster } from "../api";
import { BotSelect } from "../bot-select";
import { Choice } from "../choice";
import { SearchField } from "../search-field";
import { useTypedAhead } from "../typed-ahead";
import { SaveView } from "../views/save-view";
import { useGroupsQuery } from "./address";
import classes from "./groups.module.css";

/** What the list of groups is narrowed to: words, bot, what the account is in them. */
export function GroupFilters({ rosters }: { rosters: readonly GroupRoster[] }) {
  const t = useTranslations("groups");
  const { query, narrow } = useGroupsQuery();
  const [text, change] = useTypedAhead(query.text ?? "", (value) => narrow({ text: value }));
  return (
    <search className={classes.filters} aria-label={t("filters")}>
      <SearchField
        className={classes.search}
        label={t("search")}
        placeholder={t("searchPlaceholder")}
        clearLabel={t("clearSearch")}
        value={text}
        onChange={change}
      />
      <BotSelect bots={rosters.map(({ bot }) => bot)} value={query.bot} onPick={(bot) => narrow({ bot })} />
      <Choice
        label={t("filter.role")}
        value={query.role ?? ""}
        options={[
          { value: "", label: t("filter.anyRole") },
          ...groupRoles.map((role) => ({ value: role, label: t(`role.${role}`) })),
        ]}
        onPick={(value) => narrow({ role: value })}
      />
      <SaveView page="groups" query={query} />
    </search>
  );
}
