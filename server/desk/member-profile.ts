import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import { PlatformError } from "@/server/platforms/error";
import type { Json } from "@/server/platforms/json";
import { type GroupRef, type MemberRow, readMembers } from "./member";
import { lookUp } from "./member-act";
import { keepSeen } from "./member-do";
import { able, type Doing } from "./perform";

/** Everything known of one member. */
export interface MemberProfile {
  /** As the list has them; null: the desk does not know them there. */
  member: MemberRow | null;
  /** What their profile says, where the platform has one. */
  person: { signature: string | null; sex: "male" | "female" | null } | null;
  /** The platform's own object; null where it was not read, or the operator may not see it. */
  raw: Json;
  /** They were asked for now; false: the platform could not be asked, and this is what was stored. */
  isFresh: boolean;
  requests: { id: string; kind: string; state: string; message: string; arrivedAt: Date }[];
}

const mostRequests = 10;

/** Reads one member from the platform and gives what is stored where that cannot be done. Throws DeskError `not_found`. */
export async function readMember(
  { database, connections }: { database: Database; connections: Connections },
  actor: Actor,
  doing: Doing<"members.list">,
  { botId, groupId, userId }: GroupRef & { userId: string },
): Promise<MemberProfile> {
  const seen = await ask({ connections }, doing, groupId, userId);
  if (seen !== null) await keepSeen(database, { botId, groupId }, userId, seen);
  const [member] = await readMembers(database, { botId, groupId }, [userId]);
  const requests = can(actor, "requests.view", botId)
    ? await database.request.findMany({
        where: { botId, applicantId: userId },
        orderBy: { id: "desc" },
        take: mostRequests,
        select: { id: true, kind: true, state: true, message: true, arrivedAt: true },
      })
    : [];
  if (!member && requests.length === 0 && (seen === null || seen === "gone")) throw new DeskError("not_found");
  const person = seen === null || seen === "gone" ? null : seen;
  return {
    member: member ?? null,
    person: person && { signature: person.signature, sex: person.sex },
    // What the platform says of somebody may hold more than the desk shows: as with requests, a permission of its own.
    raw: person && can(actor, "requests.raw", botId) ? person.raw : null,
    isFresh: seen !== null,
    requests,
  };
}

async function ask(
  parts: { connections: Connections },
  doing: Doing<"members.list">,
  groupId: string,
  userId: string,
): ReturnType<typeof lookUp> {
  try {
    return await lookUp(await able(parts, doing), groupId, userId);
  } catch (cause) {
    if (cause instanceof PlatformError || cause instanceof DeskError) return null;
    throw cause;
  }
}
