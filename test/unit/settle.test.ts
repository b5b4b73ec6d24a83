import { expect, test } from "vitest";
import { judge, type Looked } from "@/server/desk/settle";
import type { RequestFate } from "@/server/platforms/arrival";

const look = (verb: string, fate: RequestFate, more: Partial<Looked> = {}) => {
  const settlement = judge(verb, fate, { was: "sent", checks: 0, hasOther: false, ...more });
  return settlement && `${settlement.state} ${settlement.error ?? ""}`.trim();
};

test("what the platform shows of a decision is told as what it is", () => {
  expect(look("approve", "approved")).toBe("confirmed");
  expect(look("deny", "denied")).toBe("confirmed");
  // Whoever decided there, it was not the platform that broke its word.
  expect(look("approve", "denied")).toBe("failed decided_otherwise");
  expect(look("approve", "denied", { was: "unknown" })).toBe("failed decided_otherwise");
  expect(look("deny", "approved")).toBe("failed decided_otherwise");
  expect(look("deny", "approved", { hasOther: true })).toBe(null);
  // It said "ok" and goes on listing it as undecided; without an answer there was no "ok".
  expect(look("approve", "pending")).toBe(null);
  expect(look("approve", "pending", { checks: 3 })).toBe("failed not_carried_out");
  expect(look("approve", "pending", { was: "unknown" })).toBe("failed found_undone");
  expect(look("approve", "unknown", { checks: 9 })).toBe(null);
});
