import { z } from "zod";
import { PreferencesPatch, readPreferences, setPreferences } from "@/server/desk/preference";
import { act, query, router } from "../trpc";

export const preferencesRouter = router({
  get: query("account.self").query(({ ctx }) => readPreferences(ctx.desk.database)),

  set: act({ permission: "desk.manage", risk: "write" }, z.object({ patch: PreferencesPatch })).mutation(
    async ({ ctx, input }) => {
      const { before, after } = await setPreferences(ctx.desk.database, input.patch);
      ctx.change({ before, after: input.patch });
      return after;
    },
  ),
});
