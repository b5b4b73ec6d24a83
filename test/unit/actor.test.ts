import { describe, expect, test } from "vitest";
import { type Actor, botsWith, can, canSomewhere, systemActor } from "@/lib/actor";
import { builtInRoles, permissionNames, permissions } from "@/lib/permissions";
import { builtInRoleNames } from "@/lib/role";
import { parseEmail } from "@/server/auth/email";
import { canGrant, toActorGrants } from "@/server/auth/grant";
import { Person } from "@/server/auth/person";
import { isDeskOnly, strongestRole } from "@/server/auth/role";

function holding(...grants: [keyof typeof builtInRoles, string | null][]): Actor {
  const rows = grants.map(([roleId, botId]) => ({ roleId, botId, permissions: builtInRoles[roleId] }));
  return { ...systemActor, kind: "operator", id: "1", grants: toActorGrants(rows) };
}

describe("what a role on a scope allows", () => {
  test.each(builtInRoleNames)("%s on the whole desk: exactly its permissions, everywhere", (role) => {
    const actor = holding([role, null]);
    for (const name of permissionNames) {
      const has = builtInRoles[role].some((held) => held === name);
      expect([name, can(actor, name, null), can(actor, name, "bot")]).toEqual([name, has, has]);
    }
  });

  test.each(builtInRoleNames)("%s on one bot: its bot permissions there, and nothing of the desk", (role) => {
    const actor = holding([role, "bot"]);
    for (const name of permissionNames) {
      const isBotWide = permissions[name].scope === "bot" && builtInRoles[role].some((held) => held === name);
      expect([name, can(actor, name, "bot")]).toEqual([name, isBotWide || name === "account.self"]);
      expect([name, can(actor, name, "other")]).toEqual([name, name === "account.self"]);
      expect([name, canSomewhere(actor, name)]).toEqual([name, isBotWide || name === "account.self"]);
      expect(botsWith(actor, name)).toEqual(name === "account.self" ? "all" : isBotWide ? ["bot"] : []);
    }
  });

  test("grants on several bots add up, each on its own", () => {
    const actor = holding(["auditor", "a"], ["moderator", "b"]);
    expect(botsWith(actor, "requests.view")).toEqual(["a", "b"]);
    expect(botsWith(actor, "requests.decide")).toEqual(["b"]);
    expect(botsWith(actor, "audit.view")).toEqual(["a"]);
  });

  test("nobody and an operator without grants may do nothing on the desk", () => {
    for (const name of permissionNames) {
      expect(can({ ...systemActor, kind: "visitor" }, name, null)).toBe(false);
      expect(can(holding(), name, null)).toBe(name === "account.self");
    }
  });
});

describe("who may hand out which role", () => {
  const hands = (giver: Actor) =>
    builtInRoleNames.filter((role) => canGrant(giver, { permissions: builtInRoles[role] }, null));

  test("owners all, admins all but owner, the others none they could not fully fill", () => {
    expect(hands(holding(["owner", null]))).toEqual(["owner", "admin", "moderator", "auditor"]);
    expect(hands(holding(["admin", null]))).toEqual(["admin", "moderator", "auditor"]);
    expect(hands(holding(["auditor", null]))).toEqual(["auditor"]);
    expect(hands(holding(["moderator", "bot"]))).toEqual([]);
  });

  test("a role on one bot is no ground to hand it out on another or on the desk", () => {
    const giver = holding(["moderator", "a"]);
    const role = { permissions: builtInRoles.moderator };
    expect(canGrant(giver, role, "a")).toBe(true);
    expect(canGrant(giver, role, "b")).toBe(false);
    expect(canGrant(giver, role, null)).toBe(false);
  });
});

test("the strongest role is the one shown, an unknown one only where there is no other", () => {
  expect(strongestRole(["auditor", "owner", "moderator"])).toBe("owner");
  expect(strongestRole(["custom", "auditor"])).toBe("auditor");
  expect(strongestRole(["custom"])).toBe("custom");
  expect(strongestRole([])).toBeNull();
});

test("owner and admin exist for the whole desk only", () => {
  expect(builtInRoleNames.filter(isDeskOnly)).toEqual(["owner", "admin"]);
});

describe("a person's name and address", () => {
  test("an address has one spelling", () => {
    expect(parseEmail(" Lin@Example.Test ")).toBe("lin@example.test");
    for (const bad of [
      "",
      "lin",
      "lin@",
      "a b@example.test",
      `${"a".repeat(300)}@example.test`,
      "lin@example.test\u0000",
    ]) {
      expect(parseEmail(bad)).toBeNull();
    }
  });

  test("a name is shown as it is: nothing invisible, nothing that turns the line around", () => {
    const parse = (name: string) => Person.safeParse({ name, email: "lin@example.test", password: "x" }).success;
    for (const good of ["Lin", "林小雨", "O’Neill-Smith", "  padded "]) expect(parse(good)).toBe(true);
    for (const bad of ["", "   ", "a\u0000b", "a\nb", "a\u202eb", "a\u200bb", "x".repeat(81)])
      expect(parse(bad)).toBe(false);
  });
});
