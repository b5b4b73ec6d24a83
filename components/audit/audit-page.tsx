"use client";

import { Button, Skeleton, Switch } from "@mantine/core";
import { IconArrowUp, IconFilterOff, IconHistory } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect } from "react";
import { href } from "@/lib/href";
import { FailurePanel } from "../failure-panel";
import { atFirstHand } from "../hand";
import { useWasOpen } from "../opening";
import { EmptyState, Page } from "../page";
import { useCan } from "../shell/access";
import { useAuditQuery } from "./address";
import { AuditFilters } from "./audit-filters";
import classes from "./audit-page.module.css";
import { Row } from "./audit-row";
import { ExportMenu } from "./export-menu";
import { mostNewer, useRecord } from "./record";

const loadDrawer = () => import("./event-drawer").then((module) => module.EventDrawer);
const EventDrawer = dynamic(loadDrawer, { ssr: false });

/** Rows on an ordinary screen, and some. */
const inSight = 20;

/** The record: who did what, and how it went, refusals included. New events wait behind a count, so nothing jumps. */
export function AuditPage() {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const { query, filter, open, narrow } = useAuditQuery();
  const wasOpen = useWasOpen(Boolean(query.open));
  useEffect(() => atFirstHand(loadDrawer), []);
  const isTail = query.tail === "on";
  const { list, rows, isFresh, newer, show } = useRecord(filter, isTail);
  const canExport = useCan("audit.export");
  const isFiltered = Object.keys(filter).length > 0;
  // What is in sight can be used before the rest is drawn.
  const drawn = useDeferredValue(Number.POSITIVE_INFINITY, inSight);
  return (
    <Page
      title={t("title")}
      description={t("description")}
      wide
      actions={
        <>
          <Switch
            size="sm"
            label={t("tail.label")}
            checked={isTail}
            onChange={(event) => narrow({ tail: event.currentTarget.checked ? "on" : null })}
          />
          {canExport && <ExportMenu filter={filter} />}
        </>
      }
    >
      <AuditFilters />
      <div className={classes.newer} role="status">
        {!isTail && newer > 0 && (
          <button type="button" className={classes.pill} onClick={show}>
            <IconArrowUp size={14} stroke={2} aria-hidden="true" />
            {t("newer", { count: newer, isMore: newer >= mostNewer ? "yes" : "no" })}
          </button>
        )}
      </div>
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
              {rows.slice(0, drawn).map((row) => (
                <Row
                  key={row.id}
                  row={row}
                  isOpen={row.id === query.open}
                  isFresh={isFresh(row.id)}
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
      {wasOpen && <EventDrawer id={query.open ?? null} onClose={() => open(null)} onOpen={open} />}
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
