import { Client } from "pg";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffMigrations } from "@/server/db/engine";
import { migrate } from "@/server/db/migrate";
import { migrationNames } from "@/server/db/migrations";
import { createDatabase, createTestDatabase, type TestDatabase } from "@/test/database";

async function withClient<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

describe("migrations", () => {
  it("bring an empty database to the code's schema once, and have nothing to do the second time", async () => {
    const { url, drop } = await createDatabase();
    expect(await migrate(url)).toEqual(await migrationNames());
    expect(await migrate(url)).toEqual([]);
    await drop();
  });

  it("applied by two instances at once are applied once", async () => {
    const { url, drop } = await createDatabase();
    const both = await Promise.all([migrate(url), migrate(url)]);
    expect(both.flat().sort()).toEqual(await migrationNames());
    await drop();
  });

  it("lead to prisma/schema.prisma exactly, so no change to it was forgotten", async () => {
    const { url, drop } = await createDatabase();
    expect(await diffMigrations(url)).toBe("");
    await drop();
  });

  it("of a later version stop the start with one clear line", async () => {
    const { url, drop } = await createDatabase();
    await migrate(url);
    await withClient(url, (client) =>
      client.query(
        `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at) values ('x', 'x', '29990101000000_from_the_future', now(), now())`,
      ),
    );
    await expect(migrate(url)).rejects.toThrow(
      /^The database is newer than this Gatehouse: .*29990101000000_from_the_future[^\n]*$/,
    );
    await drop();
  });

  it("cut short by a crash are applied from their beginning", async () => {
    const { url, drop } = await createDatabase();
    await migrate(url);
    const [first] = await migrationNames();
    await withClient(url, async (client) => {
      const tables = await client.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
      );
      await client.query(`drop table ${tables.rows.map(({ name }) => `"${name}"`).join(", ")} cascade`);
      await client.query("drop function gatehouse_audit_refuse, gatehouse_audit_retention");
      await client.query("update _prisma_migrations set finished_at = null, applied_steps_count = 0");
    });
    expect(await migrate(url)).toContain(first);
    expect(await migrate(url)).toEqual([]);
    await drop();
  });

  it("of an unreachable database fail with its host and never its password", async () => {
    const failed = migrate("postgresql://desk:hunter2secret@127.0.0.1:1/desk");
    await expect(failed).rejects.toThrow(/127\.0\.0\.1:1\/desk cannot be reached/);
    await expect(failed).rejects.not.toThrow(/hunter2secret/);
  });
});

