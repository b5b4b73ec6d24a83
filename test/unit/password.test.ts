import { parseOptions } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { DeskError } from "@/lib/errors";
import {
  checkPassword,
  dummyHash,
  findPasswordFault,
  hashPassword,
  isOutdated,
  maximumLength,
  type PasswordFault,
  verifyPassword,
} from "@/server/auth/password";

const refused: [string, PasswordFault][] = [
  ["short", "too_short"],
  ["elevenchars", "too_short"],
  ["x7#".repeat(100), "too_long"],
  ["aaaaaaaaaaaaaaa", "repeated"],
  ["abababababab", "repeated"],
  ["Xy7!Xy7!Xy7!Xy7!", "repeated"],
  ["1212112122121", "repeated"],
  ["123456789012", "sequence"],
  ["abcdefghijklmnop", "sequence"],
  ["ponmlkjihgfedcba", "sequence"],
  ["qwertyuiop1234", "sequence"],
  ["asdfghjkl;'zxcvbnm", "sequence"],
  ["1qaz2wsx3edc4rfv", "sequence"],
  ["1q2w3e4r5t6y", "sequence"],
  ["abcdefgh9!k", "too_short"],
  ["password1234", "common"],
  ["P@ssw0rd1234", "common"],
  ["Password2024!", "common"],
  ["Pa$$w0rd-2019", "common"],
  ["welcome12345!", "common"],
  ["letmein letmeinnow", "common"],
  ["iloveyou1314520", "common"],
  ["woaini1314520", "common"],
  ["!!Adm1n1strator!!", "common"],
  ["ＰＡＳＳＷＯＲＤ１２３４", "common"],
];

describe("a new password", () => {
  test.each(refused)("%s is refused: %s", (password, fault) => {
    expect(findPasswordFault(password)).toBe(fault);
  });

  test.each([
    "correct horse battery staple",
    "vK8#qLm2Zr!t",
    "7301-fern-otter-lamp",
    "我家的猫每天早上五点钟叫醒我",
    "password-otter-fern-7301",
    "xxxTq9!mW4z&Lp2",
  ])("%s is taken", (password) => {
    expect(findPasswordFault(password)).toBeNull();
  });

  test("may not be the operator's own name or address with a tail", () => {
    expect(findPasswordFault("lin.xiaoyu-2024", ["Lin Xiaoyu", "ops@example.test"])).toBe("personal");
    expect(findPasswordFault("L1nX1aoyu!!99", ["Lin Xiaoyu"])).toBe("personal");
    expect(findPasswordFault("night.watch@example", ["A", "night.watch@example.test"])).toBe("personal");
  });

  test("may not be the product's name with a tail", () => {
    expect(findPasswordFault("G4tehouse1234")).toBe("personal");
  });

  test("is counted in characters, not in UTF-16 units", () => {
    expect(findPasswordFault("🦊🐢🐙🦉🐝🦋")).toBe("too_short");
  });

  test("is refused with a code, the fault and the limits, never with itself", () => {
    try {
      checkPassword("password1234");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DeskError);
      expect(error).toMatchObject({ code: "weak_password", detail: { fault: "common", minimum: 12, maximum: 256 } });
      expect(JSON.stringify(error)).not.toContain("password1234");
    }
  });
});

describe("a stored password", () => {
  test("verifies, and only itself", async () => {
    const stored = await hashPassword("7301-fern-otter-lamp");
    expect(await verifyPassword(stored, "7301-fern-otter-lamp")).toBe(true);
    expect(await verifyPassword(stored, "7301-fern-otter-lamp ")).toBe(false);
  });

  test("is the same password however the keyboard composes it", async () => {
    const stored = await hashPassword("cafe\u0301-otter-fern-73");
    expect(await verifyPassword(stored, "caf\u00e9-otter-fern-73")).toBe(true);
  });

  test("never verifies against an overlong guess, even one that begins with it", async () => {
    const password = "Qf7-".repeat(64);
    expect([...password]).toHaveLength(maximumLength);
    const stored = await hashPassword(password);
    expect(await verifyPassword(stored, password + "x".repeat(5_000))).toBe(false);
  });

  test("is salted: the same password twice gives two hashes", async () => {
    expect(await hashPassword("7301-fern-otter-lamp")).not.toBe(await hashPassword("7301-fern-otter-lamp"));
  });

  test("is argon2id with the same work as the dummy that stands for unknown accounts", async () => {
    const stored = await hashPassword("7301-fern-otter-lamp");
    expect(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$")).toBe(true);
    expect(parseOptions(dummyHash)).toEqual(parseOptions(stored));
    expect(await verifyPassword(dummyHash, "7301-fern-otter-lamp")).toBe(false);
  });

  test("made with weaker parameters is recognised as outdated", async () => {
    const { hash } = await import("@node-rs/argon2");
    expect(isOutdated(await hash("x", { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(isOutdated(dummyHash)).toBe(false);
  });

  test("that is no hash at all verifies nothing", async () => {
    expect(await verifyPassword("not a hash", "7301-fern-otter-lamp")).toBe(false);
  });
});
