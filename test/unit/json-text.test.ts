import fc from "fast-check";
import { expect, test } from "vitest";
import { toJsonText } from "@/components/json-text";

test("a name that turns the text around shows how it does", () => {
  const nickname = "\u202Enimda\u202C \u200Bx\u2066y";
  const text = toJsonText({ nickname });
  expect(text).not.toMatch(/[\u200B\u202A-\u202E\u2066-\u2069]/);
  expect(text).toContain("\\u202enimda\\u202c \\u200bx\\u2066y");
});

test("it means the same, whatever stands in it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(toJsonText(value, 2))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("what has no JSON is null", () => {
  expect(toJsonText(undefined)).toBe("null");
});
