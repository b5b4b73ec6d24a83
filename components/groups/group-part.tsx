"use client";

import { Button, Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FailurePanel } from "../failure-panel";

/** A part of a group's page that is read of the platform when it is opened: until it is there, when it fails, when it is empty. */
export function GroupPart<Item>({
  list,
  empty,
  children,
}: {
  list: { data: Item[] | undefined; error: unknown; refetch: () => unknown };
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}) {
  const common = useTranslations("common");
  if (list.error) {
    return (
      <FailurePanel error={list.error}>
        <Button onClick={() => list.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  if (!list.data) return <Skeleton height={220} radius={10} role="status" aria-label={common("loading")} />;
  return list.data.length === 0 ? empty : children(list.data);
}
