import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSealer, SealError } from "@/server/auth/seal";

const secret = "a secret of this installation, only for tests";

describe("sealed credentials", () => {
  const sealer = createSealer(secret);

  test("come back as they were", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (plain, context) => {
        expect(sealer.open(sealer.seal(plain, context), context)).toEqual(JSON.parse(JSON.stringify(plain)));
      }),
    );
  });

  test("open after a restart with the same secret", () => {
    const sealed = sealer.seal({ token: "example" }, "bot:1");
    expect(createSealer(secret).open(sealed, "bot:1")).toEqual({ token: "example" });
  });

  test("do not show what is inside", () => {
    const sealed = Buffer.from(sealer.seal({ token: "example-token" }, "bot:1"));
    expect(sealed.includes("example-token")).toBe(false);
  });

  test("look different each time, so that equal tokens cannot be told", () => {
    const once = sealer.seal({ token: "example" }, "bot:1");
    expect(Buffer.from(sealer.seal({ token: "example" }, "bot:1")).equals(once)).toBe(false);
  });

  test("moved to another bot's row do not open", () => {
    expect(() => sealer.open(sealer.seal({ token: "example" }, "bot:1"), "bot:2")).toThrow(SealError);
  });

  test("do not open under another secret", () => {
    expect(() => createSealer("another").open(sealer.seal({ token: "example" }, "bot:1"), "bot:1")).toThrow(SealError);
  });

  test("do not open when any single byte was changed", () => {
    const sealed = sealer.seal({ token: "example" }, "bot:1");
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      expect(() => sealer.open(changed, "bot:1")).toThrow(SealError);
    }
  });

  test("cut short are refused, not read beyond their end", () => {
    const sealed = sealer.seal({ token: "example" }, "bot:1");
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => sealer.open(sealed.subarray(0, length), "bot:1")).toThrow(SealError);
    }
  });

  test("fail with a text that names neither secret nor content", () => {
    try {
      createSealer("another").open(sealer.seal({ token: "example-token" }, "bot:1"), "bot:1");
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toBe("SealError: wrong key, wrong context or changed");
    }
  });
});
