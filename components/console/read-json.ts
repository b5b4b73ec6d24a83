import type { Json } from "./schema";

/** What a text says as JSON; `isValid` is false for what is none. Nothing typed is no value. */
export function readJson(text: string): { isValid: boolean; value: Json } {
  if (text.trim() === "") return { isValid: true, value: undefined };
  try {
    return { isValid: true, value: JSON.parse(text) };
  } catch {
    return { isValid: false, value: text };
  }
}
