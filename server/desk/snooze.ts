import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { openStates } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { readClock } from "./clock";
import { toConflict } from "./conflict";
import { lockRequest } from "./move";

/** A snooze is for a minute at least and ninety days at most, ms. */
const shortest = 60_000;
const longest = 90 * 86_400_000;
/** A browser's clock may be a little behind or ahead of the database's, ms. */
const tolerance = 30_000;

/**
 * Puts an open request out of everybody's way until then, or (null) wakes it. The sweep wakes it by time.
 * @returns until when it slept before and sleeps now, for the record.
 * @throws DeskError `not_found`, `conflict` or `already_decided` (it is not open any more), `invalid_input` (`until` is
 *   no minute ahead or more than ninety days).
 */
export async function snooze(
  database: Database,
  actor: Actor,
  { id, until }: { id: string; until: Date | null },
): Promise<{ before: { until: Date | null }; after: { until: Date | null } }> {
  return await database.$transaction(async (tx) => {
    await lockRequest(tx, id);
    const request = await tx.request.findUnique({ where: { id } });
    if (!request) throw new DeskError("not_found");
    const open: readonly string[] = openStates;
    if (until !== null) {
      if (!open.includes(request.state)) throw await toConflict(tx, request);
      const ahead = until.getTime() - (await readClock(tx)).getTime();
      if (ahead < shortest - tolerance || ahead > longest + tolerance) {
        throw new DeskError("invalid_input", { field: "until", fault: ahead < shortest ? "too_soon" : "too_far" });
      }
    }
    const data = { snoozedUntil: until, snoozedBy: until === null ? null : actor.name };
    await tx.request.update({ where: { id }, data });
    await publishIn(tx, { topic: "request", id, botId: request.botId, version: request.version });
    return { before: { until: request.snoozedUntil }, after: { until } };
  });
}
