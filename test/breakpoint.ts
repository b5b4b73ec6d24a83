import { Client } from "pg";

/** Moments in the life of a decision at which its desk can be stopped, in their order. */
export type Point = "take" | "fence" | "started" | "outcome" | "settle" | "confirm";

/** And the one in the life of a batch: its decisions are written, what it says of itself is not, nothing is committed. */
export type BatchPoint = "item";

/** First key of the advisory locks that hold a desk at a point; the second is the point's number. */
const space = 77;
const numbers: Record<Point | BatchPoint, number> = {
  ...{ take: 1, fence: 2, started: 3, outcome: 4, settle: 5, confirm: 6 },
  item: 7,
};

/** When the statement that brings a decision to a point is about to run. */
const triggers = `
  CREATE FUNCTION test_stop() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF tg_table_name = 'AuditOutcome' THEN
      IF NOT EXISTS (SELECT 1 FROM "AuditEvent" WHERE "id" = NEW."eventId" AND "capability" = 'requests.answer') THEN RETURN NEW; END IF;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(${space}, tg_argv[0]::int);
    RETURN NEW;
  END $$;
  CREATE TRIGGER test_take BEFORE UPDATE ON "Decision" FOR EACH ROW
    WHEN (OLD."state" = 'held' AND NEW."state" = 'sending') EXECUTE FUNCTION test_stop(1);
  CREATE TRIGGER test_fence BEFORE UPDATE ON "Decision" FOR EACH ROW
    WHEN (OLD."sentAt" IS NULL AND NEW."sentAt" IS NOT NULL) EXECUTE FUNCTION test_stop(2);
  CREATE TRIGGER test_started BEFORE INSERT ON "AuditEvent" FOR EACH ROW
    WHEN (NEW."capability" = 'requests.answer') EXECUTE FUNCTION test_stop(3);
  CREATE TRIGGER test_outcome BEFORE INSERT ON "AuditOutcome" FOR EACH ROW EXECUTE FUNCTION test_stop(4);
  CREATE TRIGGER test_settle BEFORE UPDATE ON "Decision" FOR EACH ROW
    WHEN (OLD."state" = 'sending' AND NEW."state" IN ('sent', 'unknown', 'failed')) EXECUTE FUNCTION test_stop(5);
  CREATE TRIGGER test_confirm BEFORE UPDATE ON "Decision" FOR EACH ROW
    WHEN (OLD."state" = 'sent' AND NEW."state" = 'confirmed') EXECUTE FUNCTION test_stop(6);
  CREATE TRIGGER test_item BEFORE UPDATE ON "BatchItem" FOR EACH ROW
    WHEN (OLD."state" = 'queued' AND NEW."state" = 'taken') EXECUTE FUNCTION test_stop(7);`;

/** Holds whoever works on a database at a chosen statement, by locks that triggers wait for. */
export class Breakpoints {
  private constructor(private readonly client: Client) {}

  static async install(databaseUrl: string): Promise<Breakpoints> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(triggers);
    return new Breakpoints(client);
  }

  async set(point: Point | BatchPoint): Promise<void> {
    await this.client.query("select pg_advisory_lock($1, $2)", [space, numbers[point]]);
  }

  /** Waits until somebody stands there. Asked again and again: a lock that is waited for announces itself nowhere. */
  async reached(point: Point | BatchPoint): Promise<void> {
    while ((await this.waiting(point)).length === 0);
  }

  /** Lets go. The statements that wait are ended first: their desk is dead, and they must not be carried out for it. */
  async clear(point: Point | BatchPoint): Promise<void> {
    for (const pid of await this.waiting(point))
      await this.client.query("select pg_terminate_backend($1, 5000)", [pid]);
    await this.release(point);
  }

  /** Lets those who stand there go on. */
  async release(point: Point | BatchPoint): Promise<void> {
    await this.client.query("select pg_advisory_unlock($1, $2)", [space, numbers[point]]);
  }

  async remove(): Promise<void> {
    await this.client.query("drop function test_stop() cascade");
    await this.client.end();
  }

  private async waiting(point: Point | BatchPoint): Promise<number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      "select pid from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and not granted",
      [space, numbers[point]],
    );
    return rows.map((row) => row.pid);
  }
}
