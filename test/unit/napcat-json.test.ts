import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonError, parseJson } from "@/server/platforms/json";

describe("JSON with 64-bit integers", () => {
  test("an id beyond 2^53 keeps every digit, as text", () => {
    expect(parseJson('{"id":9007199254740993,"list":[-18446744073709551615]}')).toEqual({
      id: "9007199254740993",
      list: ["-18446744073709551615"],
    });
  });

  test("a 16-digit request_id that a number can hold stays a number", () => {
    expect(parseJson('{"request_id":1700000000123456}')).toEqual({ request_id: 1700000000123456 });
  });

  test("digits inside a string are left alone, whatever quotes and backslashes surround them", () => {
    const value = { text: 'say "12345678901234567890" \\', next: "\\\\" };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });

  test("a number as a key is not repaired into JSON", () => {
    expect(() => parseJson("{12345678901234567890:1}")).toThrow(JsonError);
  });

  test("nesting that would overflow a later reader is refused", () => {
    expect(() => parseJson("[".repeat(100_000) + "]".repeat(100_000))).toThrow(JsonError);
  });

  test("any value without big integers comes back as JSON.parse gives it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, (_key, inner: unknown) =>
          typeof inner === "number" && Number.isInteger(inner) && !Number.isSafeInteger(inner) ? 0 : inner,
        );
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("any integer comes back with the same digits", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(parseJson(`[${value}]`)).toEqual([
          Number.isSafeInteger(Number(value)) ? Number(value) : value.toString(),
        ]);
      }),
    );
  });

  test("accepts exactly the texts that JSON.parse accepts, and throws nothing but its own error", () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]":,-+.eE0123456789 \\ntruefalsu\n\u0000'), maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), (text) => {
        const isJson = accepts(() => JSON.parse(text));
        expect(accepts(() => parseJson(text))).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });
});

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof JsonError || error instanceof SyntaxError) return false;
    throw error;
  }
}
