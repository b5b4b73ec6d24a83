/** What a list of samples comes to. For rates the 99th percentile is what 99 of 100 runs reached. */
export interface Summary {
  median: number;
  p99: number;
  /** How many samples it is made of. */
  count: number;
}

export type Unit = "ms" | "1/s" | "MB" | "kB" | "%";

/** One row of the table: what was measured, beside what it could be at best, measured in the same run. */
export interface Figure {
  what: string;
  unit: Unit;
  value: Summary;
  floor: (Summary & { what: string }) | null;
  /** Median over the floor's median. */
  ratio: number | null;
  aim: { text: string; isMet: boolean } | null;
}

interface Parts {
  what: string;
  unit?: Unit;
  samples: readonly number[];
  floor?: { what: string; samples: readonly number[] };
  /** What it should be, in words, and whether it is, from the median, the 99th percentile and the floor's median. */
  aim?: { text: string; isMet: (figure: { median: number; p99: number; floor: number }) => boolean };
}

export function toFigure({ what, unit = "ms", samples, floor, aim }: Parts): Figure {
  const value = summarise(samples, unit);
  const under = floor ? { what: floor.what, ...summarise(floor.samples, unit) } : null;
  const seen = { median: value.median, p99: value.p99, floor: under?.median ?? Number.NaN };
  return {
    what,
    unit,
    value,
    floor: under,
    ratio: under && under.median > 0 ? value.median / under.median : null,
    aim: aim ? { text: aim.text, isMet: aim.isMet(seen) } : null,
  };
}

export function summarise(samples: readonly number[], unit: Unit): Summary {
  if (samples.length === 0) throw new Error("Nothing was measured.");
  // The bad end of a rate is the low one.
  const sorted = samples.toSorted((a, b) => (unit === "1/s" ? b - a : a - b));
  return { median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), count: sorted.length };
}

/** The nearest rank: always a sample that was really seen; of fewer than a hundred the last percentile is the worst. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
