import type { Actor } from "@/lib/actor";
import type { Piece } from "./piece";
import { compareSizes, openSized, type Question, type Sized } from "./two-sizes";

type Filter = Parameters<ReturnType<Sized["test"]["as"]>["requests"]["list"]>[0];

/** The bots of the fixture have these ids, switched off so that nobody dials them. */
const botId = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;

const words = {
  "Latin, one row": "mark-500-",
  "Latin, one in 100": "word-42",
  "Latin, all rows": "please",
  "Latin, no row": "nowhere",
  "Chinese, one row": "沈雁冰",
  "Chinese, one row, one letter": "雁",
  "Chinese, one in 1,000": "林乔",
  "Chinese, all rows": "老同学",
  "Chinese, no row": "夏目",
} as const;

/** The queue as a moderator sees it, and as a moderator of one bot of four. */
export const queuePage: Piece = {
  name: "queue-page",
  limitMs: 900_000,
  async measure(stage) {
    const [small, large] = [await openSized(stage, 1_000, fill(1_000)), await openSized(stage, 100_000, fill(100_000))];
    const everywhere = await seat([small, large], null);
    const ofOne = await seat([small, large], botId(1));
    const list =
      (actors: Map<Sized, Actor>, filter: Filter = {}): Question["ask"] =>
      (sized) =>
        sized.test.as(actors.get(sized) ?? null).requests.list({ limit: 50, ...filter });
    const counts =
      (actors: Map<Sized, Actor>, filter: Filter = {}): Question["ask"] =>
      (sized) =>
        sized.test.as(actors.get(sized) ?? null).requests.counts(filter);
    const page = (condition: string) => `select * from "Request" where ${condition} order by "id" desc limit 51`;
    const open = `"state" in ('waiting', 'held', 'sending', 'failed', 'unknown')`;
    const isOfOne = `"botId" = '${botId(1)}'`;
    const having = (text: string) => page(`"searchText" like '%${text}%'`);
    const byState = (condition: string) => `select "state", count(*) from "Request" where ${condition} group by 1`;
    return await compareSizes(stage, small, large, [
      { what: "first page", ask: list(everywhere), bare: page(open) },
      { what: "first page, of one bot", ask: list(ofOne), bare: page(`${open} and ${isOfOne}`) },
      ...Object.entries(words).map(([what, text]) => ({
        what: `search, ${what}`,
        ask: list(everywhere, { text, state: "all" }),
        bare: having(text),
      })),
      { what: "search, open ones of one bot", ask: list(ofOne, { text: "林乔" }), bare: having("林乔") },
      { what: "counts of every filter", ask: counts(everywhere), bare: byState("true") },
      { what: "counts, of one bot", ask: counts(ofOne), bare: byState(isOfOne) },
      {
        what: "counts under a rare word",
        ask: counts(everywhere, { text: words["Latin, one row"] }),
        bare: byState("true"),
      },
      {
        what: "counts under a common word",
        ask: counts(everywhere, { text: words["Latin, all rows"] }),
        bare: byState("true"),
      },
    ]);
  },
};

async function seat(sizes: readonly Sized[], on: string | null): Promise<Map<Sized, Actor>> {
  const actors = new Map<Sized, Actor>();
  for (const sized of sizes) actors.set(sized, await sized.test.operator("moderator", on));
  return actors;
}

/**
 * Four bots; requests over a year of which one in ten is open, the others decided with a row each. In every text one word
 * that all share, one of a hundred, a name in Chinese of which one in a thousand is looked for, and a mark of its own.
 */
function fill(rows: number): string[] {
  return [
    `insert into "Bot" ("id", "name", "platform", "connection", "isEnabled")
     select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'Bot ' || n, 'napcat', '{}', false
     from generate_series(1, 4) n`,
    // Requests that arrive make their own grams; so many at once are quicker done with one statement.
    `alter table "Request" disable trigger "Request_grams"`,
    `insert into "Request" ("id", "botId", "kind", "key", "applicantId", "applicantName", "message", "groupId", "groupName",
       "source", "handle", "raw", "answers", "state", "twinKey", "searchText", "arrivedAt", "closedAt")
     select uuidv7(age), ('00000000-0000-7000-8000-00000000000' || 1 + n % 4)::uuid,
       (array['friend', 'group_join'])[1 + n % 2], 'key ' || n, person, name, message, "group", '群 ' || "group",
       'search', jsonb_build_object('flag', n::text), jsonb_build_object('comment', message, 'user_id', person, 'flag', n),
       '{"approve": true, "deny": true, "takesReason": true}', state,
       case when n % 2 = 0 then n::text end, lower(concat_ws(E'\\n', name, person, message, '群 ' || "group", "group")),
       now() + age, case when state <> 'waiting' then now() + age end
     from (
       select n, (n - ${rows}) * interval '1 year' / ${rows} - interval '1 minute' as age,
         (30000000 + n)::text as person, (500000 + n % 300)::text as "group",
         case when n = 300 then '沈雁冰' when n % 1000 = 40 then '林乔' else (array['王', '李', '张', '陈'])[1 + n % 4] || '小' || (n % 97) end as name,
         'Let me in please, mark-' || n || '- from word-' || n % 100 || ' 我是老同学，想加入讨论' as message,
         case when n % 10 = 0 then 'waiting' when n % 10 < 7 then 'confirmed' else 'elsewhere' end as state
       from generate_series(1, ${rows}) n
     ) made order by n`,
    `alter table "Request" enable trigger "Request_grams"`,
    `do $$ declare made text := pg_get_indexdef('"RequestGrams_grams_idx"'::regclass);
     begin
       drop index "RequestGrams_grams_idx";
       insert into "RequestGrams" select "id", gatehouse_grams("searchText") from "Request";
       execute made;
     end $$`,
    `insert into "Decision" ("id", "requestId", "verb", "state", "actor", "actorName", "correlationId", "settledAt")
     select uuidv7(r."arrivedAt" - now() + interval '1 second'), r."id", 'approve', 'confirmed', '{}', 'Mara', uuidv7(), r."closedAt"
     from "Request" r where r."state" = 'confirmed'`,
  ];
}
