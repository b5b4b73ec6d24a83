"use client";

import "@mantine/charts/styles.layer.css";
import { BarChart } from "@mantine/charts";
import { useFormatter, useTranslations } from "next-intl";
import type { Arrivals } from "../api";
import { hourFormat, toHours } from "./hours";

/** So many hours fit as bars with a gap. */
const wide = 48;

/** A bar an hour. Loaded when it comes into sight. */
export function ArrivingChart({ arrivals, label }: { arrivals: Arrivals; label: string }) {
  const t = useTranslations("overview.arriving");
  const format = useFormatter();
  const isWide = arrivals.hours.length > wide;
  const data = toHours(arrivals).map(({ at, count }) => ({ at: format.dateTime(at, hourFormat), count }));
  return (
    <div role="img" aria-label={label} style={{ height: "100%" }}>
      <BarChart
        h="100%"
        data={data}
        dataKey="at"
        series={[{ name: "count", label: t("count"), color: "var(--gh-accent)" }]}
        // As many as there is room for, each the same way from the next.
        xAxisProps={{ interval: "equidistantPreserveStart", minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false, width: 36 }}
        gridAxis="x"
        barChartProps={{ accessibilityLayer: false, barCategoryGap: isWide ? 1 : 3 }}
        barProps={{ isAnimationActive: false, radius: isWide ? 0 : 2 }}
      />
    </div>
  );
}
