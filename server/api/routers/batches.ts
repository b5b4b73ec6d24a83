import { z } from "zod";
import { type Actor, can } from "@/lib/actor";
import { maximumItems } from "@/lib/batch-item";
import { DeskError } from "@/lib/errors";
import { verbs } from "@/lib/request";
import { botsOfBatch, botsOfRequests, cancelBatch, retryBatch, startBatch } from "@/server/desk/batch";
import { previewBatch } from "@/server/desk/batch-preview";
import { getBatch, listBatches } from "@/server/desk/batch-row";
import type { Context } from "../context";
import { type About, act, query, router } from "../trpc";

const id = z.uuid();
const decision = { verb: z.enum(verbs), reason: z.string().max(500).default("") };
const meta = { permission: "requests.decide", risk: "write" } as const;

type Ctx = Context & { actor: Actor };

/** Of one bot, that one; of several, the desk. Each request is checked by itself when it is its turn. */
function aboutBots(ctx: Ctx, bots: readonly string[], target: string): About {
  const mine = bots.filter((botId) => can(ctx.actor, "requests.view", botId));
  if (mine.length === 0) throw new DeskError("not_found");
  const [only, ...others] = mine;
  const isOne = others.length === 0;
  return { botId: isOne && only !== undefined ? only : null, target, isCheckedEach: !isOne };
}

async function aboutBatch(ctx: Ctx, input: { id: string }): Promise<About> {
  return aboutBots(ctx, await botsOfBatch(ctx.desk.database, ctx.actor, input.id), input.id);
}

export const batchesRouter = router({
  preview: query("requests.decide")
    .input(z.object({ ...decision, ids: z.array(id).min(1).max(maximumItems) }))
    .query(({ ctx, input }) => previewBatch(ctx.desk.database, ctx.actor, input)),

  list: query("requests.view").query(({ ctx }) => listBatches(ctx.desk.database, ctx.actor)),

  get: query("requests.view")
    .input(
      z.object({
        id,
        after: z.number().int().min(0).optional(),
        limit: z.number().int().min(1).max(200).default(200),
      }),
    )
    .query(({ ctx, input: { id: batchId, ...page } }) => getBatch(ctx.desk.database, ctx.actor, batchId, page)),

  start: act(
    meta,
    z.object({
      id,
      ...decision,
      items: z
        .array(z.object({ id, version: z.number().int().positive() }))
        .min(1)
        .max(maximumItems),
    }),
    async (ctx, input) => {
      const ids = input.items.map((item) => item.id);
      return aboutBots(ctx, await botsOfRequests(ctx.desk.database, ids), input.id);
    },
  ).mutation(async ({ ctx, input }) => {
    const started = await startBatch(ctx.desk.database, ctx.actor, ctx.correlationId, input);
    ctx.change({ after: started });
    return started;
  }),

  cancel: act(meta, z.object({ id }), aboutBatch).mutation(async ({ ctx, input }) => {
    const result = await cancelBatch(ctx.desk.database, ctx.actor, ctx.correlationId, input.id);
    ctx.change({ after: result });
    return result;
  }),

  retry: act(meta, z.object({ id, newId: id }), aboutBatch).mutation(async ({ ctx, input }) => {
    const started = await retryBatch(ctx.desk.database, ctx.actor, ctx.correlationId, input);
    ctx.change({ after: started });
    return started;
  }),
});
