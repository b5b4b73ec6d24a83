import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "@/lib/actor";
import { createInvite, previewInvite } from "@/server/desk/invite";
import { disableOperator, enableOperator, listOperators, setGrants } from "@/server/desk/operator";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { addBot, addOperator, addSession, type TestOperator } from "@/test/people";

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
// "The last owner" is about everybody there is.
beforeEach(async () => {
  await store.database.invite.deleteMany();
  await store.database.operator.deleteMany();
});

const desk = (roleId: string) => ({ roleId, botId: null });

function rolesOf(operatorId: string) {
  return store.database.grant
    .findMany({ where: { operatorId }, orderBy: { id: "asc" } })
    .then((rows) => rows.map(({ roleId, botId }) => ({ roleId, botId })));
}

function enabledOwners() {
  return store.database.operator.count({ where: { disabledAt: null, grants: { some: { roleId: "owner" } } } });
}

describe("grants", () => {
  test("are replaced as a whole, and the answer has before and after for the record", async () => {
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database, "auditor")];
    const bot = await addBot(store.database);
    const grants = [desk("moderator"), { roleId: "auditor", botId: bot }];
    const answer = await setGrants(store.database, await admin.actor(), { id: target.id, grants });
    expect(answer).toMatchObject({ before: [desk("auditor")], after: grants });
    expect(await rolesOf(target.id)).toEqual(expect.arrayContaining(grants));
  });

  test("named twice are one, and those that stay keep their row", async () => {
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database, "auditor")];
    const [kept] = await store.database.grant.findMany({ where: { operatorId: target.id } });
    const grants = [desk("auditor"), desk("moderator"), desk("moderator"), desk("auditor")];
    await setGrants(store.database, await admin.actor(), { id: target.id, grants });
    const rows = await store.database.grant.findMany({ where: { operatorId: target.id } });
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(kept);
  });

  test("may all be taken away: the account is left with itself", async () => {
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database, "auditor")];
    await setGrants(store.database, await admin.actor(), { id: target.id, grants: [] });
    expect((await target.actor()).grants.flatMap((grant) => grant.permissions)).toEqual(["account.self"]);
  });

  test("of a role that steers the desk are refused on a single bot", async () => {
    const [owner, target] = [await addOperator(store.database, "owner"), await addOperator(store.database)];
    const botId = await addBot(store.database);
    for (const roleId of ["owner", "admin"]) {
      await expect(
        setGrants(store.database, await owner.actor(), { id: target.id, grants: [{ roleId, botId }] }),
      ).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  test("of roles, bots and operators that are not there are refused and change nothing", async () => {
    const [owner, target] = [await addOperator(store.database, "owner"), await addOperator(store.database, "auditor")];
    const absent = "01900000-0000-7000-8000-000000000000";
    const set = async (id: string, grants: { roleId: string; botId: string | null }[]) =>
      setGrants(store.database, await owner.actor(), { id, grants });
    await expect(set(target.id, [desk("emperor")])).rejects.toMatchObject({ code: "invalid_input" });
    await expect(set(target.id, [{ roleId: "moderator", botId: absent }])).rejects.toMatchObject({ code: "not_found" });
    await expect(set(absent, [])).rejects.toMatchObject({ code: "not_found" });
    expect(await rolesOf(target.id)).toEqual([desk("auditor")]);
  });
});

describe("an admin", () => {
  test("cannot touch an owner in any way", async () => {
    const [admin, owner] = [await addOperator(store.database, "admin"), await addOperator(store.database, "owner")];
    await addOperator(store.database, "owner");
    const actor = await admin.actor();
    const refused = { code: "forbidden", detail: { reason: "owner" } };
    await expect(setGrants(store.database, actor, { id: owner.id, grants: [] })).rejects.toMatchObject(refused);
    await expect(disableOperator(store.database, actor, owner.id)).rejects.toMatchObject(refused);
    await store.database.operator.update({ where: { id: owner.id }, data: { disabledAt: new Date() } });
    await expect(enableOperator(store.database, actor, owner.id)).rejects.toMatchObject(refused);
  });

  test("cannot make an owner, of somebody else or of themselves", async () => {
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database)];
    for (const id of [target.id, admin.id]) {
      await expect(
        setGrants(store.database, await admin.actor(), { id, grants: [desk("owner")] }),
      ).rejects.toMatchObject({ code: "forbidden" });
      expect(await rolesOf(id)).not.toContainEqual(desk("owner"));
    }
  });

  test("cannot make a role of the owners' own strength under another name", async () => {
    await store.database.role.upsert({
      where: { id: "helper" },
      create: { id: "helper", permissions: ["owners.manage"] },
      update: {},
    });
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database)];
    await expect(
      setGrants(store.database, await admin.actor(), { id: target.id, grants: [desk("helper")] }),
    ).rejects.toMatchObject({ code: "forbidden", detail: { reason: "role" } });
  });

  test("makes and unmakes admins, moderators and auditors", async () => {
    const [admin, target] = [await addOperator(store.database, "admin"), await addOperator(store.database)];
    for (const role of ["admin", "moderator", "auditor"]) {
      await setGrants(store.database, await admin.actor(), { id: target.id, grants: [desk(role)] });
      expect(await rolesOf(target.id)).toEqual([desk(role)]);
    }
  });
});

