import { expect, test } from "vitest";
import { formatDuration } from "@/lib/duration";

test.each([
  [0, "0 sec"],
  [59.6, "1 min"],
  [61, "1 min 1 sec"],
  [3_600, "1 hr"],
  [7_325, "2 hr 2 min"],
  [90_000, "1 day 1 hr"],
  [-5, "0 sec"],
])("%d seconds are told as %s", (seconds, text) => {
  expect(formatDuration(seconds, "en")).toBe(text);
});

test("and in Chinese", () => {
  expect(formatDuration(125, "zh-CN")).toBe("2分钟 5秒");
});
