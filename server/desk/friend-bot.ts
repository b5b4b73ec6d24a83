import { type Actor, botsWith, can } from "@/lib/actor";
import type { Platform } from "@/lib/platform";
import type { Database } from "@/server/db/client";
import type { Capability } from "@/server/platforms/adapter";
import { capabilities } from "@/server/platforms/capability";
import { supportOf } from "@/server/platforms/support";
import { driverOf } from "./bot";
import type { RosterState, Rosters } from "./roster";

/** What the page draws buttons for, of one bot: offered by its platform as it stands, and allowed to who asks. */
const offers = [
  "friends.search",
  "friends.add",
  "friends.blocked",
  "friends.oneWay",
  "people.nearby",
  "categories.list",
  "categories.create",
] as const satisfies readonly Capability[];

export type FriendOffer = (typeof offers)[number];

/** A bot of the friends' page: how its list stands, and what can be done beyond it. */
export interface FriendBot {
  id: string;
  name: string;
  platform: Platform;
  isEnabled: boolean;
  /** Null: its platform has no such list. */
  list: RosterState | null;
  can: FriendOffer[];
}

/** The bots whose friends the operator may see. Their lists are begun to be read where they are old. */
export async function listFriendBots(
  parts: { database: Database; rosters: Pick<Rosters, "ask"> },
  actor: Actor,
): Promise<FriendBot[]> {
  const scope = botsWith(actor, "friends.view");
  const rows = await parts.database.bot.findMany({
    where: scope === "all" ? {} : { id: { in: scope } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, platform: true, isEnabled: true, extras: true, connection: true },
  });
  return await Promise.all(
    rows.map(async ({ id, name, isEnabled, extras, connection, ...row }) => {
      const { platform } = driverOf(row.platform);
      const supports = supportOf(platform, (operation) => extras.includes(operation), connection);
      const on = new Set(supports.filter(({ is }) => is === "on").map(({ capability }) => capability));
      const list = on.has("friends.list") && isEnabled ? await parts.rosters.ask(id, "friends") : null;
      return {
        ...{ id, name, platform, isEnabled, list },
        can: offers.filter((offer) => on.has(offer) && can(actor, capabilities[offer], id)),
      };
    }),
  );
}
