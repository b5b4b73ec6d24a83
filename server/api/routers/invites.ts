import { z } from "zod";
import { builtInRoleNames } from "@/lib/role";
import {
  acceptInvite,
  createInvite,
  defaultInviteHours,
  listInvites,
  maximumInviteHours,
  previewInvite,
  revokeInvite,
} from "@/server/desk/invite";
import { act, openQuery, query, router } from "../trpc";
import { person } from "./person";

const token = z.string().max(200);

/** The invited person's side. */
export const inviteRouter = router({
  preview: openQuery
    .input(z.object({ token }))
    .query(({ ctx, input }) => previewInvite(ctx.desk.database, input.token)),

  accept: act({ permission: "public", risk: "write" }, z.object({ ...person, token }), (_ctx, input) => ({
    target: input.email,
  })).mutation(async ({ ctx, input }) => {
    const { email, name, role, botId } = await acceptInvite(ctx.desk.database, input);
    ctx.change({ after: { email, name, role, botId } });
    return { email };
  }),
});

/** The inviter's side. */
export const invitesRouter = router({
  list: query("operators.view").query(({ ctx }) => listInvites(ctx.desk.database)),

  /** The link is in this answer and nowhere else. */
  create: act(
    { permission: "operators.manage", risk: "write" },
    z.object({
      role: z.enum(builtInRoleNames),
      botId: z.uuid().nullable().default(null),
      label: z.string().trim().max(120).default(""),
      hours: z.number().int().min(1).max(maximumInviteHours).default(defaultInviteHours),
    }),
    (_ctx, input) => ({ target: input.label || input.role }),
  ).mutation(async ({ ctx, input }) => {
    const { id, token: secret, expiresAt } = await createInvite(ctx.desk.database, ctx.actor, input);
    ctx.change({ after: { id, role: input.role, botId: input.botId, expiresAt } });
    return { id, expiresAt, url: new URL(`/invite/${secret}`, ctx.desk.config.publicUrl).href };
  }),

  revoke: act({ permission: "operators.manage", risk: "write" }, z.object({ id: z.uuid() })).mutation(
    async ({ ctx, input }) => {
      ctx.change({ before: await revokeInvite(ctx.desk.database, ctx.actor, input.id) });
      return { id: input.id };
    },
  ),
});
