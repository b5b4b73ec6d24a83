import { describe, expect, it } from "vitest";
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
});
