import { expect, test } from "vitest";
import { accountOf, calledOf, standInOf } from "@/lib/applicant";
import { fillReason } from "@/server/desk/placeholder";

const unnamed = { applicantId: standInOf("7011"), applicantName: "" };

test("an applicant whom the platform does not name has no account, and no two of them are one person", () => {
  expect(accountOf(unnamed.applicantId)).toBeNull();
  expect(standInOf("7011")).not.toBe(standInOf("7012"));
  expect(accountOf("90000000001")).toBe("90000000001");
});

test("an applicant is called by name, else by account, else by nothing", () => {
  expect(calledOf({ ...unnamed, applicantName: "Mei" })).toBe("Mei");
  expect(calledOf({ applicantId: "90000000001", applicantName: "" })).toBe("90000000001");
  expect(calledOf(unnamed)).toBe("");
});

test("a text that names the applicant is not filled with what merely stands for them", () => {
  const request = { ...unnamed, groupId: null, groupName: null, botName: "Front door" };
  expect(() => fillReason("{{name}} {{id}}", request, { name: "Ada" }, new Date(0))).toThrow("placeholder_left");
});
