import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * The faults of an input by dotted path, in the schema's words; "" is the whole value. Where an input fits none of
 * several shapes, the faults are those of the shape it came nearest to.
 */
export function toFaults(error: z.ZodError): Record<string, string> {
  const faults: Record<string, string> = {};
  // The first fault of a field is the one that explains the others.
  for (const { path, message } of error.issues.flatMap((issue) => flatten(issue, [])))
    faults[path.map(String).join(".")] ??= message;
  return faults;
}

function flatten(issue: Issue, above: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string }[] {
  const path = [...above, ...issue.path];
  // A strict object names what it does not know beside the path: shown at each of those names.
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: issue.message }));
  if (issue.code !== "invalid_union") return [{ path, message: issue.message }];
  const shapes = issue.errors.filter((issues) => issues.length > 0);
  const nearest = shapes.sort((one, other) => depthOf(other) - depthOf(one) || one.length - other.length)[0];
  if (!nearest || depthOf(nearest) === 0) return [{ path, message: nearest?.[0]?.message ?? issue.message }];
  return nearest.flatMap((inner) => flatten(inner, path));
}

/** The shape that got furthest into the value before it failed is the one that was meant. */
function depthOf(issues: readonly Issue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length));
}
