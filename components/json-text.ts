/** Characters that turn or hide the text around them: a name from a platform could make a line read as another. */
const deceptive = /[\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** A value as JSON that is read as it is: what is invisible stands there as its escape, which means the same. */
export function toJsonText(value: unknown, indent?: number): string {
  // Undefined and functions have no JSON.
  const text: string | undefined = JSON.stringify(value, null, indent);
  return (text ?? "null").replace(
    deceptive,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
