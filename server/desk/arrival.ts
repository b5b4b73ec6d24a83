import { isDeepStrictEqual } from "node:util";
import { v7 as uuid } from "uuid";
import { toLine, toLines } from "@/server/audit/line";
import { redact } from "@/server/audit/redact";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Arrival } from "@/server/platforms/arrival";
import { readClock } from "./clock";
import { closeElsewhere } from "./elsewhere";
import { moveRequest } from "./move";

const maximumText = 4_000;
const maximumName = 200;
/** The fold shows a payload to a person; a platform that sends megabytes as one request does not get to store them. */
const maximumRaw = 64 * 1024;

/** What became of an arrival. */
export type ArrivalResult = "stored" | "known" | "elsewhere" | "already_handled";

/**
 * Stores an arrival once, whoever brings it (a push, a repeated push, a poll). An arrival that the platform lists as
 * handled closes the request as decided elsewhere, unless a decision of ours is on its way; one that was handled before
 * the desk ever saw it is left out, since nobody here has to decide it.
 */
export async function storeArrival(database: Database, botId: string, arrival: Arrival): Promise<ArrivalResult> {
  const stored = await database.request.findUnique({
    where: { botId_key: { botId, key: arrival.key } },
    select: { id: true, state: true, groupName: true, applicantName: true, answers: true },
  });
  if (stored) {
    if (!arrival.isHandled) {
      // Listed again after it had left the list: it is still waiting over there, and somebody has to see it.
      if (stored.state === "expired")
        await database.$transaction((tx) => moveRequest(tx, stored.id, ["expired"], "waiting"));
      await complete(database, stored, arrival);
      return "known";
    }
    const { by } = arrival.isHandled;
    const moved = await database.$transaction((tx) =>
      closeElsewhere(tx, stored.id, ["waiting", "failed", "ignored"], by),
    );
    return moved === null ? "known" : "elsewhere";
  }
  if (arrival.isHandled) return "already_handled";
  const id = uuid();
  return await database.$transaction(async (tx) => {
    // skipDuplicates is ON CONFLICT DO NOTHING: of a push and a poll at the same moment one stores, the other finds it.
    const arrivedAt = await readClock(tx);
    const row = { ...toRow(id, botId, arrival), arrivedAt };
    const { count } = await tx.request.createMany({ data: [row], skipDuplicates: true });
    if (count === 0) return "known";
    await publishIn(tx, { topic: "request", id, botId, version: 1 });
    return "stored";
  });
}

/**
 * A push knows fewer names than the list: fill in what was missing, never overwrite. What can be done with it follows what
 * the platform offers now.
 */
async function complete(
  database: Database,
  stored: { id: string; groupName: string | null; applicantName: string; answers: Prisma.JsonValue },
  arrival: Arrival,
): Promise<void> {
  const groupName = !stored.groupName && arrival.groupName ? cleanName(arrival.groupName) : null;
  const applicantName = !stored.applicantName && arrival.applicantName ? cleanName(arrival.applicantName) : null;
  const isOffered = isDeepStrictEqual(stored.answers, arrival.answers);
  if (groupName === null && applicantName === null && isOffered) return;
  await database.$transaction(async (tx) => {
    const row = await tx.request.update({
      where: { id: stored.id },
      data: {
        ...(groupName === null ? {} : { groupName }),
        ...(applicantName === null ? {} : { applicantName }),
        ...(isOffered ? {} : { answers: toJson(arrival.answers) }),
        searchText: toSearchText({
          ...arrival,
          groupName: groupName ?? stored.groupName,
          applicantName: applicantName ?? stored.applicantName,
        }),
      },
      select: { botId: true, version: true },
    });
    await publishIn(tx, { topic: "request", id: stored.id, botId: row.botId, version: row.version });
  });
}

function toRow(id: string, botId: string, arrival: Arrival): Prisma.RequestCreateManyInput {
  return {
    id,
    botId,
    kind: arrival.kind,
    key: arrival.key,
    applicantId: cleanName(arrival.applicantId),
    applicantName: cleanName(arrival.applicantName),
    message: cleanText(arrival.message),
    groupId: arrival.groupId,
    groupName: arrival.groupName === null ? null : cleanName(arrival.groupName),
    source: cleanName(arrival.source),
    handle: toJson(arrival.handle),
    raw: toRaw(arrival.raw),
    answers: toJson(arrival.answers),
    twinKey: arrival.twinKey,
    searchText: toSearchText(arrival),
    askedAt: arrival.askedAt,
  };
}

/** What the text filter looks through: everything a person would type to find this request again. */
export function toSearchText(
  arrival: Pick<Arrival, "applicantName" | "applicantId" | "message" | "groupName" | "groupId">,
): string {
  const parts = [
    arrival.applicantName,
    arrival.applicantId,
    arrival.message,
    arrival.groupName ?? "",
    arrival.groupId ?? "",
  ];
  return cleanText(parts.join("\n")).toLowerCase();
}

/** Text of strangers: U+0000 and lone surrogates would make PostgreSQL refuse the row, and the arrival would be lost. */
export function cleanText(text: string): string {
  return toLines(text, maximumText);
}

/** The same for a name: one line, so that nobody's nickname can pass for a line of ours. */
export function cleanName(text: string): string {
  return toLine(text, maximumName);
}

/** The payload as it came, bounded, for the fold that shows it. */
function toRaw(value: unknown): Prisma.InputJsonValue {
  const copy = redact(value) ?? {};
  const bytes = Buffer.byteLength(JSON.stringify(copy));
  if (bytes > maximumRaw) return { tooLarge: bytes };
  // `redact` returns JSON values only; null inside a required column is stored as an empty object.
  return copy as Prisma.InputJsonValue;
}

/** Kept exactly, since the platform is answered with it; only U+0000 cannot be stored. */
function toJson(value: unknown): Prisma.InputJsonValue {
  // The adapter's handle and answers are JSON by type; parsing what was just written keeps them so.
  return JSON.parse(JSON.stringify(value).replaceAll("\\u0000", "\\ufffd")) as Prisma.InputJsonValue;
}
