import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import { paceDefaults } from "@/lib/pace";
import { builtInRoles } from "@/lib/permissions";
import { platforms } from "@/lib/platform";
import { type BuiltInRole, builtInRoleNames } from "@/lib/role";
import { Recorder } from "@/server/audit/record";
import { lookThrough } from "@/server/gateway/circuit";
import { type Destination, Door } from "@/server/gateway/invoke";
import { Pace } from "@/server/gateway/pace";
import { createLogger } from "@/server/log";
import { catalogues } from "@/server/platforms/catalogues";
import { PlatformError } from "@/server/platforms/error";
import { isBeyond, type Row } from "@/server/platforms/row";
import { createTestDatabase, type TestDatabase } from "../database";
import { napcatInputs } from "../napcat-inputs";
import { inputFor } from "../row-input";

/** Every operation there is. NapCat's inputs are written by hand, the others' made from their schemas. */
const rows: Row[] = platforms.flatMap((platform) => Object.values(catalogues[platform]));
const inputs = new Map(
  rows.map((row) => [row.id, row.id.startsWith("napcat.") ? napcatInputs[row.operation] : inputFor(row)]),
);

/** How a call ended, and what the record says of it by its correlation id. */
interface Seen {
  error: string;
  isSent: boolean;
  events: string[];
}

const botId = uuid();
let store: TestDatabase;
let door: Door;

beforeAll(async () => {
  store = await createTestDatabase();
  const log = createLogger("silent");
  door = new Door(new Recorder(store.database, log), log);
});
afterAll(() => store.drop());

function actorOf(role: BuiltInRole, scope: string | null): Actor {
  const grants = [{ roleId: role, botId: scope, permissions: builtInRoles[role] }];
  const session = { sessionId: null, address: "127.0.0.1", userAgent: "test" };
  return { kind: "operator", id: uuid(), name: role, role, ...session, grants };
}

/** Takes every operation to the door, with those of `extras` switched on. What gets through is refused over there. */
async function walk(actor: Actor, extras: ReadonlySet<string>): Promise<Map<string, Seen>> {
  const sent = new Set<string>();
  const abort = new AbortController();
  const calls = rows.map((row) => ({ row, correlationId: uuid(), error: "" }));
  const destination = (row: Row): Destination => ({
    bot: { id: botId, name: "Front door", platform: row.platform },
    catalogue: catalogues[row.platform],
    extras,
    send: (sending) => {
      sent.add(sending.id);
      return Promise.reject(new PlatformError("platform_refused", { isSent: true }));
    },
    pace: new Pace({ ...paceDefaults[row.platform], writeGapMs: 0 }),
    circuit: lookThrough,
    signal: abort.signal,
  });
  const waiting = [...calls];
  const work = async (): Promise<void> => {
    for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
      const { row, correlationId } = call;
      const invocation = { actor, correlationId, operation: row.operation, input: inputs.get(row.id) };
      call.error = await door.invoke(destination(row), invocation).then(
        () => "none",
        (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  const events = await store.database.auditEvent.findMany({ where: { actorId: actor.id }, include: { outcome: true } });
  return new Map(
    calls.map(({ row, correlationId, error }) => {
      const told = events.filter((event) => event.correlationId === correlationId);
      const lines = told.map(({ endpoint, outcome }) => `${endpoint} ${outcome?.outcome} ${outcome?.error}`);
      return [row.id, { error, isSent: sent.has(row.id), events: lines }];
    }),
  );
}

/** What has to become of every operation: a plain read that goes out leaves no line, everything else exactly one. */
function expected(fateOf: (row: Row) => "sent" | "forbidden" | "operation_off"): Map<string, Seen> {
  return new Map(
    rows.map((row): [string, Seen] => {
      const fate = fateOf(row);
      if (fate !== "sent") return [row.id, { error: fate, isSent: false, events: [`${row.operation} DENIED ${fate}`] }];
      const events = row.risk === "read" ? [] : [`${row.operation} FAILED platform_refused`];
      return [row.id, { error: "platform_refused", isSent: true, events }];
    }),
  );
}

const beyond = rows.filter(isBeyond);
const allExtras = new Set(beyond.map((row) => row.operation));

describe("the door", () => {
  test("is walked with all there is: every platform, and some of what is beyond a vendor's document", () => {
    expect([...new Set(rows.map((row) => row.platform))]).toEqual([...platforms]);
    expect(beyond.length).toBeGreaterThan(0);
  });

  test.each(builtInRoleNames)("lets %s do what the role's permissions say, and records every refusal", async (role) => {
    const names: ReadonlySet<string> = new Set(builtInRoles[role]);
    const seen = await walk(actorOf(role, botId), new Set());
    const fateOf = (row: Row) => {
      if (!names.has(row.permission)) return "forbidden";
      return isBeyond(row) ? "operation_off" : "sent";
    };
    expect(seen).toEqual(expected(fateOf));
  });

  test("lets what is beyond the vendor's document through once it is switched on, and only that more", async () => {
    const names: ReadonlySet<string> = new Set(builtInRoles.moderator);
    const [all, some] = [
      await walk(actorOf("owner", null), allExtras),
      await walk(actorOf("moderator", null), allExtras),
    ];
    expect(all).toEqual(expected(() => "sent"));
    expect(some).toEqual(expected((row) => (names.has(row.permission) ? "sent" : "forbidden")));
  });

  test("opens nothing of this bot to an admin of another", async () => {
    expect(await walk(actorOf("admin", uuid()), allExtras)).toEqual(expected(() => "forbidden"));
  });
});
