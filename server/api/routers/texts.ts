import { z } from "zod";
import { CannedTextInput, listTexts, orderTexts, removeText, saveText } from "@/server/desk/canned-text";
import { act, query, router } from "../trpc";

const meta = { permission: "desk.manage", risk: "write" } as const;

export const textsRouter = router({
  list: query("requests.view").query(({ ctx }) => listTexts(ctx.desk.database)),

  save: act(meta, CannedTextInput, (_ctx, input) => ({ target: input.title })).mutation(async ({ ctx, input }) => {
    const { before, after } = await saveText(ctx.desk.database, ctx.actor, input);
    ctx.change({ before, after });
    return after;
  }),

  remove: act(meta, z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    ctx.change({ before: await removeText(ctx.desk.database, input.id) });
    return { id: input.id };
  }),

  order: act(meta, z.object({ ids: z.array(z.uuid()).max(1_000) })).mutation(async ({ ctx, input }) => {
    ctx.change({ ...(await orderTexts(ctx.desk.database, input.ids)), after: input.ids });
    return await listTexts(ctx.desk.database);
  }),
});
