import { describe, expect, test } from "vitest";
import { cleanFileName, longestFileName } from "@/lib/file";
import { noticeExtras, noticeFields } from "@/lib/notice";
import { platforms } from "@/lib/platform";
import { PlatformError } from "@/server/platforms/error";
import { createAdapterOf } from "@/server/platforms/support";

describe("what a notice can have", () => {
  test.each(platforms)("is on %s what its adapter takes", async (platform) => {
    const passed = new Error("passed");
    const adapter = createAdapterOf(platform)(
      () => Promise.reject(passed),
      () => true,
    );
    const publish = adapter["notices.publish"];
    const taken: string[] = [];
    for (const extra of publish ? noticeExtras : []) {
      const value = extra === "image" ? { image: "data:image/png;base64,iVBORw0KGgo=" } : { [extra]: true };
      const error = await publish?.("1", { text: "text", ...value }).catch((cause: unknown) => cause);
      const isRefused = error instanceof PlatformError && error.code === "not_offered";
      if (!isRefused) taken.push(extra);
    }
    expect(taken).toEqual(noticeFields[platform]);
  });
});

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\temp\\a.txt", "a.txt"],
  ["\u202Egpj.exe", "gpj.exe"],
  ["a\u0000b\u200B.txt", "ab.txt"],
  ["con.txt", "_con.txt"],
  ["COM¹", "_COM¹"],
  ["...", ""],
  [" x. ", "x"],
  ['a:b*c?"d<e>f|', "a_b_c__d_e_f_"],
  ["报告 2026.pdf", "报告 2026.pdf"],
  [`${"a".repeat(300)}.pdf`, `${"a".repeat(longestFileName - 4)}.pdf`],
])("%j is called %j", (given, name) => {
  expect(cleanFileName(given)).toBe(name);
  expect(cleanFileName(name)).toBe(name);
});
