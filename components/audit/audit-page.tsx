"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconFilterOff, IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { builtInRoleNames } from "@/lib/permissions";
import type { AuditRow } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { isErrorCode } from "../failure-shape";
import { EmptyState, Page } from "../page";
import { ClockTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { useAuditQuery } from "./address";
import { AuditFilters } from "./audit-filters";
import classes from "./audit-page.module.css";
import { EventDrawer } from "./event-drawer";
import { useActionLabel } from "./labels";
import { OutcomeTone } from "./outcome-tone";
import { auditPageSize } from "./query";

/** The record: who did what, and how it went, refusals included. */
export function AuditPage() {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { query, filter, open, narrow } = useAuditQuery();
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { ...filter, limit: auditPageSize },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page title={t("title")} description={t("description")} wide>
      <AuditFilters />
      {list.isPending && <Skeleton height={420} radius={10} role="status" aria-label={common("loading")} />}
      {list.isError && (
        <FailurePanel error={list.error}>
          <Button onClick={() => list.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={isFiltered ? <IconFilterOff size={20} stroke={1.6} /> : <IconHistory size={22} stroke={1.6} />}
          title={isFiltered ? t("noMatch") : t("empty")}
          action={isFiltered ? <Button onClick={() => narrow(noFilter)}>{t("clear")}</Button> : undefined}
        />
      )}
      {rows.length > 0 && (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("column.when")}</th>
                <th scope="col">{t("column.who")}</th>
                <th scope="col">{t("column.what")}</th>
                <th scope="col">{t("column.about")}</th>
                <th scope="col">{t("column.outcome")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row
                  key={row.id}
                  row={row}
                  isOpen={row.id === query.open}
                  onOpen={open}
                  to={href.audit({ ...query, open: row.id })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button size="sm" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {common("more")}
          </Button>
        </div>
      )}
      <EventDrawer id={query.open ?? null} onClose={() => open(null)} onOpen={open} />
    </Page>
  );
}

const noFilter = {
  actor: null,
  action: null,
  outcome: null,
  bot: null,
  group: null,
  person: null,
  risk: null,
  from: null,
  to: null,
  text: null,
};

interface RowProps {
  row: AuditRow;
  isOpen: boolean;
  to: string;
  onOpen: (id: string) => void;
}

function Row({ row, isOpen, to, onOpen }: RowProps) {
  const label = useTranslations("vocabulary");
  const actionLabel = useActionLabel();
  const textOf = useFailureText();
  const role = builtInRoleNames.find((name) => name === row.role);
  const why = row.platformText ?? (isErrorCode(row.error) ? textOf({ code: row.error, detail: {} }).what : row.error);
  return (
    <tr className={classes.row} data-open={isOpen || undefined}>
      <td className={classes.when}>
        <ClockTime at={row.at} />
      </td>
      <td className={classes.who}>
        <span className={classes.name}>
          {row.actorKind === "visitor"
            ? label("actor.visitor")
            : row.actorKind === "system"
              ? label("actor.system")
              : row.actorName}
        </span>
        {role && <span className={classes.small}>{label(`role.${role}`)}</span>}
      </td>
      <td className={classes.what}>
        <a
          className={classes.link}
          href={to}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(row.id);
          }}
        >
          {actionLabel(row.action)}
        </a>
        {row.endpoint && <code className={classes.code}>{row.endpoint}</code>}
      </td>
      <td className={classes.about}>
        <span>{row.target}</span>
        {row.bot && <span className={classes.small}>{row.bot.name}</span>}
      </td>
      <td className={classes.outcome}>
        <OutcomeTone outcome={row.outcome} />
        {why && <span className={classes.small}>{why}</span>}
      </td>
    </tr>
  );
}
