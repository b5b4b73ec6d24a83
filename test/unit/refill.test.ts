import { expect, test } from "vitest";
import { refill } from "@/components/console/refill";
import { redact } from "@/server/audit/redact";

test("what the record did not keep is left out, not sent in its place", () => {
  const input = {
    url: "https://example.com/x",
    headers: ["x-key: 1"],
    base64: "A".repeat(5_000),
    list: [{ password: "p", name: "a" }],
    many: Array.from({ length: 101 }, (_, at) => String(at)),
  };
  const { value, left } = refill(redact(input, ["headers"]));
  expect(left).toEqual(["headers", "base64", "list.0.password", "many.100"]);
  expect(value).toEqual({
    url: "https://example.com/x",
    list: [{ name: "a" }],
    many: input.many.slice(0, 100),
  });
});

test("what it kept comes back as it was", () => {
  const input = { a: 1, b: [true, null, { c: "… and (so) on" }], d: {} };
  expect(refill(redact(input))).toEqual({ value: input, left: [] });
});
