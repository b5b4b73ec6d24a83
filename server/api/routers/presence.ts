import { z } from "zod";
import { listPresence, look } from "@/server/desk/look";
import { aboutRequest } from "../about";
import { pulse, query, router } from "../trpc";

export const presenceRouter = router({
  /** Who is at the desk and what they look at. */
  list: query("requests.view").query(async ({ ctx }) => ({ here: await listPresence(ctx.desk.database, ctx.actor) })),

  /** What a tab looks at now. Sent when it changes and while it stays: it renews the tab's lease. */
  look: pulse(
    "requests.view",
    z.object({ tab: z.uuid(), requestId: z.uuid().nullable(), token: z.string().min(1).max(100).optional() }),
    async (ctx, { requestId }) => (requestId === null ? null : await aboutRequest(ctx, { id: requestId })),
  ).mutation(({ ctx, input }) => look(ctx.desk.database, ctx.actor, input, ctx.subject?.botId ?? null)),
});
