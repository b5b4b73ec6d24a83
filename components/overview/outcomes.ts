import type { Decided } from "../api";

/** How decisions ended, with the colour of the state; the order of the bars and the columns. */
export const outcomes = [
  { name: "confirmed", color: "var(--gh-good)" },
  { name: "sent", color: "var(--gh-busy)" },
  { name: "underWay", color: "var(--gh-line-control)" },
  { name: "unknown", color: "var(--gh-odd)" },
  { name: "failed", color: "var(--gh-bad)" },
] as const satisfies readonly { name: keyof Decided["outcomes"]; color: string }[];
