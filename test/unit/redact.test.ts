import { describe, expect, it } from "vitest";
import { toLine, toLines } from "@/server/audit/line";
import { redact } from "@/server/audit/redact";

describe("what goes into the record", () => {
  it("never holds the value of a field that is named like a secret, at any depth", () => {
    const seen = redact({
      name: "desk",
      token: "t0p",
      inner: [{ newPassword: "pw", access_token: "x" }],
      cookies: "c",
    });
    expect(seen).toEqual({
      name: "desk",
      token: "[redacted]",
      inner: [{ newPassword: "[redacted]", access_token: "[redacted]" }],
      cookies: "[redacted]",
    });
  });

  it("never holds what a catalogue row declares secret by its path", () => {
    expect(redact({ data: { config: "s", other: 1 } }, ["data.config"])).toEqual({
      data: { config: "[redacted]", other: 1 },
    });
  });

  it("never holds what a row declares secret in the entries of a list, wherever they stand", () => {
    const value = {
      items: [
        { email: "a@x", name: "A" },
        { email: "", name: "B" },
      ],
      email: "kept",
    };
    expect(redact(value, ["items.*.email"])).toEqual({
      items: [
        { email: "[redacted]", name: "A" },
        { email: "", name: "B" },
      ],
      email: "kept",
    });
    expect(redact([{ mobile: "1" }, { mobile: "2" }], ["*.mobile"])).toEqual([
      { mobile: "[redacted]" },
      { mobile: "[redacted]" },
    ]);
  });

  it("keeps the place of every entry: a list is as long as it was, holes and functions included", () => {
    expect(redact({ list: [undefined, 1, () => 2, "x"] })).toEqual({ list: [null, 1, null, "x"] });
  });

  it("can always be stored: no U+0000, no lone surrogate, no endless text", () => {
    const seen = JSON.stringify(redact({ nickname: "a\u0000b\ud800", long: "x".repeat(100_000) }));
    expect(seen).not.toContain("\\u0000");
    expect(seen).not.toContain("\\ud800");
    expect(seen.length).toBeLessThan(3_000);
  });

  it("ends on an object that holds itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(JSON.stringify(redact(loop))).toContain("[deep]");
  });

  it("never holds a secret that was typed as part of an address", () => {
    const seen = redact({ wsUrl: "ws://me:hunter2@127.0.0.1:3001/?access_token=s3cret&x=1#token=s3cret" });
    expect(seen).toEqual({ wsUrl: "ws://[redacted]@127.0.0.1:3001/?access_token=[redacted]&x=1#token=[redacted]" });
  });

  it("shows a key of the name __proto__ instead of hiding what stands under it", () => {
    const seen = redact(JSON.parse('{"__proto__":{"transport":"reverse"}}'));
    expect(JSON.stringify(seen)).toBe('{"__proto__":{"transport":"reverse"}}');
  });
});

describe("a stranger's name", () => {
  it("can neither begin a new line nor turn the direction of what is written around it", () => {
    expect(toLine("Mei\n12:00 owner approved\u202Eeve\u2067\u0000", 200)).toBe(
      "Mei\uFFFD12:00 owner approved\uFFFDeve\uFFFD\uFFFD",
    );
  });

  it("keeps what other scripts and emojis need", () => {
    for (const name of ["👩‍👩‍👧", "مریم‌", "王小明", "ᠮᠣᠩᠭᠣᠯ"]) expect(toLine(name, 200)).toBe(name);
  });

  it("is cut without leaving half a character", () => {
    expect(toLine("a😀", 2).isWellFormed()).toBe(true);
  });

  it("may have lines where a text may", () => {
    expect(toLines("one\ntwo\u202E", 200)).toBe("one\ntwo\uFFFD");
  });
});