test("nobody changes or disables themselves", async () => {
  await addOperator(store.database, "owner");
  for (const role of ["owner", "admin"]) {
    const operator = await addOperator(store.database, role);
    const actor = await operator.actor();
    const refused = { code: "forbidden", detail: { reason: "self" } };
    await expect(disableOperator(store.database, actor, operator.id)).rejects.toMatchObject(refused);
    await expect(
      setGrants(store.database, actor, { id: operator.id, grants: [desk("auditor")] }),
    ).rejects.toMatchObject(refused);
  }
});

test("who may not manage operators changes nobody, even when asked past the API", async () => {
  const target = await addOperator(store.database);
  for (const role of ["moderator", "auditor"]) {
    const actor = await (await addOperator(store.database, role)).actor();
    await expect(setGrants(store.database, actor, { id: target.id, grants: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(disableOperator(store.database, actor, target.id)).rejects.toMatchObject({ code: "forbidden" });
  }
});

describe("the last owner", () => {
  test("stays, whoever asks", async () => {
    const owner = await addOperator(store.database, "owner");
    for (const actor of [await owner.actor(), systemActor]) {
      await expect(disableOperator(store.database, actor, owner.id)).rejects.toMatchObject({ code: "last_owner" });
      await expect(setGrants(store.database, actor, { id: owner.id, grants: [desk("admin")] })).rejects.toMatchObject({
        code: "last_owner",
      });
    }
  });

  test("is the last one when the others are disabled", async () => {
    const [owner, other] = [await addOperator(store.database, "owner"), await addOperator(store.database, "owner")];
    await disableOperator(store.database, await owner.actor(), other.id);
    await expect(disableOperator(store.database, systemActor, owner.id)).rejects.toMatchObject({ code: "last_owner" });
  });

  test("remains when two owners disable each other at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      await store.database.operator.deleteMany();
      const [one, other] = [await addOperator(store.database, "owner"), await addOperator(store.database, "owner")];
      const [a, b] = [await one.actor(), await other.actor()];
      const results = await Promise.allSettled([
        disableOperator(store.database, a, other.id),
        disableOperator(store.database, b, one.id),
      ]);
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      expect(await enabledOwners()).toBe(1);
    }
  });

  test("remains when three owners demote each other in a circle, and who was demoted demotes nobody", async () => {
    const owners: TestOperator[] = [];
    for (let count = 0; count < 3; count += 1) owners.push(await addOperator(store.database, "owner"));
    const actors = await Promise.all(owners.map((owner) => owner.actor()));
    await Promise.allSettled(
      actors.map((actor, index) =>
        setGrants(store.database, actor, { id: owners[(index + 1) % 3]?.id ?? "", grants: [desk("auditor")] }),
      ),
    );
    expect(await enabledOwners()).toBeGreaterThanOrEqual(1);
  });
});

describe("disabling", () => {
  test("ends all sessions at once; enabling brings none of them back", async () => {
    const [owner, target] = [
      await addOperator(store.database, "owner"),
      await addOperator(store.database, "moderator"),
    ];
    const session = await addSession(store.database, target.id);
    await disableOperator(store.database, await owner.actor(), target.id);
    const revoked = async () =>
      (await store.database.session.findUniqueOrThrow({ where: { id: session } })).revokedAt !== null;
    expect(await revoked()).toBe(true);
    expect((await target.actor()).grants).toEqual([]);
    await enableOperator(store.database, await owner.actor(), target.id);
    expect(await revoked()).toBe(true);
    expect(await rolesOf(target.id)).toEqual([desk("moderator")]);
  });

  test("takes back the invites the operator had open, so there is no way back in", async () => {
    const [owner, admin] = [await addOperator(store.database, "owner"), await addOperator(store.database, "admin")];
    const input = { role: "admin", botId: null, label: "", hours: 72 };
    const theirs = await createInvite(store.database, await admin.actor(), input);
    const others = await createInvite(store.database, await owner.actor(), input);
    await disableOperator(store.database, await owner.actor(), admin.id);
    await expect(previewInvite(store.database, theirs.token)).rejects.toMatchObject({ code: "invite_invalid" });
    expect(await previewInvite(store.database, others.token)).toMatchObject({ role: "admin" });
  });

  test("uses the rights of this moment: who was disabled meanwhile cannot strike back with an old call", async () => {
    const [owner, admin] = [await addOperator(store.database, "owner"), await addOperator(store.database, "admin")];
    const target = await addOperator(store.database, "moderator");
    const stale = await admin.actor();
    await disableOperator(store.database, await owner.actor(), admin.id);
    await expect(disableOperator(store.database, stale, target.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("losing a role takes back open invites that only this role allowed", async () => {
  const [one, other] = [await addOperator(store.database, "owner"), await addOperator(store.database, "owner")];
  const invite = async (role: string) =>
    createInvite(store.database, await other.actor(), { role, botId: null, label: "", hours: 72 });
  const [owner, auditor] = [await invite("owner"), await invite("auditor")];
  await setGrants(store.database, await one.actor(), { id: other.id, grants: [desk("admin")] });
  await expect(previewInvite(store.database, owner.token)).rejects.toMatchObject({ code: "invite_invalid" });
  expect(await previewInvite(store.database, auditor.token)).toMatchObject({ role: "auditor" });
});

test("the list has everybody, with grants, last sign of life and whether who asks may change them", async () => {
  const [owner, admin] = [await addOperator(store.database, "owner"), await addOperator(store.database, "admin")];
  const bot = await addBot(store.database, "Gate");
  const moderator = await addOperator(store.database, { roleId: "moderator", botId: bot });
  await addSession(store.database, moderator.id);
  const manageable = async (actor: Awaited<ReturnType<typeof owner.actor>>) =>
    (await listOperators(store.database, actor)).filter((row) => row.canManage).map((row) => row.id);
  expect((await manageable(await owner.actor())).sort()).toEqual([admin.id, moderator.id].sort());
  expect(await manageable(await admin.actor())).toEqual([moderator.id]);
  expect(await manageable(await (await addOperator(store.database, "auditor")).actor())).toEqual([]);
  const rows = await listOperators(store.database, await owner.actor());
  expect(rows.find((row) => row.id === moderator.id)).toMatchObject({
    isDisabled: false,
    lastSeenAt: expect.any(Date),
    grants: [{ roleId: "moderator", botId: bot, botName: "Gate" }],
  });
  expect(rows.find((row) => row.id === admin.id)?.lastSeenAt).toBeNull();
  expect(JSON.stringify(rows)).not.toContain("argon2");
});
