"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { risks } from "@/lib/risk";
import { useBotOptions } from "../bot-select";
import { SearchField } from "../search-field";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { SaveView } from "../views/save-view";
import { useAuditQuery } from "./address";
import classes from "./audit-filters.module.css";
import { useActionLabel } from "./labels";
import { outcomes } from "./query";

/** What the record is narrowed to: text, actor, action and outcome at hand, the rest behind a button. */
export function AuditFilters() {
  const t = useTranslations("audit");
  const label = useTranslations("vocabulary");
  const actionLabel = useActionLabel();
  const trpc = useTRPC();
  const { query, narrow } = useAuditQuery();
  const actors = useQuery(trpc.audit.actors.queryOptions()).data ?? [];
  const actions = useQuery(trpc.audit.actions.queryOptions()).data ?? [];
  const [text, change] = useTypedAhead(query.text ?? "", (value) => narrow({ text: value }));
  const rare = [query.bot, query.group, query.person, query.risk, query.from, query.to].filter(Boolean).length;
  const [isMore, more] = useDisclosure(rare > 0);
  return (
    <search className={classes.filters} aria-label={t("filters")}>
      <div className={classes.first}>
        <SearchField
          className={classes.text}
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          clearLabel={t("clearSearch")}
          value={text}
          onChange={change}
        />
        <NativeSelect
          aria-label={t("filter.actor")}
          value={query.actor ?? ""}
          data={[
            { value: "", label: t("filter.anyActor") },
            ...actors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => narrow({ actor: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label={t("filter.action")}
          value={query.action ?? ""}
          data={[
            { value: "", label: t("filter.anyAction") },
            ...actions.map((action) => ({ value: action, label: actionLabel(action) })),
          ]}
          onChange={(event) => narrow({ action: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label={t("filter.outcome")}
          value={query.outcome ?? ""}
          data={[
            { value: "", label: t("filter.anyOutcome") },
            ...outcomes.map((outcome) => ({ value: outcome, label: label(`outcome.${outcome}.label`) })),
          ]}
          onChange={(event) => narrow({ outcome: event.currentTarget.value })}
        />
        <Button
          size="sm"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.8} />}
          aria-expanded={isMore}
          onClick={more.toggle}
        >
          {rare > 0 ? t("moreCount", { count: rare }) : t("more")}
        </Button>
        <SaveView page="audit" query={query} />
      </div>
      {isMore && <RareFilters />}
    </search>
  );
}

function RareFilters() {
  const t = useTranslations("audit");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const { query, narrow } = useAuditQuery();
  const bots = useQuery(trpc.bots.list.queryOptions()).data ?? [];
  const ofBots = useBotOptions(bots);
  const [group, setGroup] = useTypedAhead(query.group ?? "", (value) => narrow({ group: value }));
  const [person, setPerson] = useTypedAhead(query.person ?? "", (value) => narrow({ person: value }));
  return (
    <div className={classes.rare}>
      <NativeSelect
        label={ofBots.label}
        value={query.bot ?? ""}
        data={ofBots.options}
        onChange={(event) => narrow({ bot: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("filter.risk")}
        value={query.risk ?? ""}
        data={[
          { value: "", label: t("filter.anyRisk") },
          ...risks.map((risk) => ({ value: risk, label: label(`risk.${risk}`) })),
        ]}
        onChange={(event) => narrow({ risk: event.currentTarget.value })}
      />
      <TextInput
        label={t("filter.group")}
        inputMode="numeric"
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
      <TextInput
        label={t("filter.person")}
        inputMode="numeric"
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
      />
      <TextInput
        label={t("filter.from")}
        type="datetime-local"
        value={query.from ?? ""}
        onChange={(event) => narrow({ from: event.currentTarget.value })}
      />
      <TextInput
        label={t("filter.to")}
        type="datetime-local"
        value={query.to ?? ""}
        onChange={(event) => narrow({ to: event.currentTarget.value })}
      />
    </div>
  );
}
