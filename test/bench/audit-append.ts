import { Pool } from "pg";
import { v7 as uuid } from "uuid";
import { Recorder } from "@/server/audit/record";
import { openBus } from "@/server/db/bus";
import { openDatabase } from "@/server/db/client";
import { createLogger } from "@/server/log";
import { visitor } from "../people";
import { type Figure, toFigure } from "./figure";
import type { Piece } from "./piece";
import { rate } from "./sample";

const appends = 1_000;
const atOnce = 10;

/**
 * Events begun and settled against the two bare INSERTs of the same rows, each committed for itself as the record's
 * are: the event must be safe before the act. With and without telling open screens, which the desk does.
 */
export const auditAppend: Piece = {
  name: "audit-append",
  limitMs: 180_000,
  async measure(stage) {
    const url = await stage.database();
    const log = createLogger("error");
    const database = openDatabase(url);
    stage.own(() => database.$disconnect());
    const pool = new Pool({ connectionString: url, max: atOnce });
    // A connection that is being closed when the server stops says so; nobody asks it anything any more.
    pool.on("error", () => undefined);
    stage.own(() => pool.end());
    const bus = await openBus(url, log);
    stage.own(() => bus.close());
    const silent = new Recorder(database, log);
    const telling = new Recorder(database, log, (id, botId) => bus.publish({ topic: "audit", id, botId, version: 1 }));

    const ways = [() => insert(pool), () => append(silent), () => append(telling)];
    const rates = ways.map((): number[] => []);
    for (const way of ways) await rate(appends / 5, atOnce, way);
    for (let run = 0; run < stage.runs; run += 1)
      for (const [at, way] of ways.entries()) rates[at]?.push(await rate(appends, atOnce, way));
    const [bare = [], quiet = [], told = []] = rates;
    const figure = (what: string, samples: number[]): Figure =>
      toFigure({
        what,
        unit: "1/s",
        samples,
        floor: { what: "bare INSERTs", samples: bare },
        aim: { text: "at least half", isMet: ({ median, floor }) => median >= floor / 2 },
      });
    return [figure("appends, 10 at once", quiet), figure("the same, screens told", told)];
  },
};

const botId = uuid();
const input = { verb: "approve", reason: "", version: 1 };
const after = { state: "held", version: 2 };

async function append(recorder: Recorder): Promise<void> {
  const open = await recorder.begin({
    ...{ correlationId: uuid(), actor: visitor, action: "requests.decide", risk: "write" },
    ...{ botId, botName: "Front door", platform: "napcat", groupId: "500001", personId: "30000001" },
    ...{ target: "Somebody", input },
  });
  await recorder.settle(open, { outcome: "OK", after });
}

async function insert(pool: Pool): Promise<void> {
  const id = uuid();
  const { kind, name, address, userAgent } = visitor;
  await pool.query({
    name: "event",
    text: `insert into "AuditEvent" ("id", "at", "correlationId", "actorKind", "actorName", "address", "userAgent", "action", "risk",
      "botId", "botName", "platform", "groupId", "personId", "target", "input")
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    values: [
      ...[id, new Date(), uuid(), kind, name, address, userAgent, "requests.decide", "write"],
      ...[botId, "Front door", "napcat", "500001", "30000001", "Somebody", JSON.stringify(input)],
    ],
  });
  await pool.query({
    name: "outcome",
    text: `insert into "AuditOutcome" ("eventId", "at", "outcome", "durationMs", "after") values ($1, $2, $3, $4, $5)`,
    values: [id, new Date(), "OK", 1, JSON.stringify(after)],
  });
}
