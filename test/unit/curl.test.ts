import { describe, expect, test } from "vitest";
import type { HttpCall } from "@/components/api";
import { toCurl } from "@/components/console/curl";
import { runCurl, valuesOf } from "@/test/shell";

const call = (over: Partial<HttpCall>): HttpCall => ({
  method: "POST",
  path: "/x",
  token: "none",
  kind: "json",
  content: {},
  ...over,
});
const hostile = `it's "$TOKEN" \`id\` $(id) \\ !x\n@/etc/passwd;type=a&b=c%20 中文 🙂`;

describe("the command that repeats a call", () => {
  test.each([
    ["bearer", ["Authorization: Bearer the-token"]],
    ["raw", ["Authorization: the-token"]],
    ["token", ["token: the-token"]],
    ["none", []],
  ] as const)("takes the token from its variable: %s", (token, headers) => {
    const command = toCurl(call({ token, kind: "form", content: { a: "1" } }));
    expect(command).not.toContain("the-token");
    expect(valuesOf(runCurl(command).args, "-H")).toEqual(headers);
  });

  test("sends JSON as it is, whatever stands in it", () => {
    const content = { message: [{ type: "text", data: { text: hostile } }] };
    const { args } = runCurl(toCurl(call({ content })));
    expect(args.slice(0, 3)).toEqual(["-X", "POST", "http://bot.example/base/x"]);
    expect(valuesOf(args, "-H")).toEqual(["Content-Type: application/json"]);
    expect(JSON.parse(valuesOf(args, "--data-raw")[0] ?? "")).toEqual(content);
  });

  test("sends a form field by field, a list as its name repeated, and reads no file", () => {
    const content = { text: hostile, at: "@/etc/passwd", members: ["1", "2"], isPrivate: 0, left: undefined };
    const { args } = runCurl(toCurl(call({ method: "DELETE", kind: "form", content })));
    expect(args.slice(0, 3)).toEqual(["-X", "DELETE", "http://bot.example/base/x"]);
    const fields = [`text=${hostile}`, "at=@/etc/passwd", "members=1", "members=2", "isPrivate=0"];
    expect(valuesOf(args, "--form-string")).toEqual(fields);
    expect(args).not.toContain("-F");
  });

  test("sends a query encoded, without a body", () => {
    const { args } = runCurl(toCurl(call({ method: "GET", kind: "query", content: { toId: "1", text: hostile } })));
    expect(args.slice(0, 2)).toEqual(["-G", "http://bot.example/base/x"]);
    expect(valuesOf(args, "--data-urlencode")).toEqual(["toId=1", `text=${hostile}`]);
  });

  test("sends the bytes of protobuf", () => {
    const bytes = Buffer.from([0x12, 0x00, 0xff, 0x0a]);
    const { args, stdin } = runCurl(toCurl(call({ kind: "protobuf", bytes: bytes.toString("base64") })));
    expect(args).toContain("--data-binary");
    expect(stdin).toEqual(bytes);
    expect(runCurl(toCurl(call({ kind: "protobuf", bytes: "" }))).stdin).toHaveLength(0);
  });
});
