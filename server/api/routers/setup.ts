import { z } from "zod";
import { createFirstOwner, readSetupStatus } from "@/server/desk/setup";
import { act, openQuery, router } from "../trpc";
import { person } from "./person";

export const setupRouter = router({
  /** Public, because the browser has to know where to go. */
  status: openQuery.query(({ ctx }) => readSetupStatus(ctx.desk.database)),

  create: act(
    { permission: "public", risk: "write" },
    z.object({ ...person, token: z.string().trim().max(200) }),
    (_ctx, input) => ({
      target: input.email,
    }),
  ).mutation(async ({ ctx, input }) => {
    const { email } = await createFirstOwner(ctx.desk.database, ctx.actor, input);
    return { email };
  }),
});
