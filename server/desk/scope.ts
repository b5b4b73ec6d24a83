import { type Actor, botsWith } from "@/lib/actor";
import type { Prisma } from "@/server/db/generated/client";

/** Requests this operator may see at all: the server withholds data, whatever was asked for. */
export function scoped(actor: Actor): Prisma.RequestWhereInput {
  const bots = botsWith(actor, "requests.view");
  return bots === "all" ? {} : { botId: { in: bots } };
}