describe("the record", () => {
  let test: TestDatabase;
  const old = "00000000-0000-7000-8000-000000000001";
  const recent = "00000000-0000-7000-8000-000000000002";

  beforeAll(async () => {
    test = await createTestDatabase();
    for (const [id, days] of [
      [old, 40],
      [recent, 1],
    ] as const) {
      const at = new Date(Date.now() - days * 86_400_000);
      await test.database.auditEvent.create({
        data: {
          ...{ id, at, correlationId: id, actorKind: "system", actorName: "Gatehouse", action: "test", risk: "read" },
          outcome: { create: { at, outcome: "DENIED", error: "forbidden", durationMs: 1 } },
          repeats: { create: { id: `${id.slice(0, -3)}9${id.slice(-2)}`, at, correlationId: id } },
        },
      });
    }
  });
  afterAll(() => test.drop());

  const acts = [
    ["UPDATE of an event", `update "AuditEvent" set "action" = 'x'`],
    ["DELETE of an event", `delete from "AuditEvent"`],
    ["TRUNCATE of the events", `truncate "AuditEvent" cascade`],
    ["UPDATE of an outcome", `update "AuditOutcome" set "outcome" = 'FAILED'`],
    ["DELETE of an outcome", `delete from "AuditOutcome"`],
    ["TRUNCATE of the outcomes", `truncate "AuditOutcome"`],
    ["UPDATE of a repeated refusal", `update "AuditRepeat" set "target" = 'x'`],
    ["DELETE of a repeated refusal", `delete from "AuditRepeat"`],
    ["TRUNCATE of the repeated refusals", `truncate "AuditRepeat"`],
  ] as const;

  it.each(acts)("refuses %s to the owner and to any superuser, replication role included", async (_name, sql) => {
    await withClient(test.url, async (client) => {
      await expect(client.query(sql)).rejects.toThrow(/append-only/);
      await client.query("set session_replication_role = replica");
      await expect(client.query(sql)).rejects.toThrow(/append-only/);
      await client.query("begin; create role other_superuser superuser; set local role other_superuser");
      await expect(client.query(sql)).rejects.toThrow(/append-only/);
      await client.query("rollback");
    });
  });

  it("is not fooled by a statement that only quotes the retention function", async () => {
    const line = "\nPL/pgSQL function gatehouse_audit_retention(interval) line 20 at SQL statement";
    const ofEvents = `DELETE FROM "AuditEvent" WHERE "at" < cutoff`;
    const ofChildren = (table: string) =>
      `DELETE FROM "${table}" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff)`;
    const forged = [
      `DELETE FROM "AuditEvent" WHERE "at" < now() /*${line} */`,
      `DELETE FROM "AuditEvent" WHERE "at" < now() /* ${ofEvents}"${line} */`,
      // One that nothing refers to: no other table's trigger stands behind it.
      `DELETE FROM "AuditEvent" WHERE "action" = 'begun' /* ${ofEvents}"${line} */`,
      `DELETE FROM "AuditOutcome" WHERE "at" < now() /* ${ofChildren("AuditOutcome")}"${line} */`,
      `DELETE FROM "AuditRepeat" WHERE "at" < now() /* ${ofChildren("AuditRepeat")}"${line} */`,
      `DELETE FROM "AuditRepeat" WHERE $q$${ofChildren("AuditRepeat")}"${line}$q$ <> ''`,
      `/**/DELETE FROM "AuditRepeat" /*${ofChildren("AuditRepeat")}"${line}*/`,
    ];
    await test.database.auditEvent.create({
      data: {
        ...{ id: uuid(), at: new Date(), correlationId: uuid(), actorKind: "system", actorName: "Gatehouse" },
        ...{ action: "begun", risk: "read" },
      },
    });
    for (const sql of forged) {
      const block = `do $do$ begin execute $x$${sql}$x$; end $do$`;
      await withClient(test.url, (client) => expect(client.query(block)).rejects.toThrow(/append-only/));
    }
  });

  it("is kept for 30 days at least", async () => {
    await withClient(test.url, (client) =>
      expect(client.query("select gatehouse_audit_retention(interval '29 days')")).rejects.toThrow(/30 days/),
    );
  });

  it("refuses retention to a superuser who does not own it", async () => {
    await withClient(test.url, async (client) => {
      await client.query("begin; create role other_superuser superuser; set local role other_superuser");
      await expect(client.query("select gatehouse_audit_retention(interval '30 days')")).rejects.toThrow(/append-only/);
      await client.query("rollback");
    });
  });

  it("loses what is older through the retention function, which records itself", async () => {
    const answer = await withClient(test.url, (client) =>
      client.query<{ removed: string }>("select gatehouse_audit_retention(interval '30 days') as removed"),
    );
    expect(answer.rows[0]?.removed).toBe("1");
    const events = await test.database.auditEvent.findMany({ orderBy: { id: "asc" }, include: { outcome: true } });
    expect(events.map((event) => [event.action, event.outcome?.outcome])).toEqual([
      ["test", "DENIED"],
      ["begun", undefined],
      ["audit.retention", "OK"],
    ]);
    expect((await test.database.auditRepeat.findMany()).map(({ eventId }) => eventId)).toEqual([recent]);
    expect(events[0]?.id).toBe(recent);
    expect(events[2]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    expect(events[2]?.outcome?.after).toEqual({ removed: 1 });
  });
});
