import { requestKinds } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Prisma } from "@/server/db/generated/client";
import { driverOf } from "./bot";

/**
 * After something was switched on or off for a bot: its stored requests offer what can be done now, so that no button is
 * left that leads nowhere. Requests that are over stay as they were.
 */
export async function refreshAnswers(
  tx: Prisma.TransactionClient,
  bot: { id: string; platform: string; extras: readonly string[] },
): Promise<void> {
  const { answersTo } = driverOf(bot.platform);
  if (!answersTo) return;
  for (const kind of requestKinds) {
    const answers = JSON.stringify(answersTo(kind, (operation) => bot.extras.includes(operation)));
    const changed = await tx.$queryRaw<{ id: string; version: number }[]>`
      UPDATE "Request" SET "answers" = ${answers}::jsonb
      WHERE "botId" = ${bot.id}::uuid AND "kind" = ${kind} AND "state" NOT IN ('confirmed', 'elsewhere')
        AND "answers" <> ${answers}::jsonb RETURNING "id", "version"`;
    for (const { id, version } of changed) await publishIn(tx, { topic: "request", id, botId: bot.id, version });
  }
}
