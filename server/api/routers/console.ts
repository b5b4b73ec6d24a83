import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { platforms } from "@/lib/platform";
import { targetOf } from "@/lib/target";
import { getBot } from "@/server/desk/bot";
import { callOperation, listPastCalls, ownerOf } from "@/server/desk/console";
import { findRow, listCatalogue, listOperations, schemasOf } from "@/server/desk/operation";
import type { Context } from "../context";
import { toFaults } from "../fault";
import { type About, act, query, reveal, router } from "../trpc";

const botId = z.uuid();
const platform = z.enum(platforms);
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

/** The subject of an act on an operation, for the record: its permission and risk count, whatever the procedure's are. */
async function aboutCall(
  ctx: Context & { actor: Actor },
  input: { botId: string; operation: string; input?: unknown },
): Promise<About> {
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
}

export const consoleRouter = router({
  /** The rows of the bot's platform that the operator may call. */
  operations: query("bots.view")
    .input(z.object({ botId }))
    .query(async ({ ctx, input }) => listOperations(await findBot(ctx, input.botId), ctx.actor)),

  /** All operations of a platform, whether or not there is a bot of it: documentation, the same for everybody. */
  catalogue: query("bots.view")
    .input(z.object({ platform }))
    .query(({ input }) => listCatalogue(input.platform)),

  /** What one operation takes and answers. */
  schemas: query("bots.view")
    .input(z.object({ platform, operation }))
    .query(({ input }) => {
      const row = findRow(input.platform, input.operation);
      if (!row) throw new DeskError("unknown_operation", { operation: input.operation });
      return schemasOf(row);
    }),

  /** The faults of an input by dotted path, in the schema's words, as `invoke` would find them. Nothing is sent. */
  check: query("bots.view")
    .input(z.object({ botId, operation, input: z.unknown() }))
    .query(async ({ ctx, input }) => {
      const { row } = await findCall(ctx, input);
      const parsed = row.input.safeParse(input.input);
      return parsed.success ? {} : toFaults(parsed.error);
    }),

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
    aboutCall,
  ).mutation(async ({ ctx, input }) => {
    const { bot, row } = await findCall(ctx, input);
    const { actor, correlationId, eventId } = ctx;
    const call = { actor, correlationId, eventId, bot, row, input: input.input, target: input.target };
    return { ...(await callOperation(ctx.desk, call)), eventId };
  }),

  /** The answer of a call that hands out secrets: once, to who called it, with an event of its own. */
  reveal: reveal("bots.view", z.object({ botId, operation, token: z.string().max(200) }), async (ctx, input) => ({
    ...(await aboutCall(ctx, input)),
    risk: "sensitive",
  })).mutation(({ ctx, input }) => {
    const answer = ctx.desk.sealed.take(ownerOf(ctx.actor, input.botId, input.operation), input.token);
    return { answer, eventId: ctx.eventId };
  }),
});
