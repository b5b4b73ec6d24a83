"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { kindOf, nameOf, type Schema } from "@/lib/schema";
import classes from "./doc.module.css";

/** The fields of a schema, as documentation. What is nested opens when asked for. */
export function SchemaDoc({ schema }: { schema: Schema }) {
  const t = useTranslations("console.doc");
  const inner = innerOf(schema);
  if (inner.length === 0) return <p className={classes.note}>{t("nothing")}</p>;
  return (
    <ul className={classes.fields}>
      {inner.map((one) => (
        <Field key={one.name} {...one} />
      ))}
    </ul>
  );
}

/** What lies below a schema: its fields, those of a list's elements, or the shapes it may have. */
function innerOf(schema: Schema): { name: string; schema: Schema; isRequired: boolean }[] {
  if (schema.type === "array") return innerOf(schema.items ?? {});
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length > 0)
    return fields.map(([name, one]) => ({ name, schema: one, isRequired: schema.required?.includes(name) ?? false }));
  return (schema.options ?? [])
    .filter((one) => innerOf(one).length > 0)
    .map((one, at) => ({ name: nameOf(one) ?? String(at + 1), schema: one, isRequired: false }));
}

function Field({ name, schema, isRequired }: { name: string; schema: Schema; isRequired: boolean }) {
  const t = useTranslations("console.doc");
  const locale = useLocale();
  const [isOpen, open] = useState(false);
  const hint = locale === "zh-CN" ? (schema.zh ?? schema.description) : schema.description;
  const words = (
    <>
      <code className={classes.name}>{name}</code> <span className={classes.kind}>{kindOf(schema)}</span>
      {isRequired && <span className={classes.required}>{t("required")}</span>}
      {hint && <span className={classes.hint}>{hint}</span>}
    </>
  );
  const hasInner = innerOf(schema).length > 0;
  if (!hasInner) return <li className={classes.field}>{words}</li>;
  return (
    <li className={classes.field}>
      <details open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
        <summary className={classes.summary}>{words}</summary>
        {isOpen && <SchemaDoc schema={schema} />}
      </details>
    </li>
  );
}
