"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/lib/schema";
import { told } from "./told-fault";

const kinds = ["string", "number", "integer", "boolean", "array", "object"] as const;

/** The kind that the schema asks for and the value is not; null where it says none, or is of it. */
function missedKind({ type }: Schema, value: unknown): (typeof kinds)[number] | null {
  const kind = kinds.find((name) => name === type) ?? null;
  if (kind === "array") return Array.isArray(value) ? null : kind;
  if (kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value) ? null : kind;
  if (kind === "integer") return Number.isInteger(value) ? null : kind;
  return typeof value === kind ? null : kind;
}

/** A fault in the reader's language, said from the schema where it tells why; else in the schema's own words. */
export function useFaultText(): (schema: Schema, value: unknown, fault: string) => string {
  const t = useTranslations("console.fault");
  return (schema, value, fault) => {
    for (const { key, words } of told) {
      const [found, first = "", second = ""] = words.exec(fault) ?? [];
      if (found !== undefined) return t(`told.${key}`, { first, second });
    }
    if (value === undefined || value === "") return t("missing");
    const kind = missedKind(schema, value);
    if (kind !== null) return t(`kind.${kind}`);
    if (typeof value === "string" && schema.minLength !== undefined && value.length < schema.minLength)
      return t("short", { minimum: schema.minLength });
    if (typeof value === "string" && schema.maxLength !== undefined && value.length > schema.maxLength)
      return t("long", { maximum: schema.maxLength });
    if (typeof value === "number" && schema.minimum !== undefined && value < schema.minimum)
      return t("small", { minimum: schema.minimum });
    if (typeof value === "number" && schema.maximum !== undefined && value > schema.maximum)
      return t("big", { maximum: schema.maximum });
    if (schema.choices) return t("choice");
    if (schema.pattern !== undefined && typeof value === "string" && !new RegExp(schema.pattern).test(value))
      return t("pattern");
    return t("other", { fault });
  };
}
