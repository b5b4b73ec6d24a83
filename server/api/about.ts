import type { Actor } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import { findBot } from "@/server/desk/bot";
import { botOfRequest } from "@/server/desk/request";
import type { Context } from "./context";
import type { About } from "./trpc";

/** Which bot an act on the bot itself is about. One out of sight is `not_found`. */
export async function aboutBot(ctx: Context & { actor: Actor }, input: { botId: string }): Promise<About> {
  const bot = await findBot(ctx.desk.database, ctx.actor, input.botId);
  if (!bot) throw new DeskError("not_found");
  return { botId: bot.id, botName: bot.name, platform: bot.platform, target: bot.name };
}

/** Which bot, group and person an act on a request is about. A request out of sight is `not_found`, whatever it is. */
export async function aboutRequest(ctx: Context & { actor: Actor }, input: { id: string }): Promise<About> {
  const request = await botOfRequest(ctx.desk.database, ctx.actor, input.id);
  return {
    botId: request.botId,
    botName: request.botName,
    platform: request.platform,
    requestId: input.id,
    groupId: request.groupId,
    personId: accountOf(request.applicantId),
    target: request.applicantName || request.applicantId,
  };
}
