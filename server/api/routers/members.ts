import { z } from "zod";
import { can } from "@/lib/actor";
import { maximumMute, memberPage } from "@/lib/member";
import type { Desk } from "@/server/desk/desk";
import { listMemberIds, type MemberRow, pageMembers, readMembers, summarizeMembers } from "@/server/desk/member";
import type { MemberAct } from "@/server/desk/member-act";
import { actOnMember } from "@/server/desk/member-do";
import { readMember } from "@/server/desk/member-profile";
import { memberLimits } from "@/server/platforms/member-limits";
import { botAct, botAsk, botQuery } from "../bot-act";
import { MemberFilterInput, MemberOrderInput, PlatformId } from "../member-input";
import { router } from "../trpc";

const group = z.object({ botId: z.uuid(), groupId: PlatformId });
const narrowed = group.extend({
  filter: MemberFilterInput.default({}),
  order: MemberOrderInput.default({ by: "role", isDescending: false }),
});
const member = group.extend({ userId: PlatformId });
const subject = ({ groupId, userId }: z.output<typeof member>) => ({ groupId, personId: userId, target: userId });

/** What the record says of the member before. */
const kept = z.object({ role: z.string(), card: z.string().nullable(), title: z.string().nullable() });

export const membersRouter = router({
  page: botQuery(
    "members.view",
    narrowed.extend({
      offset: z.number().int().min(0).max(1_000_000).default(0),
      limit: z.number().int().min(1).max(200).default(memberPage),
    }),
  ).query(async ({ ctx, input: { filter, order, offset, limit, ...where } }) => {
    const { desk } = ctx;
    const roster = await desk.rosters.ask(where.botId, "members", where.groupId);
    const page = await pageMembers(desk.database, where, filter, order, { offset, limit });
    desk.memberPresences.want(
      where,
      page.rows.map((row) => row.userId),
    );
    return { ...page, rows: page.rows.map(faced(desk, where.botId)), offset, roster };
  }),

  /** Reads the group's list now. */
  read: botQuery("members.view", group).query(async ({ ctx, input: { botId, groupId } }) => {
    await ctx.desk.rosters.read(botId, "members", groupId);
    return null;
  }),

  rows: botQuery("members.view", group.extend({ userIds: z.array(PlatformId).max(200) })).query(
    async ({ ctx, input: { userIds, ...where } }) => {
      ctx.desk.memberPresences.want(where, userIds);
      return (await readMembers(ctx.desk.database, where, userIds)).map(faced(ctx.desk, where.botId));
    },
  ),

  ids: botQuery("members.view", narrowed).query(({ ctx, input: { filter, order, ...where } }) =>
    listMemberIds(ctx.desk.database, where, filter, order),
  ),

  summary: botQuery("members.view", group).query(async ({ ctx, input }) => ({
    ...(await summarizeMembers(ctx.desk.database, input)),
    limits: memberLimits[ctx.bot.platform],
    can: {
      kick: can(ctx.actor, "members.kick", ctx.bot.id),
      mute: can(ctx.actor, "members.mute", ctx.bot.id),
      promote: can(ctx.actor, "members.promote", ctx.bot.id),
      edit: can(ctx.actor, "members.edit", ctx.bot.id),
    },
  })),

  get: botAsk("members.list", member).query(async ({ ctx, input }) => {
    const profile = await readMember(ctx.desk, ctx.actor, ctx.doing, input);
    return { ...profile, member: profile.member && faced(ctx.desk, input.botId)(profile.member) };
  }),

  kick: botAct("members.kick", member.extend({ block: z.boolean().default(false) }), subject).mutation(
    ({ ctx, input }) => carry(ctx, input, { verb: "kick", block: input.block }),
  ),

  mute: botAct(
    "members.mute",
    member.extend({
      /** 0 lifts it. */
      seconds: z.number().int().min(0).max(maximumMute),
    }),
    subject,
  ).mutation(({ ctx, input }) =>
    carry(ctx, input, input.seconds === 0 ? { verb: "unmute" } : { verb: "mute", seconds: input.seconds }),
  ),

  promote: botAct("members.promote", member.extend({ isAdmin: z.boolean() }), subject).mutation(({ ctx, input }) =>
    carry(ctx, input, { verb: input.isAdmin ? "promote" : "demote" }),
  ),

  card: botAct("members.card", member.extend({ card: z.string().max(100) }), subject).mutation(({ ctx, input }) =>
    carry(ctx, input, { verb: "card", card: input.card }),
  ),

  title: botAct("members.title", member.extend({ title: z.string().max(100) }), subject).mutation(({ ctx, input }) =>
    carry(ctx, input, { verb: "title", title: input.title }),
  ),
});

type Carried = Parameters<typeof actOnMember>;

/** Does it, and leaves in the record what was known of the member before. */
async function carry(
  ctx: { desk: Carried[0]; doing: Carried[1]; change: (seen: { before?: unknown; after?: unknown }) => void },
  { botId, groupId, userId }: z.output<typeof member>,
  act: MemberAct,
) {
  const [before] = await readMembers(ctx.desk.database, { botId, groupId }, [userId]);
  if (before) ctx.change({ before: kept.parse(before) });
  const done = await actOnMember(ctx.desk, ctx.doing, { groupId, userId }, act);
  ctx.change({ ...(before ? { before: kept.parse(before) } : {}), after: done });
  return done;
}

/** Faces come by the desk's own addresses. */
function faced({ media }: Pick<Desk, "media">, botId: string) {
  return (row: MemberRow): MemberRow => ({ ...row, avatar: media.face(botId, row.avatar, "members.view") });
}
