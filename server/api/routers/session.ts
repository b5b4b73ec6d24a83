import { getSelf } from "@/server/desk/actor";
import { openQuery, router } from "../trpc";

export const sessionRouter = router({
  /** Who asks, and what they may do where; null when nobody is signed in. The one call a page needs before it draws. */
  get: openQuery.query(async ({ ctx }) => {
    if (!ctx.actor) return null;
    return await getSelf(ctx.desk.database, ctx.actor);
  }),
});
