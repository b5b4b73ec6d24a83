import { z } from "zod";
import {
  changeView,
  getView,
  listViews,
  orderViews,
  removeView,
  saveView,
  ViewInput,
  ViewName,
} from "@/server/desk/view";
import { countViews } from "@/server/desk/view-count";
import { act, query, router } from "../trpc";

const id = z.uuid();
const meta = { permission: "account.self", risk: "write" } as const;

/** An act on one view, which stands in the record by its name. */
function actOn<Shape extends z.ZodRawShape>(shape: Shape) {
  return act(meta, z.object({ id, ...shape }), async (ctx, input) => {
    // The shape is generic here; `id` is always of it.
    const view = await getView(ctx.desk.database, ctx.actor, (input as { id: string }).id);
    return { target: view.name };
  });
}

/** Sets of filters with a name. Anybody keeps their own; what they show is read under the reader's own permissions. */
export const viewsRouter = router({
  list: query("account.self").query(({ ctx }) => listViews(ctx.desk.database, ctx.actor)),

  /** By id. Apart from the list, for it is asked again with every arrival. */
  counts: query("account.self").query(({ ctx }) => countViews(ctx.desk.database, ctx.actor)),

  save: act(meta, ViewInput, (_ctx, input) => ({ target: input.name })).mutation(async ({ ctx, input }) => {
    const { before, after } = await saveView(ctx.desk.database, ctx.actor, input);
    ctx.change({ before, after });
    return after;
  }),

  rename: actOn({ name: ViewName }).mutation(async ({ ctx, input }) => {
    ctx.change(await changeView(ctx.desk.database, ctx.actor, input.id, { name: input.name }));
    return { id: input.id };
  }),

  /** With the team, or no longer. */
  share: actOn({ isTeam: z.boolean() }).mutation(async ({ ctx, input }) => {
    ctx.change(await changeView(ctx.desk.database, ctx.actor, input.id, { isTeam: input.isTeam }));
    return { id: input.id };
  }),

  remove: actOn({}).mutation(async ({ ctx, input }) => {
    ctx.change({ before: await removeView(ctx.desk.database, ctx.actor, input.id) });
    return { id: input.id };
  }),

  /** Of one's own views. */
  order: act(meta, z.object({ ids: z.array(id).max(200) })).mutation(async ({ ctx, input }) => {
    ctx.change({ ...(await orderViews(ctx.desk.database, ctx.actor, input.ids)), after: input.ids });
    return await listViews(ctx.desk.database, ctx.actor);
  }),
});
