import { type Actor, can } from "@/lib/actor";
import { calledOf } from "@/lib/applicant";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import { leftIn } from "@/lib/placeholder";
import type { Verb } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { toClaimed } from "./claim";
import { readClock } from "./clock";
import { conflictOf } from "./conflict";
import { longest, type Share, secondsFor } from "./estimate";
import { toValues } from "./placeholder";
import { type Preferences, readPreferences } from "./preference";
import { refusalOf } from "./refusal";
import { isDecidable, toAnswers, withLatest } from "./row";
import { scoped } from "./scope";
import { readSurroundings, type Surroundings } from "./surroundings";

/** What a bulk decision would come to if it were begun now. */
export interface BatchPreview {
  able: number;
  unable: { id: string; applicantName: string; code: ErrorCode; detail: ErrorDetail }[];
  perBot: Share[];
  /** Until the slowest bot has sent its share. */
  seconds: number;
}

const withBot = {
  include: { ...withLatest.include, bot: { select: { id: true, name: true, platform: true, writeGapMs: true } } },
} as const satisfies Prisma.RequestDefaultArgs;
type Stored = Prisma.RequestGetPayload<typeof withBot>;

interface Ground {
  actor: Actor;
  input: { verb: Verb; reason: string };
  preferences: Preferences;
  now: Date;
}

/** Looks at each request as `decide` would, and changes nothing. Of what is out of sight it says `not_found`. */
export async function previewBatch(
  database: Database,
  actor: Actor,
  input: { verb: Verb; reason: string; ids: readonly string[] },
): Promise<BatchPreview> {
  const ids = [...new Set(input.ids)];
  const rows = await database.request.findMany({
    where: { AND: [scoped(actor), { id: { in: ids } }] },
    ...withBot,
  });
  const around = await readSurroundings(database, actor, rows);
  const ground: Ground = { actor, input, preferences: await readPreferences(database), now: await readClock(database) };
  const found = new Map(rows.map((row) => [row.id, row]));
  const unable: BatchPreview["unable"] = [];
  const shares = new Map<string, { name: string; count: number; writeGapMs: number }>();
  for (const id of ids) {
    const row = found.get(id);
    const refusal = row ? refusalFor(row, around(id), ground) : new DeskError("not_found");
    if (refusal) {
      unable.push({ id, applicantName: row ? calledOf(row) : "", code: refusal.code, detail: refusal.detail });
      continue;
    }
    if (!row) continue;
    const { name, writeGapMs } = row.bot;
    shares.set(row.botId, { name, writeGapMs, count: (shares.get(row.botId)?.count ?? 0) + 1 });
  }
  const perBot = [...shares].map(([botId, { name, count, writeGapMs }]) => ({
    botId,
    name,
    count,
    // What is ignored is never sent.
    seconds: input.verb === "ignore" ? 0 : secondsFor(count, writeGapMs),
  }));
  return { able: ids.length - unable.length, unable, perBot, seconds: longest(perBot) };
}

function refusalFor(row: Stored, around: Surroundings, { actor, input, preferences, now }: Ground): DeskError | null {
  if (!can(actor, "requests.decide", row.botId)) return new DeskError("forbidden", { permission: "requests.decide" });
  if (!isDecidable(row.state)) return conflictOf(row, row.decisions[0] ?? null);
  const { claim } = around;
  if (claim && claim.operatorId !== actor.id) return toClaimed(claim, actor.id);
  const answers = toAnswers(row.answers);
  const refusal = refusalOf({ ...row, answers }, { ...input, again: false }, preferences);
  if (refusal) return refusal;
  // The other one's name takes a query; which it is, the page of the request says.
  if (input.verb !== "ignore" && around.hasTwin) return new DeskError("twin_unresolved", { name: "", id: "" });
  const left = leftIn(input.reason, toValues(row, row.bot.name, actor.name, now));
  return left.length > 0 ? new DeskError("placeholder_left", { names: left.join(", ") }) : null;
}
