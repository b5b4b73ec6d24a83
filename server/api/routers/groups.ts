import { z } from "zod";
import { can } from "@/lib/actor";
import { groupRoles, groupSorts, mostPictureBytes } from "@/lib/group";
import type { Desk } from "@/server/desk/desk";
import {
  findGroup,
  type GroupRow,
  listGroupIds,
  listGroups,
  readGroups,
  requireName,
  searchMembers,
} from "@/server/desk/group";
import {
  createGroup,
  dissolveGroup,
  inviteToGroup,
  joinGroup,
  leaveGroup,
  muteEverybody,
  removeEssence,
  setFindable,
  setJoinRule,
  setRobots,
  transferGroup,
  updateGroup,
} from "@/server/desk/group-act";
import { listGroupRosters } from "@/server/desk/group-roster";
import { namesIn } from "@/server/desk/member-name";
import { able } from "@/server/desk/perform";
import type { Group } from "@/server/platforms/entity";
import { botAct, botAsk, botQuery } from "../bot-act";
import { RowIds } from "../row-id";
import { query, router } from "../trpc";

const botId = z.uuid();
const groupId = z.string().min(1).max(64);
const userId = z.string().min(1).max(64);
const group = { botId, groupId };
const name = z.string().trim().min(1).max(100);
/** What was typed to confirm it. */
const typed = z.string().max(200);
const picture = z
  .string()
  // As base64 a third longer than it is.
  .max(Math.ceil((mostPictureBytes * 4) / 3) + 100)
  .regex(/^(?:data:image\/(?:png|jpeg|webp|gif);base64,[\w+/=]+|https?:\/\/\S+)$/);
const words = z.string().trim().min(1).max(100);
const left = z.literal("announce").optional();

const joinRule = z.discriminatedUnion("how", [
  z.object({ how: z.literal("anyone") }),
  z.object({ how: z.literal("ask") }),
  z.object({ how: z.literal("nobody") }),
  z.object({ how: z.literal("question"), question: words, answer: words.nullable() }),
]);
const change = z
  .object({
    name: name.optional(),
    remark: z.string().trim().max(100).optional(),
    intro: z.string().trim().max(1_000).optional(),
    avatar: picture.optional(),
  })
  .refine((value) => Object.values(value).some((each) => each !== undefined), { path: ["change"] });

const narrowed = z.object({
  botId: botId.optional(),
  text: z.string().max(200).optional(),
  role: z.enum(groupRoles).optional(),
  sort: z.enum(groupSorts).default("name"),
});

const ofGroup = (input: { groupId: string }) => ({ groupId: input.groupId, target: input.groupId });

