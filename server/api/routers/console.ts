import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { targetOf } from "@/lib/target";
import { getBot } from "@/server/desk/bot";
import { callOperation, listPastCalls } from "@/server/desk/console";
import { findRow, listOperations } from "@/server/desk/operation";
import type { Context } from "../context";
import { act, query, router } from "../trpc";

const botId = z.uuid();
const operation = z.string().min(1).max(120);

function findBot(ctx: Context & { actor: Actor }, id: string) {
  return getBot(ctx.desk.database, ctx.actor, id, ctx.desk.config.publicUrl);
}

async function findCall(ctx: Context & { actor: Actor }, input: { botId: string; operation: string }) {
  const bot = await findBot(ctx, input.botId);
  const row = findRow(bot.platform, input.operation);
  if (!row) throw new DeskError("unknown_operation", { operation: input.operation });
  return { bot, row };
}

export const consoleRouter = router({
  /** The rows of the bot's platform that the operator may call. */
  operations: query("bots.view")
    .input(z.object({ botId }))
    .query(async ({ ctx, input }) => listOperations(await findBot(ctx, input.botId), ctx.actor)),

  /** The operator's own calls, from the record. */
  history: query("bots.view")
    .input(z.object({ botId }))
    .query(async ({ ctx, input }) => {
      const bot = await findBot(ctx, input.botId);
      return await listPastCalls(ctx.desk.database, ctx.actor, bot.id);
    }),

  /** One raw operation. Its permission and risk are the row's; reads leave an event here too, which is the history. */
  invoke: act(
    { permission: "bots.view", risk: "read" },
    z.object({ botId, operation, input: z.unknown(), target: z.string().max(200).optional() }),
    async (ctx, input) => {
      const { bot, row } = await findCall(ctx, input);
      return {
        botId: bot.id,
        botName: bot.name,
        platform: bot.platform,
        target: targetOf(row.target ?? [], input.input) ?? bot.name,
        endpoint: row.operation,
        permission: row.permission,
        risk: row.risk,
        secrets: row.secrets.input.map((path) => `input.${path}`),
      };
    },
  ).mutation(async ({ ctx, input }) => {
    const { bot, row } = await findCall(ctx, input);
    const { actor, correlationId, eventId } = ctx;
    const call = { actor, correlationId, bot, row, input: input.input, target: input.target };
    return { ...(await callOperation(ctx.desk.connections, call)), eventId };
  }),
});
