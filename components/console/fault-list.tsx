"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/lib/schema";
import classes from "./console.module.css";
import { useFaultText } from "./fault";
import { type Json, partAt } from "./schema";
import type { Faults } from "./use-call";

/** All that is wrong with an input, also where no field of the form shows it. */
export function FaultList({ schema, value, faults }: { schema: Schema; value: Json; faults: Faults }) {
  const t = useTranslations("console.fault");
  const textOf = useFaultText();
  const found = Object.entries(faults);
  return (
    <div role="alert" className={classes.alert} data-empty={found.length === 0 || undefined}>
      {found.length > 0 && (
        <>
          <p className={classes.alertTitle}>{t("title", { count: found.length })}</p>
          <ul className={classes.faults}>
            {found.map(([path, fault]) => {
              const part = partAt(schema, value, path);
              return (
                <li key={path}>
                  {path !== "" && <code>{path}</code>} {textOf(part.schema, part.value, fault)}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