/** Leaves out what is not given: `exactOptionalPropertyTypes` tells that from undefined. */
function given<T extends object>(value: T) {
  // Entries forget which key had which type; only undefined was taken out.
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

export const groupsRouter = router({
  list: query("groups.view")
    .input(
      narrowed.extend({
        offset: z.number().int().min(0).max(1_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .query(async ({ ctx, input: { offset, limit, ...filter } }) => {
      const { items, total } = await listGroups(ctx.desk.database, ctx.actor, filter, { offset, limit });
      return { items: items.map((group) => faced(ctx.desk, group)), total };
    }),

  /** All of them in order, by id. */
  ids: query("groups.view")
    .input(narrowed)
    .query(({ ctx, input }) => listGroupIds(ctx.desk.database, ctx.actor, input)),

  rows: query("groups.view")
    .input(z.object({ ids: RowIds }))
    .query(async ({ ctx, input }) =>
      (await readGroups(ctx.desk.database, ctx.actor, input.ids)).map((group) => faced(ctx.desk, group)),
    ),

  /** How the stored list of each bot stands; begins to read what is old. */
  rosters: query("groups.view").query(({ ctx }) => listGroupRosters(ctx.desk, ctx.actor)),

  /** One group as it is stored, and how that stands; begins to read it. `group` null: in no list that was read. */
  get: botQuery("groups.view", z.object(group)).query(async ({ ctx, input }) => {
    const { desk, actor, bot } = ctx;
    const [found, list] = await Promise.all([
      findGroup(desk.database, actor, bot.id, input.groupId),
      desk.rosters.ask(bot.id, "groups"),
    ]);
    const own = found ? desk.groupReadings.ask(bot.id, input.groupId) : null;
    const row = await desk.database.bot.findUnique({ where: { id: bot.id }, select: { accountId: true } });
    const may = (permission: Parameters<typeof can>[1]) => can(actor, permission, bot.id);
    const owner = found?.ownerId ?? null;
    const names = await namesIn(desk.database, input, owner !== null && may("members.view") ? [owner] : []);
    return {
      bot,
      accountId: row?.accountId ?? null,
      ownerName: names.get(owner ?? "") ?? null,
      group: found && faced(desk, found),
      readAt: list.readAt,
      isReading: list.isReading || (own?.isReading ?? false),
      error: list.error ?? own?.error ?? null,
      may: {
        manage: may("groups.manage"),
        // Picked among the friends, who have to be seen for it.
        invite: may("groups.manage") && may("friends.view"),
        leave: may("groups.leave"),
        mute: may("members.mute"),
        seeMembers: may("members.view"),
        seeRequests: may("requests.view"),
        seeMessages: may("messages.view"),
        seeFiles: may("files.view"),
        highlight: may("notices.manage"),
      },
    };
  }),

  /** Reads the bot's list now. */
  read: botQuery("groups.view", z.object({ botId })).query(async ({ ctx }) => {
    await ctx.desk.rosters.read(ctx.bot.id, "groups");
    return null;
  }),

  update: botAct("groups.update", z.object({ ...group, change }), ofGroup).mutation(({ ctx, input }) => {
    ctx.change({ after: { ...input.change, ...(input.change.avatar ? { avatar: "picture" } : {}) } });
    return updateGroup(ctx.desk, ctx.doing, input.groupId, given(input.change));
  }),

  muteAll: botAct("groups.muteAll", z.object({ ...group, isMuted: z.boolean(), left }), ofGroup).mutation(
    ({ ctx, input }) => muteEverybody(ctx.desk, ctx.doing, input.groupId, input.isMuted, input.left),
  ),

  joinRule: botAct("groups.joinRule", z.object({ ...group, rule: joinRule }), ofGroup).mutation(({ ctx, input }) =>
    setJoinRule(ctx.desk, ctx.doing, input.groupId, input.rule),
  ),

  findable: botAct("groups.findable", z.object({ ...group, isOn: z.boolean() }), ofGroup).mutation(({ ctx, input }) =>
    setFindable(ctx.desk, ctx.doing, input.groupId, input.isOn),
  ),

  robots: botAct("groups.robots", z.object({ ...group, isOn: z.boolean() }), ofGroup).mutation(({ ctx, input }) =>
    setRobots(ctx.desk, ctx.doing, input.groupId, input.isOn),
  ),

  /** Who of its members a group could be handed to: those known that hold the words; begins to read them. */
  heirs: botQuery("members.view", z.object({ ...group, text: z.string().max(100).default("") })).query(
    async ({ ctx, input }) => {
      const { readAt, isReading, error } = await ctx.desk.rosters.ask(ctx.bot.id, "members", input.groupId);
      const items = await searchMembers(ctx.desk.database, ctx.bot.id, input.groupId, input.text);
      return { items, readAt, isReading, error };
    },
  ),

  leave: botAct("groups.leave", z.object({ ...group, name: typed }), ofGroup).mutation(async ({ ctx, input }) => {
    await requireName(ctx.desk.database, ctx.bot.id, input.groupId, input.name);
    return await leaveGroup(ctx.desk, ctx.doing, input.groupId);
  }),

  dissolve: botAct("groups.dissolve", z.object({ ...group, name: typed }), ofGroup).mutation(async ({ ctx, input }) => {
    await requireName(ctx.desk.database, ctx.bot.id, input.groupId, input.name);
    return await dissolveGroup(ctx.desk, ctx.doing, input.groupId);
  }),

  transfer: botAct("groups.transfer", z.object({ ...group, userId, name: typed }), (input) => ({
    ...ofGroup(input),
    personId: input.userId,
  })).mutation(async ({ ctx, input }) => {
    await requireName(ctx.desk.database, ctx.bot.id, input.groupId, input.name);
    return await transferGroup(ctx.desk, ctx.doing, input.groupId, input.userId);
  }),

  create: botAct(
    "groups.create",
    z.object({ botId, name, intro: z.string().trim().max(1_000).optional(), avatar: picture.optional() }),
    (input) => ({ target: input.name }),
  ).mutation(({ ctx, input: { botId: _bot, ...made } }) =>
    createGroup(ctx.desk, ctx.doing, { ...given(made), name: made.name }),
  ),

  join: botAct("groups.join", z.object({ ...group, reason: z.string().trim().max(200) }), ofGroup).mutation(
    ({ ctx, input }) => joinGroup(ctx.desk, ctx.doing, input.groupId, input.reason),
  ),

  invite: botAct("groups.invite", z.object({ ...group, userIds: z.array(userId).min(1).max(50) }), ofGroup).mutation(
    ({ ctx, input }) => inviteToGroup(ctx.desk, ctx.doing, input.groupId, input.userIds),
  ),

  /** Groups anywhere on the platform. */
  search: botAsk("groups.search", z.object({ botId, words })).query(async ({ ctx, input }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return (await adapter["groups.search"](input.words)).map(toFound);
  }),

  nearby: botAsk(
    "groups.nearby",
    z.object({ botId, latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  ).query(async ({ ctx, input: { latitude, longitude } }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return (await adapter["groups.nearby"]({ latitude, longitude })).map(toFound);
  }),

  honors: botAsk("groups.honors", z.object(group)).query(async ({ ctx, input }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return await adapter["groups.honors"](input.groupId);
  }),

  muted: botAsk("groups.muted", z.object(group)).query(async ({ ctx, input }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return await adapter["groups.muted"](input.groupId);
  }),

  link: botAsk("groups.link", z.object(group)).query(async ({ ctx, input }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return { link: await adapter["groups.link"](input.groupId) };
  }),

  essence: botAsk("essence.list", z.object(group)).query(async ({ ctx, input }) => {
    const adapter = await able(ctx.desk, ctx.doing);
    return (await adapter["essence.list"](input.groupId)).map(({ raw: _raw, ...essence }) => essence);
  }),

  removeEssence: botAct(
    "essence.remove",
    z.object({ ...group, messageId: z.string().min(1).max(100) }),
    ofGroup,
  ).mutation(({ ctx, input }) => removeEssence(ctx.desk, ctx.doing, input.groupId, input.messageId)),
});

function toFound({ raw: _raw, ...found }: Group) {
  return found;
}

/** Faces come by the desk's own addresses. */
function faced({ media }: Pick<Desk, "media">, group: GroupRow): GroupRow {
  return { ...group, avatar: media.face(group.bot.id, group.avatar, "groups.view") };
}
