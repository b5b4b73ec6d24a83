import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  acceptInvite,
  createInvite,
  type InviteInput,
  listInvites,
  previewInvite,
  revokeInvite,
} from "@/server/desk/invite";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { addBot, addOperator, goodPassword, type TestOperator } from "@/test/people";

let store: TestDatabase;
let owner: TestOperator;
let admin: TestOperator;
beforeAll(async () => {
  store = await createTestDatabase();
  owner = await addOperator(store.database, "owner");
  admin = await addOperator(store.database, "admin");
});
afterAll(() => store.drop());

let counter = 0;
function person(token: string, more: Partial<{ email: string; password: string }> = {}) {
  counter += 1;
  return { name: "Mei", email: `mei${counter}@example.test`, password: goodPassword, token, ...more };
}

async function invite(more: Partial<InviteInput> = {}, by = admin) {
  const input = { role: "moderator", botId: null, label: "for Mei", hours: 72, ...more };
  return createInvite(store.database, await by.actor(), input);
}

async function stateOf(id: string) {
  return (await listInvites(store.database)).find((row) => row.id === id)?.state;
}

describe("making an invite", () => {
  test("hands out a token once; only its hash is stored and no list has it", async () => {
    const { id, token, expiresAt } = await invite();
    expect(token).toMatch(/^[\w-]{43}$/);
    const row = await store.database.invite.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify([row, await listInvites(store.database)])).not.toContain(token);
    expect(Math.round((expiresAt.getTime() - row.createdAt.getTime()) / 60_000)).toBe(72 * 60);
  });

  test("for an owner is for owners", async () => {
    await expect(invite({ role: "owner" })).rejects.toMatchObject({ code: "forbidden", detail: { reason: "role" } });
    const { token } = await invite({ role: "owner" }, owner);
    expect(await previewInvite(store.database, token)).toMatchObject({ role: "owner" });
  });

  test("is not for who may not manage operators, even when asked past the API", async () => {
    for (const role of ["moderator", "auditor"]) {
      await expect(invite({ role: "auditor" }, await addOperator(store.database, role))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });

  test("refuses roles that steer the desk on one bot, unknown roles and bots, and times out of range", async () => {
    const botId = await addBot(store.database);
    for (const bad of [
      { role: "owner", botId },
      { role: "admin", botId },
      { role: "emperor" },
      { hours: 0 },
      { hours: 721 },
      { hours: 1.5 },
      { hours: Number.NaN },
    ]) {
      await expect(invite(bad, owner)).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(invite({ botId: "01900000-0000-7000-8000-000000000000" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("an open invite", () => {
  test("shows who invites to what, until when", async () => {
    const botId = await addBot(store.database, "Gate");
    const { token, expiresAt } = await invite({ botId });
    const inviter = await store.database.operator.findUniqueOrThrow({ where: { id: admin.id } });
    expect(await previewInvite(store.database, token)).toEqual({
      role: "moderator",
      botName: "Gate",
      inviterName: inviter.name,
      expiresAt,
    });
  });

  test("makes an operator with that role on that scope, and is used up", async () => {
    const botId = await addBot(store.database);
    const { id, token } = await invite({ botId });
    const { operatorId } = await acceptInvite(store.database, person(token));
    const grants = await store.database.grant.findMany({ where: { operatorId } });
    expect(grants).toMatchObject([{ roleId: "moderator", botId }]);
    expect(await stateOf(id)).toBe("used");
    expect(await store.database.invite.findUniqueOrThrow({ where: { id } })).toMatchObject({ usedById: operatorId });
    await expect(previewInvite(store.database, token)).rejects.toMatchObject({ code: "invite_invalid" });
    await expect(acceptInvite(store.database, person(token))).rejects.toMatchObject({ code: "invite_invalid" });
  });

  test("taken by ten at the same moment makes one operator", async () => {
    const { token } = await invite();
    const before = await store.database.operator.count();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => acceptInvite(store.database, person(token))),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "invite_invalid" });
    }
    expect(await store.database.operator.count()).toBe(before + 1);
  });

  test("stays open after a weak password or a taken address", async () => {
    const { id, token } = await invite();
    await expect(acceptInvite(store.database, person(token, { password: "password1234" }))).rejects.toMatchObject({
      code: "weak_password",
    });
    await expect(acceptInvite(store.database, person(token, { email: owner.email }))).rejects.toMatchObject({
      code: "email_taken",
    });
    expect(await stateOf(id)).toBe("open");
    await acceptInvite(store.database, person(token));
  });

  test("of two with one address at the same moment, one account is made and the other invite stays open", async () => {
    const [one, other] = [await invite(), await invite()];
    const results = await Promise.allSettled(
      [one, other].map(({ token }) => acceptInvite(store.database, person(token, { email: "same@example.test" }))),
    );
    expect(results.find((result) => result.status === "rejected")).toMatchObject({ reason: { code: "email_taken" } });
    expect([await stateOf(one.id), await stateOf(other.id)].sort()).toEqual(["open", "used"]);
  });
});

describe("an invite that is not open", () => {
  test("because it ran out is as good as none", async () => {
    const { id, token } = await invite();
    await store.database.invite.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await stateOf(id)).toBe("expired");
    await expect(previewInvite(store.database, token)).rejects.toMatchObject({ code: "invite_invalid" });
    await expect(acceptInvite(store.database, person(token))).rejects.toMatchObject({ code: "invite_invalid" });
  });

  test("because it was taken back cannot be used, nor taken back again", async () => {
    const { id, token } = await invite();
    await revokeInvite(store.database, await admin.actor(), id);
    expect(await stateOf(id)).toBe("revoked");
    await expect(acceptInvite(store.database, person(token))).rejects.toMatchObject({ code: "invite_invalid" });
    await expect(revokeInvite(store.database, await admin.actor(), id)).rejects.toMatchObject({
      code: "invite_invalid",
    });
  });

  test("because nobody ever made it answers the same as one that was used", async () => {
    for (const token of ["", "guess", "a".repeat(10_000)]) {
      await expect(previewInvite(store.database, token)).rejects.toMatchObject({ code: "invite_invalid", detail: {} });
      await expect(acceptInvite(store.database, person(token))).rejects.toMatchObject({
        code: "invite_invalid",
        detail: {},
      });
    }
  });
});

describe("taking an invite back", () => {
  test("that makes an owner is for owners", async () => {
    const { id } = await invite({ role: "owner" }, owner);
    await expect(revokeInvite(store.database, await admin.actor(), id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await stateOf(id)).toBe("open");
    await revokeInvite(store.database, await owner.actor(), id);
  });

  test("while it is being accepted ends one way or the other, never both", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, token } = await invite();
      const before = await store.database.operator.count();
      const [accepted, revoked] = await Promise.allSettled([
        acceptInvite(store.database, person(token)),
        revokeInvite(store.database, await admin.actor(), id),
      ]);
      expect([accepted.status, revoked.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect(await store.database.operator.count()).toBe(before + (accepted.status === "fulfilled" ? 1 : 0));
    }
  });
});
