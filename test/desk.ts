import { createHash, randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { builtInRoles } from "@/lib/permissions";
import type { BuiltInRole } from "@/lib/role";
import { appRouter } from "@/server/api/router";
import { ensureBuiltInRoles } from "@/server/auth/role";
import type { Config } from "@/server/config";
import { type Bus, openBus } from "@/server/db/bus";
import { openDatabase } from "@/server/db/client";
import { createDesk, type Desk, type DeskOptions } from "@/server/desk/desk";
import { createLogger } from "@/server/log";
import type { Napcat } from "./simulators/napcat";

/** A configuration as the desk would read it; the secret stays the same for one database, over restarts. */
export function testConfig(databaseUrl: string): Config {
  return {
    port: 0,
    host: "127.0.0.1",
    publicUrl: new URL("http://127.0.0.1:3000"),
    dataDir: "/nonexistent",
    databaseUrl,
    secret: createHash("sha256").update(databaseUrl).digest("base64"),
    trustProxy: 0,
    logLevel: "silent",
    metricsToken: null,
  };
}

export interface TestDesk {
  desk: Desk;
  /** An operator in the database and as an actor, with a role on the whole desk or on one bot. */
  operator(role: BuiltInRole, botId?: string | null, name?: string): Promise<Actor>;
  /** The API as this actor calls it, past HTTP; null is a visitor. */
  as(actor: Actor | null): ReturnType<typeof appRouter.createCaller>;
  /** Adds a bot for a simulator and waits until its connection stands. */
  connect(
    napcat: Pick<Napcat, "wsUrl" | "token">,
    name?: string,
    connection?: Record<string, unknown>,
  ): Promise<string>;
  stop(): Promise<void>;
}

/** A running desk on a database of its own: real bus, real worker, real connections; only HTTP is left out. */
export async function startDesk(databaseUrl: string, options: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const log = createLogger("silent");
  const database = openDatabase(databaseUrl);
  const bus = await openBus(databaseUrl, log);
  await ensureBuiltInRoles(database);
  // Decisions go out at once, unless the test or an earlier desk on this database has set it.
  await database.setting.createMany({ data: { key: "desk.undoSeconds", value: 0 }, skipDuplicates: true });
  const desk = createDesk({
    database,
    bus,
    log,
    config: testConfig(databaseUrl),
    pace: { writeGapMs: 0, readLimit: 4 },
    ...options,
  });
  await desk.start();
  const self: TestDesk = {
    desk,
    async operator(role, botId = null, name = `${role} ${randomBytes(2).toString("hex")}`) {
      const id = uuid();
      const grants = { create: { id: uuid(), roleId: role, botId } };
      await database.operator.create({ data: { id, name, email: `${id}@example.org`, passwordHash: "none", grants } });
      return toActor(id, name, role, botId);
    },
    as(actor) {
      const visitor: Actor = {
        ...toActor(uuid(), "", "auditor", null),
        kind: "visitor",
        id: null,
        role: null,
        grants: [],
      };
      return appRouter.createCaller({
        desk,
        actor,
        visitor,
        correlationId: desk.correlation(),
        reauthenticate: async () => actor,
      });
    },
    async connect(
      napcat,
      name = `bot ${randomBytes(2).toString("hex")}`,
      connection = { transport: "forward", wsUrl: napcat.wsUrl },
    ) {
      const owner = toActor(uuid(), "fixture", "owner", null);
      const caller = self.as(owner);
      const { id } = await caller.bots.create({ name, platform: "napcat", connection, token: napcat.token });
      await until(desk, async () => (desk.connections.isConnected(id) ? true : undefined));
      return id;
    },
    async stop() {
      await desk.stop();
      await bus.close();
      await database.$disconnect();
    },
  };
  return self;
}

/**
 * Waits for a state of the desk: asks `look` now and after every fact on the bus until it answers. No polling: what
 * the desk does not announce would hang here, and a browser would miss it as well.
 */
export async function until<T>(desk: { bus: Bus }, look: () => Promise<T | undefined>): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    let isLooking = false;
    let isAskedAgain = false;
    const ask = () => {
      if (isLooking) {
        isAskedAgain = true;
        return;
      }
      isLooking = true;
      look()
        .then((found) => {
          isLooking = false;
          if (found !== undefined) {
            unsubscribe();
            resolve(found);
          } else if (isAskedAgain) {
            isAskedAgain = false;
            ask();
          }
        })
        .catch((cause: unknown) => {
          unsubscribe();
          reject(cause);
        });
    };
    const unsubscribe = desk.bus.subscribe(ask, ask);
    ask();
  });
}

function toActor(id: string, name: string, role: BuiltInRole, botId: string | null): Actor {
  return {
    kind: "operator",
    id,
    name,
    role,
    sessionId: null,
    address: "127.0.0.1",
    userAgent: "test",
    grants: [{ roleId: role, botId, permissions: builtInRoles[role] }],
  };
}
