import { systemActor } from "@/lib/actor";
import type { MemberObstacle } from "@/lib/task";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import { memberLimits } from "@/server/platforms/member-limits";
import type { Platform } from "@/server/platforms/row";
import { secondsFor } from "./estimate";
import { type GroupRef, readMembers, readOwnPlace } from "./member";
import { capabilityOf, type MemberAct } from "./member-act";
import { obstacleTo } from "./member-obstacle";

/** What an act over many would do, and what it cannot. Nothing is sent or written. */
export interface TaskForecast {
  total: number;
  able: number;
  /** Those it is not tried on, by reason, with the first of them by name. */
  unable: { why: MemberObstacle; count: number; people: { userId: string; name: string }[] }[];
  /** Those whom the act only renews: muted already. */
  renewed: number;
  /** The platform cannot do this at all, or not with these arguments. */
  isPossible: boolean;
  /** Is the bot connected? Else the task waits for it. */
  isConnected: boolean;
  /** How long it takes at the bot's pace, seconds. */
  seconds: number;
  /** Of a mute: what the platform makes of it, seconds. */
  muteSeconds: number | null;
}

/** Names given with each reason. */
const mostNames = 50;

/** Works out beforehand what `startTask` will come to, by what is known now. */
export async function previewTask(
  parts: { database: Database; connections: Connections },
  { botId, groupId, act, userIds }: GroupRef & { act: MemberAct; userIds: readonly string[] },
): Promise<TaskForecast> {
  const { database, connections } = parts;
  const bot = await database.bot.findUniqueOrThrow({
    where: { id: botId },
    select: { platform: true, isConnected: true, writeGapMs: true },
  });
  // The column holds a Platform.
  const limits = memberLimits[bot.platform as Platform];
  const own = await readOwnPlace(database, { botId, groupId });
  const ids = [...new Set(userIds)];
  const known = new Map((await readMembers(database, { botId, groupId }, ids)).map((row) => [row.userId, row]));
  const unable = new Map<MemberObstacle, TaskForecast["unable"][number]>();
  let able = 0;
  let renewed = 0;
  for (const userId of ids) {
    const member = known.get(userId) ?? null;
    const why = obstacleTo(act, own, member);
    if (why === null) {
      able += 1;
      if (act.verb === "mute" && member?.isMuted === true) renewed += 1;
      continue;
    }
    const group = unable.get(why) ?? { why, count: 0, people: [] };
    group.count += 1;
    if (group.people.length < mostNames) group.people.push({ userId, name: member?.card || member?.name || "" });
    unable.set(why, group);
  }
  const adapter = connections.adapter(botId, { actor: systemActor, correlationId: "" });
  const isOffered = adapter === null || adapter[capabilityOf(act.verb)] !== undefined;
  return {
    ...{ total: ids.length, able, renewed, isConnected: bot.isConnected },
    unable: [...unable.values()].sort((one, other) => other.count - one.count),
    isPossible:
      isOffered && (act.verb !== "unmute" || limits.canLift) && (act.verb !== "kick" || !act.block || limits.canBlock),
    seconds: secondsFor(able, bot.writeGapMs),
    muteSeconds: act.verb === "mute" ? Math.ceil(act.seconds / limits.muteStep) * limits.muteStep : null,
  };
}
