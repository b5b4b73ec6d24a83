import { z } from "zod";
import { listLameBots, readArrivals, readDecided, readPressing } from "@/server/desk/overview";
import { query, router } from "../trpc";
import { zone } from "../zone";

/** How the desk stands, of what the operator's grants show. */
export const overviewRouter = router({
  /** What needs a person now. */
  pressing: query("requests.view").query(({ ctx }) => readPressing(ctx.desk.database, ctx.actor)),

  /** Bots that cannot work. */
  bots: query("bots.view").query(({ ctx }) => listLameBots(ctx.desk.database, ctx.actor)),

  /** Today's decisions, in the day of whoever asks. */
  decided: query("requests.view")
    .input(z.object({ zone }))
    .query(({ ctx, input }) => readDecided(ctx.desk.database, ctx.actor, input.zone)),

  arrivals: query("requests.view")
    .input(z.object({ zone, span: z.enum(["day", "week"]) }))
    .query(({ ctx, input }) => readArrivals(ctx.desk.database, ctx.actor, input.zone, input.span)),
});
