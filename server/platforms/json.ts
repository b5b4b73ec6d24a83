export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What was read is not JSON we accept. The message says why, never with the text itself. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

/** Deeper than any platform nests, and shallow enough for every recursive reader after us. */
const deepest = 200;

/** The index after the string that opens at `start` (or the end of the text when it never closes). */
function endOfString(text: string, start: number): number {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

const numeric = /[-+.eE0-9]+/y;
const integer = /^-?[1-9]\d{15,}$/;

/** Walks the text once: refuses what nests too deep, and quotes every integer that a JavaScript number cannot hold. */
function quoteBigIntegers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === 0x22) {
      at = endOfString(text, at);
    } else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {
      numeric.lastIndex = at;
      const token = numeric.exec(text)?.[0] ?? "";
      if (integer.test(token) && !Number.isSafeInteger(Number(token))) {
        parts.push(text.slice(copied, at), '"', token, '"');
        copied = at + token.length;
      }
      at += token.length;
    } else {
      if (char === 0x7b || char === 0x5b) depth++;
      else if (char === 0x7d || char === 0x5d) depth--;
      if (depth > deepest) throw new JsonError(`nested deeper than ${deepest}`);
      at++;
    }
  }
  return copied === 0 ? text : parts.join("") + text.slice(copied);
}

/** Sixteen digits in a row. Written out: the engine skips through the text by it, and counted (`\d{16}`) it takes ten times as long. */
const manyDigits = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/;

/** Is there any need to walk the text? Most have no long number, and too few brackets (those in strings counted) to nest too deep. */
function isSuspicious(text: string): boolean {
  if (manyDigits.test(text)) return true;
  let brackets = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      brackets++;
      if (brackets > deepest) return true;
    }
  }
  return false;
}

/**
 * JSON.parse, except that an integer beyond 2^53 becomes a string of the same digits: ids never lose digits by passing
 * through a number. Accepts exactly what JSON.parse accepts, down to a depth of 200. Throws JsonError.
 */
export function parseJson(text: string): Json {
  try {
    // First as it is: quoting could turn a faulty text (a number as a key) into a valid one.
    const plain: Json = JSON.parse(text);
    if (!isSuspicious(text)) return plain;
    const quoted = quoteBigIntegers(text);
    return quoted === text ? plain : JSON.parse(quoted);
  } catch (error) {
    if (error instanceof JsonError) throw error;
    throw new JsonError("not JSON");
  }
}

/** A copy of `value` without the fields of these names, however deep. */
function without(value: Json, names: ReadonlySet<string>): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  const kept = Object.entries(value).filter(([name]) => !names.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, names)]));
}

/**
 * A platform's own object, to be carried along beside what we made of it, without the fields of the names in `secrets`:
 * phone numbers, addresses, keys.
 */
export function toRaw(value: object, secrets: readonly string[] = []): Json {
  // It came out of parseJson or a decoder of ours; a row's schema only normalised values.
  const json = value as Json;
  return secrets.length === 0 ? json : without(json, new Set(secrets));
}
