/** What a text can be filled with from a request, its bot and who decides; any other word is for a person to fill. */
export const placeholderNames = ["name", "id", "group", "groupId", "bot", "operator", "date"] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

/** Known values. One that is missing or empty (a friend request has no group) cannot be filled in. */
export type PlaceholderValues = Partial<Record<PlaceholderName, string>>;

const pattern = /\{\{([^{}]{1,60})\}\}/g;

const isKnown = (name: string): name is PlaceholderName => placeholderNames.some((known) => known === name);

/** The words between double braces, each once, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name.trim()))];
}

/** Those that only a person can fill. */
export function unfilled(text: string): string[] {
  return placeholdersIn(text).filter((name) => !isKnown(name));
}

/** Those that stay with these values: what `fillPlaceholders` would leave. Asked of the text before it is filled, since what strangers call themselves is no placeholder. */
export function leftIn(text: string, values: PlaceholderValues): string[] {
  return placeholdersIn(text).filter((name) => !isKnown(name) || !values[name]);
}

/**
 * Fills what is known, once: a value is never looked into, and one that holds double braces (somebody calls themselves
 * `{{group}}`) has them set apart, so that it is no placeholder to a later reader either.
 */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(pattern, (whole, word: string) => {
    const name = word.trim();
    const value = isKnown(name) ? values[name] : undefined;
    return value ? value.replace(/([{}])(?=\1)/g, "$1 ") : whole;
  });
}
