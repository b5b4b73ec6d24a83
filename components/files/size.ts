"use client";

import { useFormatter } from "next-intl";
import { useCallback } from "react";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Writes a number of bytes as people read it. */
export function useSize(): (bytes: number) => string {
  const format = useFormatter();
  return useCallback(
    (bytes) => {
      const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
      const value = bytes / 1_000 ** step;
      const unit = units[step] ?? "byte";
      return format.number(value, { style: "unit", unit, maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 });
    },
    [format],
  );
}
