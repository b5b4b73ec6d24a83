import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlatformError } from "@/server/platforms/error";
import { type CqSegment, escapeCqText, parseCqCode, writeCqCode } from "@/server/platforms/napcat/cq-code";

/** Texts full of what matters to the form. */
const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "[",
        "]",
        ",",
        "=",
        "&",
        "&amp;",
        "&#91;",
        "&#44;",
        "[CQ:at,qq=all]",
        "[CQ:text,text=a]",
        "[CQ:text]",
        "[CQ:x,a&b=1]",
        "CQ:",
        "\n",
        "好",
      ),
      fc.string(),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const parameters = fc.dictionary(fc.stringMatching(/^[a-z_][a-z_0-9]{0,8}$/), tricky, { maxKeys: 4 });
const segment: fc.Arbitrary<CqSegment> = fc.oneof(
  tricky.filter((text) => text !== "").map((text) => ({ type: "text", data: { text } })),
  fc.record({
    type: fc.constantFrom("at", "face", "image", "reply", "json", "music", "forward", "x-y.z"),
    data: parameters.map((data) => ({ ...data })),
  }),
);

/** Neighbouring texts are one text in the written form. */
function joined(segments: CqSegment[]): CqSegment[] {
  const result: CqSegment[] = [];
  for (const next of segments) {
    const last = result.at(-1);
    if (next.type === "text" && last?.type === "text")
      result[result.length - 1] = { type: "text", data: { text: `${last.data.text}${next.data.text}` } };
    else result.push(next);
  }
  return result;
}

describe("messages in text form", () => {
  test("what we write we read", () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        expect(parseCqCode(writeCqCode(segments))).toEqual(joined(segments));
      }),
      { numRuns: 1_000 },
    );
  });

  test("any text can be read, and what was read can be written and read again", () => {
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: "binary" })), (text) => {
        const segments = parseCqCode(text);
        expect(parseCqCode(writeCqCode(segments))).toEqual(segments);
      }),
      { numRuns: 1_000 },
    );
  });

  test("any values are written, or refused with our own error", () => {
    const anything = fc.array(
      fc.record({ type: fc.string(), data: fc.dictionary(fc.string(), fc.anything(), { maxKeys: 3 }) }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(anything, (segments) => {
        try {
          expect(typeof writeCqCode(segments)).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(PlatformError);
          expect(error).toMatchObject({ code: "invalid_input", isSent: false });
        }
      }),
    );
  });

  test("somebody's text never becomes a code", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const segments = parseCqCode(escapeCqText(text));
        expect(segments).toEqual(text === "" ? [] : [{ type: "text", data: { text } }]);
      }),
    );
  });

  test.each([
    [
      "hi[CQ:at,qq=10001] &#91;x&#93;",
      [
        { type: "text", data: { text: "hi" } },
        { type: "at", data: { qq: "10001" } },
        { type: "text", data: { text: " [x]" } },
      ],
    ],
    [
      "[CQ:image,file=a&#44;b.jpg,url=http://h/?a=1&amp;b=2]",
      [{ type: "image", data: { file: "a,b.jpg", url: "http://h/?a=1&b=2" } }],
    ],
    ["[CQ:shake]", [{ type: "shake", data: {} }]],
    ["&amp;#91;", [{ type: "text", data: { text: "&#91;" } }]],
    ["[CQ:at,qq=1", [{ type: "text", data: { text: "[CQ:at,qq=1" } }]],
    ["[CQ:at,qq]", [{ type: "text", data: { text: "[CQ:at,qq]" } }]],
    ["[cq:at,qq=1]", [{ type: "text", data: { text: "[cq:at,qq=1]" } }]],
  ])("%s", (text, segments) => {
    expect(parseCqCode(text)).toEqual(segments);
  });
});
