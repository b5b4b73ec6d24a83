import type { Actor } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import { botOfRequest } from "@/server/desk/request";
import type { Context } from "./context";
import type { About } from "./trpc";

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
