import type { Figure, Summary, Unit } from "./figure";

const heads = ["", "median", "p99", "floor", "median", "p99", "ratio", "aim"];

/** The figures of one piece as lines of text, to be read by a person. */
export function toTable(figures: readonly Figure[]): string {
  const rows = [heads, ...figures.map(toCells)];
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ""))));
  const isText = (at: number) => heads[at] === "" || heads[at] === "floor" || heads[at] === "aim";
  return rows
    .map((row) =>
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0, isText(at)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function toCells({ what, unit, value, floor, ratio, aim }: Figure): string[] {
  const cells = (summary: Summary | null) =>
    summary ? [toText(summary.median, unit), toText(summary.p99, unit)] : ["", ""];
  return [
    what,
    ...cells(value),
    floor?.what ?? "",
    ...cells(floor),
    ratio === null ? "" : `${ratio.toFixed(2)}x`,
    aim ? `${aim.isMet ? "met" : "MISSED"}: ${aim.text}` : "",
  ];
}

function toText(value: number, unit: Unit): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`;
}

function width(text: string): number {
  return [...text].length;
}

function pad(text: string, length: number, isText: boolean): string {
  const space = " ".repeat(length - width(text));
  return isText ? text + space : space + text;
}
