import { z } from "zod";
import { locales } from "@/lib/locale";
import {
  changePassword,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  setLocale,
  setTimeZone,
} from "@/server/desk/session";
import { act, query, router } from "../trpc";

const meta = { permission: "account.self", risk: "write" } as const;

export const accountRouter = router({
  sessions: query("account.self").query(({ ctx }) => listSessions(ctx.desk.database, ctx.actor)),

  revokeSession: act(meta, z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    await revokeSession(ctx.desk.database, ctx.actor, input.id);
    return { id: input.id };
  }),

  revokeOthers: act(meta, z.void()).mutation(async ({ ctx }) => {
    const result = await revokeOtherSessions(ctx.desk.database, ctx.actor);
    ctx.change({ after: result });
    return result;
  }),

  changePassword: act(
    { ...meta, secrets: ["current", "next"] },
    z.object({ current: z.string().max(512), next: z.string().max(512) }),
  ).mutation(async ({ ctx, input }) => {
    const result = await changePassword(ctx.desk.database, ctx.actor, input);
    ctx.change({ after: result });
    return result;
  }),

  setLocale: act(meta, z.object({ locale: z.enum(locales).nullable() })).mutation(async ({ ctx, input }) => {
    await setLocale(ctx.desk.database, ctx.actor, input.locale);
    return { locale: input.locale };
  }),

  /** Null follows the browser. */
  setTimeZone: act(meta, z.object({ timeZone: z.string().min(1).max(64).nullable() })).mutation(
    async ({ ctx, input }) => {
      await setTimeZone(ctx.desk.database, ctx.actor, input.timeZone);
      return { timeZone: input.timeZone };
    },
  ),
});
