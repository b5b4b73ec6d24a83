import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { GroupRef } from "./member";
import { carryOut, judge, lookUp, type MemberAct, type MemberCapability, type Seen, toChange } from "./member-act";
import { dropMember, patchMember } from "./member-patch";
import { type Doing, type Done, perform } from "./perform";

interface Parts {
  database: Database;
  connections: Connections;
}

/**
 * Does something to one member, looks whether it happened, and keeps what was seen.
 * @throws what `perform` does.
 */
export async function actOnMember(
  parts: Parts,
  doing: Doing<MemberCapability>,
  { groupId, userId }: { groupId: string; userId: string },
  act: MemberAct,
): Promise<{ state: Done }> {
  const since = new Date();
  let seen: Seen | null = null;
  const { state } = await perform(
    parts,
    doing,
    (able) => carryOut(able, groupId, userId, act),
    async (adapter) => {
      seen = await lookUp(adapter, groupId, userId);
      return judge(act, seen, since);
    },
  );
  await keepSeen(parts.database, { botId: doing.botId, groupId }, userId, seen);
  return { state };
}

/** What a look has shown of a member is what the list shows from now on. */
export async function keepSeen(database: Database, group: GroupRef, userId: string, seen: Seen | null): Promise<void> {
  if (seen === null) return;
  await database.$transaction(async (tx) => {
    if (seen === "gone") await dropMember(tx, group, userId);
    else await patchMember(tx, group, userId, toChange(seen));
  });
}
