/**
 * What a raw call is done to, by the paths that its row names (dotted, within the input): the value at the first that has
 * one; null where no path does, so that it is the bot itself. `input` is as it came, not yet parsed.
 */
export function targetOf(paths: readonly string[], input: unknown): string | null {
  for (const path of paths) {
    const value = path.split(".").reduce<unknown>(within, input);
    if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
  }
  return null;
}

function within(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
