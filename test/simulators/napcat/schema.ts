/** The kinds of value an action's parameter may have. `id` is a number or a string, `flag` a string. */
export type Kind = "string" | "boolean" | "number" | "id" | "any" | "message" | "object" | "list";
/** Parameter name to kind; a name ending in "?" is optional. */
export type Schema = Readonly<Record<string, Kind>>;

const accepts: Record<Kind, (value: unknown) => boolean> = {
  // NapCat converts numbers and booleans to text before it checks.
  string: (value) => ["string", "number", "boolean"].includes(typeof value),
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
  number: (value) => (typeof value === "number" || typeof value === "string") && Number.isFinite(Number(value)),
  id: (value) => typeof value === "string" || typeof value === "number",
  // `approve` above all: nothing is refused here, see `isYes`.
  any: () => true,
  message: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && value !== null,
};

/** NapCat's words for parameters that fail the schema, or null when they pass. */
export function findFault(schema: Schema, params: Readonly<Record<string, unknown>>): string | null {
  const faults: string[] = [];
  for (const [name, kind] of Object.entries(schema)) {
    const isOptional = name.endsWith("?");
    const key = isOptional ? name.slice(0, -1) : name;
    const value = params[key];
    if (value === undefined) {
      if (!isOptional) faults.push(`Key: ${key}, Message: Expected required property`);
    } else if (!accepts[kind](value)) {
      faults.push(`Key: ${key}, Message: Expected ${kind === "id" ? "union value" : kind}`);
    }
  }
  return faults.length > 0 ? faults.join("\n") : null;
}

/** How NapCat reads `approve`: only false and "false" are a no. Nothing, null, "", 0 and "no" are all a yes. */
export function isYes(value: unknown): boolean {
  return value?.toString() !== "false";
}
