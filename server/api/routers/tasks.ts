import { z } from "zod";
import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { maximumTaskItems, taskPermissions } from "@/lib/task";
import { findBot } from "@/server/desk/bot";
import { MemberAct } from "@/server/desk/member-act";
import { cancelTask, findTask, pauseTask, resumeTask, retryTask, startTask } from "@/server/desk/task";
import { previewTask } from "@/server/desk/task-preview";
import { getTask, listTasks } from "@/server/desk/task-row";
import { botQuery } from "../bot-act";
import type { Context } from "../context";
import { PlatformId } from "../member-input";
import { type About, act, query, router } from "../trpc";

const id = z.uuid();
const group = z.object({ botId: id, groupId: PlatformId });
const many = group.extend({ act: MemberAct, userIds: z.array(PlatformId).min(1).max(maximumTaskItems) });
/** What the act itself takes is asked beside it: the verb decides which. */
const meta = { permission: "members.view", risk: "write" } as const;

type Ctx = Context & { actor: Actor };

async function aboutTask(ctx: Ctx, input: { id: string }): Promise<About> {
  const task = await findTask(ctx.desk.database, ctx.actor, input.id);
  return {
    ...{ botId: task.botId, botName: task.botName, platform: task.platform, groupId: task.groupId },
    target: task.groupName || task.groupId,
    permission: taskPermissions[task.verb],
    risk: task.verb === "kick" ? "destructive" : "write",
  };
}

export const tasksRouter = router({
  preview: botQuery("members.view", many).query(({ ctx, input }) => previewTask(ctx.desk, input)),

  list: botQuery("members.view", group).query(({ ctx, input }) => listTasks(ctx.desk.database, ctx.actor, input)),

  get: query("members.view")
    .input(
      z.object({
        id,
        /** The position to go on after. */
        cursor: z.number().int().min(0).optional(),
        limit: z.number().int().min(1).max(200).default(100),
        /** Only what went wrong. */
        isTrouble: z.boolean().default(false),
      }),
    )
    .query(({ ctx, input }) => getTask(ctx.desk.database, ctx.actor, input)),

  start: act(meta, many.extend({ id }), async (ctx, input) => {
    const bot = await findBot(ctx.desk.database, ctx.actor, input.botId);
    if (!bot || !can(ctx.actor, "members.view", bot.id)) throw new DeskError("not_found");
    return {
      ...{ botId: bot.id, botName: bot.name, platform: bot.platform, groupId: input.groupId },
      target: input.groupId,
      permission: taskPermissions[input.act.verb],
      risk: input.act.verb === "kick" ? "destructive" : "write",
    };
  }).mutation(async ({ ctx, input }) => {
    const started = await startTask(ctx.desk.database, ctx.actor, ctx.correlationId, input);
    ctx.change({ after: started });
    return started;
  }),

  pause: act(meta, z.object({ id }), aboutTask).mutation(({ ctx, input }) =>
    pauseTask(ctx.desk.database, ctx.actor, input.id),
  ),

  resume: act(meta, z.object({ id }), aboutTask).mutation(({ ctx, input }) =>
    resumeTask(ctx.desk.database, ctx.actor, input.id),
  ),

  cancel: act(meta, z.object({ id }), aboutTask).mutation(async ({ ctx, input }) => {
    const result = await cancelTask(ctx.desk.database, ctx.actor, input.id);
    ctx.change({ after: result });
    return result;
  }),

  retry: act(meta, z.object({ id, newId: id }), aboutTask).mutation(async ({ ctx, input }) => {
    const started = await retryTask(ctx.desk.database, ctx.actor, ctx.correlationId, input);
    ctx.change({ after: started });
    return started;
  }),
});
