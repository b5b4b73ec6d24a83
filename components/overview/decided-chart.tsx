"use client";

import "@mantine/charts/styles.layer.css";
import "@mantine/core/styles/ColorSwatch.layer.css";
import { BarChart } from "@mantine/charts";
import { useTranslations } from "next-intl";
import type { Decided } from "../api";
import { outcomes } from "./outcomes";

/** One bar an operator, made of how the decisions ended. Loaded when it comes into sight. */
export function DecidedChart({ operators }: { operators: readonly Decided[] }) {
  const t = useTranslations("overview.decided");
  return (
    <div role="img" aria-label={t("chart", { count: operators.length })} style={{ height: "100%" }}>
      <BarChart
        h="100%"
        orientation="vertical"
        type="stacked"
        data={operators.map(({ name, outcomes: ended }) => ({ name: name ?? "", ...ended }))}
        dataKey="name"
        series={outcomes.map(({ name, color }) => ({ name, color, label: t(`outcome.${name}`) }))}
        yAxisProps={{ width: 120, tickMargin: 6 }}
        xAxisProps={{ allowDecimals: false }}
        maxBarWidth={18}
        gridAxis="none"
        withLegend
        // In the order of the bars, not of the letters.
        legendProps={{ itemSorter: null }}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
