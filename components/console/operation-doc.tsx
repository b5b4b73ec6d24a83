"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { Platform } from "@/lib/platform";
import { toSchema } from "@/lib/schema";
import type { Operation } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { Facts } from "./facts";
import { SchemaDoc } from "./schema-doc";

/** One operation as documentation: what it takes, what it answers, and where it surprises. */
export function OperationDoc({ platform, operation }: { platform: Platform; operation: Operation }) {
  const t = useTranslations("console.doc");
  const common = useTranslations("common");
  const locale = useLocale();
  const trpc = useTRPC();
  const schemas = useQuery({
    ...trpc.console.schemas.queryOptions({ platform, operation: operation.operation }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Section title={locale === "zh-CN" ? operation.title.zh : operation.title.en} description={operation.operation}>
      <div className={classes.stack}>
        <Facts operation={operation}>{operation.isBeyond && <p className={classes.note}>{t("beyond")}</p>}</Facts>
        {schemas.isPending && <Skeleton height={120} radius={8} role="status" aria-label={common("loading")} />}
        {schemas.isError && <FailurePanel error={schemas.error} />}
        {schemas.data && (
          <>
            <h3 className={classes.subtitle}>{t("input")}</h3>
            <SchemaDoc schema={toSchema(schemas.data.input)} />
            <h3 className={classes.subtitle}>{t("output")}</h3>
            <SchemaDoc schema={toSchema(schemas.data.output)} />
            {schemas.data.secrets.length > 0 && (
              <p className={classes.note}>{t("secrets", { names: schemas.data.secrets.join(", ") })}</p>
            )}
          </>
        )}
      </div>
    </Section>
  );
}
