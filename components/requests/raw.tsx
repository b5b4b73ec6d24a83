"use client";

import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailurePanel } from "../failure-panel";
import { Json } from "../json";
import { useTRPC } from "../trpc";
import classes from "./raw.module.css";

/** The platform's own object, asked for when the fold is opened and not before. */
export function Raw({ id }: { id: string }) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const raw = useQuery(
    trpc.requests.raw.queryOptions({ id }, { enabled: isOpen, staleTime: Number.POSITIVE_INFINITY }),
  );
  return (
    <details className={classes.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <IconChevronRight className={classes.chevron} size={15} aria-hidden="true" />
        {t("raw")}
      </summary>
      {isOpen && raw.isPending && <Skeleton height={120} />}
      {raw.isError && <FailurePanel error={raw.error} />}
      {raw.isSuccess && <Json label={t("raw")} value={raw.data} />}
    </details>
  );
}
