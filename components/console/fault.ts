"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/lib/schema";

/** A fault in the reader's language, said from the schema where it tells why; else in the schema's own words. */
export function useFaultText(): (schema: Schema, value: unknown, fault: string) => string {
  const t = useTranslations("console.fault");
  return (schema, value, fault) => {
    if (value === undefined || value === "") return t("missing");
    if (typeof value === "string" && schema.minLength !== undefined && value.length < schema.minLength)
      return t("short", { minimum: schema.minLength });
    if (typeof value === "string" && schema.maxLength !== undefined && value.length > schema.maxLength)
      return t("long", { maximum: schema.maxLength });
    if (typeof value === "number" && schema.minimum !== undefined && value < schema.minimum)
      return t("small", { minimum: schema.minimum });
    if (typeof value === "number" && schema.maximum !== undefined && value > schema.maximum)
      return t("big", { maximum: schema.maximum });
    if (schema.choices) return t("choice");
    if (schema.pattern !== undefined) return t("pattern");
    return t("other", { fault });
  };
}
