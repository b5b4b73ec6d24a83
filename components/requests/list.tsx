"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconChecks, IconFilterOff } from "@tabler/icons-react";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { href } from "@/lib/href";
import type { RequestRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { EmptyState } from "../page";
import { useRequestsQuery } from "./filter";
import classes from "./list.module.css";
import { Row } from "./row";

interface ListProps {
  rows: readonly RequestRow[];
  query: Pick<
    UseInfiniteQueryResult<unknown, unknown>,
    "isPending" | "isError" | "error" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
  >;
  openId: string | null;
  onOpen: (id: string) => void;
  isFiltered: boolean;
}

/** The requests as rows. More come with a button, which works without a pointer and does not move the page by itself. */
export function List({ rows, query, openId, onOpen, isFiltered }: ListProps) {
  const t = useTranslations("requests");
  const common = useTranslations("common");
  const { query: address, narrow } = useRequestsQuery();
  const scroller = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (openId === null) return;
    scroller.current?.querySelector(`[data-id="${openId}"]`)?.scrollIntoView({ block: "nearest" });
  }, [openId]);

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && rows.length === 0) {
    return (
      <div className={classes.notice}>
        <FailurePanel error={query.error}>
          <Button onClick={() => query.refetch()}>{common("again")}</Button>
        </FailurePanel>
      </div>
    );
  }
  if (rows.length === 0) {
    return isFiltered ? (
      <EmptyState
        icon={<IconFilterOff size={20} stroke={1.6} />}
        title={t("noMatch.title")}
        action={
          <Button onClick={() => narrow({ kind: null, bot: null, group: null, text: null, state: null })}>
            {t("noMatch.clear")}
          </Button>
        }
      >
        {t("noMatch.text")}
      </EmptyState>
    ) : (
      <EmptyState icon={<IconChecks size={22} stroke={1.6} />} title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list} ref={scroller}>
      {rows.map((row) => (
        <li key={row.id} className={classes.item} data-id={row.id}>
          <Row row={row} isOpen={row.id === openId} to={href.requests({ ...address, open: row.id })} onOpen={onOpen} />
        </li>
      ))}
      {query.hasNextPage && (
        <li className={classes.more}>
          <Button fullWidth loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common("more")}
          </Button>
        </li>
      )}
    </ul>
  );
}

const placeholders = ["a", "b", "c", "d", "e", "f", "g", "h"];

function ListSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className={classes.list}>
      {placeholders.map((key) => (
        <div key={key} className={classes.ghost}>
          <Skeleton width={34} height={34} radius={10} />
          <div className={classes.ghostLines}>
            <Skeleton height={13} width="46%" />
            <Skeleton height={12} width="88%" />
            <Skeleton height={12} width="62%" />
          </div>
        </div>
      ))}
    </div>
  );
}
