import type { Actor } from "@/lib/actor";
import type { Piece } from "./piece";
import { compareSizes, openSized, type Question, type Sized } from "./two-sizes";

type Filter = Parameters<ReturnType<Sized["test"]["as"]>["audit"]["list"]>[0];

const id = (kind: string, number: number) => `${kind}0000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const actorId = id("a", 3);
const botId = id("b", 2);
const actorCount = 4;

/** The record's first page, as an auditor sees it, and as an auditor of one bot of five. */
export const auditPage: Piece = {
  name: "audit-page",
  limitMs: 600_000,
  async measure(stage) {
    const small = await openSized(stage, 1_000, fill(1_000));
    const large = await openSized(stage, 1_000_000, fill(1_000_000));
    const actors = new Map<Sized, { all: Actor; ofOne: Actor }>();
    for (const sized of [small, large]) {
      const { test } = sized;
      await test.desk.database.bot.create({
        data: { id: botId, name: "Bot 2", platform: "napcat", connection: {}, isEnabled: false },
      });
      actors.set(sized, { all: await test.operator("auditor"), ofOne: await test.operator("auditor", botId) });
    }
    const list =
      (filter: Filter, who: "all" | "ofOne" = "all"): Question["ask"] =>
      (sized) =>
        sized.test.as(actors.get(sized)?.[who] ?? null).audit.list({ limit: 50, ...filter });
    const page = (condition: string) =>
      `select * from "AuditEvent" e left join "AuditOutcome" o on o."eventId" = e."id"
       where ${condition} order by e."id" desc limit 51`;
    const ofActor = `e."actorId" = '${actorId}'`;
    const ofBot = `e."botId" = '${botId}'`;
    const half = { from: new Date(Date.now() - 86_400_000 * 330), to: new Date(Date.now() - 86_400_000 * 150) };
    const inHalf = `e."at" >= '${half.from.toISOString()}' and e."at" < '${half.to.toISOString()}'`;
    return await compareSizes(stage, small, large, [
      { what: "unfiltered", ask: list({}), bare: page("true") },
      { what: "unfiltered, of one bot", ask: list({}, "ofOne"), bare: page(ofBot) },
      {
        what: "actor and action",
        ask: list({ actorId, action: "requests.decide" }),
        bare: page(`${ofActor} and e."action" = 'requests.decide'`),
      },
      {
        // Few have failed in the small table: a page that only the large one can fill would compare how much is shown.
        what: "bot and failed, pages of 5",
        ask: list({ botId, outcome: "FAILED", limit: 5 }),
        bare: page(`${ofBot} and o."outcome" = 'FAILED'`),
      },
      {
        what: "actor and person, one row",
        ask: list({ actorId: id("a", 500 % actorCount), personId: "30000500" }),
        bare: page(`e."personId" = '30000500'`),
      },
      {
        what: "action and refused, none",
        ask: list({ action: "bots.remove", outcome: "DENIED" }),
        bare: page(`e."action" = 'bots.remove' and o."outcome" = 'DENIED'`),
      },
      { what: "half a year, of an actor", ask: list({ ...half, actorId }), bare: page(`${inHalf} and ${ofActor}`) },
      { what: "half a year, of a bot", ask: list({ ...half, botId }), bare: page(`${inHalf} and ${ofBot}`) },
      {
        what: "begun and never ended, of a bot",
        ask: list({ botId, outcome: "STARTED" }),
        bare: page(`${ofBot} and o."eventId" is null`),
        isTold: true,
      },
      {
        what: "a text one row has",
        ask: list({ text: "Person 500." }),
        bare: page(`e."target" ilike '%Person 500.%'`),
        isTold: true,
      },
    ]);
  },
};

/**
 * Events over a year: 4 actors, 5 bots, 300 groups, a person each; 3 of 100 failed, 1 refused, few unknown or never
 * ended; what removes bots is rare and never refused.
 */
function fill(rows: number): string[] {
  return [
    `insert into "AuditEvent" ("id", "at", "correlationId", "actorKind", "actorId", "actorName", "role", "sessionId", "address",
       "userAgent", "action", "risk", "botId", "botName", "platform", "requestId", "groupId", "personId", "target", "input")
     select uuidv7(age), now() + age, uuidv7(age), 'operator', ('a0000000-0000-7000-8000-' || lpad((n % ${actorCount})::text, 12, '0'))::uuid,
       'Operator ' || n % ${actorCount}, 'moderator', ('c0000000-0000-7000-8000-' || lpad((n % 40)::text, 12, '0'))::uuid, '192.0.2.' || n % ${actorCount},
       'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
       case when n % 500 = 1 then 'bots.remove' when n % 7 < 3 then 'requests.decide' when n % 7 < 6 then 'requests.answer' else 'requests.note' end,
       case when n % 500 = 1 then 'destructive' else 'write' end,
       ('b0000000-0000-7000-8000-' || lpad((n % 5)::text, 12, '0'))::uuid, 'Bot ' || n % 5, 'napcat', uuidv7(age),
       (500000 + n % 300)::text, (30000000 + n)::text, 'Person ' || n || '.', jsonb_build_object('verb', 'approve', 'reason', '', 'version', 1)
     from (
       select n, (n - ${rows}) * interval '1 year' / ${rows} - interval '1 minute' as age from generate_series(1, ${rows}) n
     ) made order by n`,
    `insert into "AuditOutcome" ("eventId", "at", "outcome", "error", "durationMs", "after")
     select "id", "at" + interval '20 milliseconds', outcome, case when outcome <> 'OK' then 'timeout' end, 20, '{"state": "held", "version": 2}'
     from (
       select "id", "at", n, case when n % 100 < 3 then 'FAILED' when n % 100 = 50 then 'DENIED' when n % 500 in (1, 7) and n % 3 = 0
         then 'UNKNOWN' else 'OK' end as outcome
       from (select "id", "at", substr("personId", 2)::int as n from "AuditEvent") numbered
     ) made where n % 400 <> 13 order by "id"`,
  ];
}
