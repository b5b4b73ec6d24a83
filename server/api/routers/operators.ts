import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { builtInRoleNames } from "@/lib/role";
import { nameOfOperator } from "@/server/desk/actor";
import { disableOperator, enableOperator, listOperators, setGrants } from "@/server/desk/operator";
import type { Context } from "../context";
import { act, query, router } from "../trpc";

const id = z.uuid();
const meta = { permission: "operators.manage", risk: "write" } as const;

async function aboutOperator(ctx: Context & { actor: Actor }, input: { id: string }) {
  return { target: await nameOfOperator(ctx.desk.database, input.id) };
}

/** Who may touch whom (owners, oneself, the last owner) is decided in server/desk/operator.ts, where the target is known. */
export const operatorsRouter = router({
  list: query("operators.view").query(({ ctx }) => listOperators(ctx.desk.database, ctx.actor)),

  setGrants: act(
    meta,
    z.object({ id, grants: z.array(z.object({ roleId: z.enum(builtInRoleNames), botId: id.nullable() })).max(100) }),
    aboutOperator,
  ).mutation(async ({ ctx, input }) => {
    const { before, after } = await setGrants(ctx.desk.database, ctx.actor, input);
    ctx.change({ before, after });
    return { id: input.id };
  }),

  disable: act(meta, z.object({ id }), aboutOperator).mutation(async ({ ctx, input }) => {
    await disableOperator(ctx.desk.database, ctx.actor, input.id);
    return { id: input.id };
  }),

  enable: act(meta, z.object({ id }), aboutOperator).mutation(async ({ ctx, input }) => {
    await enableOperator(ctx.desk.database, ctx.actor, input.id);
    return { id: input.id };
  }),
});
