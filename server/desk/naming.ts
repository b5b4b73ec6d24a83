import { accountOf } from "@/lib/applicant";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter } from "@/server/platforms/adapter";
import { PlatformError } from "@/server/platforms/error";
import { cleanName, toSearchText } from "./arrival";
import { reader } from "./readback";

/** How many requests are named at one go, and how long after its arrival a request is still worth asking for, ms. */
const atOnce = 20;
const youngMs = 3_600_000;

/**
 * Looks up the names that an arrival did not carry: NapCat's friend request has no nickname, its join request no group
 * name. What cannot be read stays empty and is shown by its id. Reads only.
 */
export async function nameArrivals(database: Database, connections: Connections, botId: string): Promise<void> {
  const adapter = reader(connections, botId);
  if (!adapter) return;
  const nameless = await database.request.findMany({
    where: {
      botId,
      arrivedAt: { gte: new Date(Date.now() - youngMs) },
      OR: [{ applicantName: "" }, { groupId: { not: null }, groupName: null }],
    },
    orderBy: { id: "desc" },
    take: atOnce,
  });
  if (nameless.length === 0) return;
  const needsGroups = nameless.some((request) => request.groupId !== null && request.groupName === null);
  const groups = needsGroups ? await orNull(adapter["groups.list"]?.()) : null;
  for (const request of nameless) {
    const applicantName = request.applicantName || (await nameOf(adapter, accountOf(request.applicantId)));
    const group = groups?.find((each) => each.id === request.groupId);
    const groupName = request.groupName ?? (group ? cleanName(group.name) : null);
    if (applicantName === request.applicantName && groupName === request.groupName) continue;
    await database.$transaction(async (tx) => {
      const row = await tx.request.update({
        where: { id: request.id },
        data: { applicantName, groupName, searchText: toSearchText({ ...request, applicantName, groupName }) },
        select: { version: true },
      });
      await publishIn(tx, { topic: "request", id: request.id, botId, version: row.version });
    });
  }
}

async function nameOf(adapter: Adapter, personId: string | null): Promise<string> {
  if (personId === null) return "";
  const person = await orNull(adapter["people.get"]?.(personId));
  return person ? cleanName(person.name) : "";
}

async function orNull<T>(reading: Promise<T> | undefined): Promise<T | null> {
  try {
    return (await reading) ?? null;
  } catch (cause) {
    if (cause instanceof PlatformError) return null;
    throw cause;
  }
}
