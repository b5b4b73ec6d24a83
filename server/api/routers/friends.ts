import { z } from "zod";
import type { Desk } from "@/server/desk/desk";
import { countFriends, friendSorts, getFriend, listFriendIds, listFriends, readFriends } from "@/server/desk/friend";
import {
  addFriend,
  assignCategory,
  blockPerson,
  createCategory,
  labelFriend,
  likePerson,
  remarkFriend,
  removeCategory,
  removeFriend,
  renameCategory,
  toCategoryName,
  unassignCategory,
  unblockPerson,
} from "@/server/desk/friend-act";
import { listFriendBots } from "@/server/desk/friend-bot";
import { able } from "@/server/desk/perform";
import type { Person } from "@/server/platforms/entity";
import { botAct, botAsk, botQuery } from "../bot-act";
import { RowIds } from "../row-id";
import { query, router } from "../trpc";

const botId = z.uuid();
const userId = z.string().min(1).max(128);
const one = z.object({ botId, userId });
const words = z.string().trim().max(60);
const category = z.object({ botId, categoryId: z.string().min(1).max(128) });
const filter = z.object({
  botId: botId.optional(),
  text: z.string().max(200).optional(),
  category: z.string().max(200).optional(),
  label: z.string().max(200).optional(),
});

const sorted = filter.extend({ sort: z.enum(friendSorts).default("name"), isDescending: z.boolean().default(false) });

const about = ({ userId: personId }: { userId: string }) => ({ personId, target: personId });
const named = ({ name }: { name: string }) => ({ target: name });

export const friendsRouter = router({
  /** The bots of the page: how each one's list stands (reading it where it is old), and what they can do beyond it. */
  bots: query("friends.view").query(({ ctx }) => listFriendBots(ctx.desk, ctx.actor)),

  list: query("friends.view")
    .input(
      sorted.extend({
        offset: z.number().int().min(0).max(1_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .query(async ({ ctx, input: { sort, isDescending, offset, limit, ...rest } }) => {
      const page = { sort, isDescending, offset, limit };
      const { items, count } = await listFriends(ctx.desk.database, ctx.actor, rest, page);
      return { items: items.map((friend) => faced(ctx.desk, friend.bot.id, friend)), count };
    }),

  /** All of them in order, by id. */
  ids: query("friends.view")
    .input(sorted)
    .query(({ ctx, input: { sort, isDescending, ...rest } }) =>
      listFriendIds(ctx.desk.database, ctx.actor, rest, { sort, isDescending }),
    ),

  rows: query("friends.view")
    .input(z.object({ ids: RowIds }))
    .query(async ({ ctx, input }) =>
      (await readFriends(ctx.desk.database, ctx.actor, input.ids)).map((friend) =>
        faced(ctx.desk, friend.bot.id, friend),
      ),
    ),

  facets: query("friends.view")
    .input(filter.pick({ botId: true }))
    .query(({ ctx, input }) => countFriends(ctx.desk.database, ctx.actor, input)),

  get: query("friends.view")
    .input(one)
    .query(async ({ ctx, input }) =>
      faced(ctx.desk, input.botId, await getFriend(ctx.desk.database, ctx.actor, input.botId, input.userId)),
    ),

  /** Reads the lists again now, of one bot or of all. */
  read: botQuery("friends.view", z.object({ botId })).query(async ({ ctx }) => {
    await ctx.desk.rosters.read(ctx.bot.id, "friends");
    return await ctx.desk.rosters.ask(ctx.bot.id, "friends");
  }),

  /** What the platform itself tells of somebody now. */
  profile: botAsk("people.get", one).query(async ({ ctx, input }) =>
    (await able(ctx.desk, ctx.doing))["people.get"](input.userId),
  ),

  /** The groups that both are in. */
  groups: botAsk("people.groups", one).query(async ({ ctx, input }) =>
    (await (await able(ctx.desk, ctx.doing))["people.groups"](input.userId)).map(({ id, name }) => ({ id, name })),
  ),

  search: botAsk("friends.search", z.object({ botId, words: words.min(1) })).query(async ({ ctx, input }) =>
    strangers(ctx.desk, input.botId, await (await able(ctx.desk, ctx.doing))["friends.search"](input.words)),
  ),

  blocked: botAsk("friends.blocked", z.object({ botId })).query(async ({ ctx, input }) =>
    strangers(ctx.desk, input.botId, await (await able(ctx.desk, ctx.doing))["friends.blocked"]()),
  ),

  oneWay: botAsk("friends.oneWay", z.object({ botId })).query(async ({ ctx, input }) =>
    strangers(ctx.desk, input.botId, await (await able(ctx.desk, ctx.doing))["friends.oneWay"]()),
  ),

  nearby: botAsk(
    "people.nearby",
    z.object({ botId, latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  ).query(async ({ ctx, input: { botId: of, ...place } }) =>
    strangers(ctx.desk, of, await (await able(ctx.desk, ctx.doing))["people.nearby"](place)),
  ),

  categories: botAsk("categories.list", z.object({ botId })).query(async ({ ctx }) =>
    (await (await able(ctx.desk, ctx.doing))["categories.list"]()).map(toCategoryName),
  ),

  add: botAct("friends.add", one.extend({ reason: z.string().trim().max(200).default("") }), about).mutation(
    ({ ctx, input }) => addFriend(ctx.desk, ctx.doing, input),
  ),

  remove: botAct(
    "friends.remove",
    one.extend({ block: z.boolean().default(false), vanish: z.boolean().default(false) }),
    about,
  ).mutation(({ ctx, input: { userId: id, block, vanish } }) =>
    removeFriend(ctx.desk, ctx.doing, { userId: id, block, vanish }),
  ),

  remark: botAct("friends.remark", one.extend({ remark: words }), about).mutation(({ ctx, input }) =>
    remarkFriend(ctx.desk, ctx.doing, input),
  ),

  label: botAct("friends.label", one.extend({ label: words }), about).mutation(({ ctx, input }) =>
    labelFriend(ctx.desk, ctx.doing, input),
  ),

  block: botAct("friends.block", one, about).mutation(({ ctx, input }) =>
    blockPerson(ctx.desk, ctx.doing, input.userId),
  ),

  unblock: botAct("friends.unblock", one, about).mutation(({ ctx, input }) =>
    unblockPerson(ctx.desk, ctx.doing, input.userId),
  ),

  like: botAct("people.like", one.extend({ times: z.number().int().min(1).max(20).default(1) }), about).mutation(
    ({ ctx, input }) => likePerson(ctx.desk, ctx.doing, input),
  ),

  createCategory: botAct("categories.create", z.object({ botId, name: words.min(1) }), named).mutation(
    ({ ctx, input }) => createCategory(ctx.desk, ctx.doing, input.name),
  ),

  renameCategory: botAct("categories.rename", category.extend({ name: words.min(1) }), named).mutation(
    ({ ctx, input }) => renameCategory(ctx.desk, ctx.doing, input),
  ),

  removeCategory: botAct("categories.remove", category, ({ categoryId }) => ({ target: categoryId })).mutation(
    ({ ctx, input }) => removeCategory(ctx.desk, ctx.doing, input.categoryId),
  ),

  assign: botAct("categories.assign", category.extend({ userId }), about).mutation(({ ctx, input }) =>
    assignCategory(ctx.desk, ctx.doing, input),
  ),

  unassign: botAct("categories.unassign", category.extend({ userId }), about).mutation(({ ctx, input }) =>
    unassignCategory(ctx.desk, ctx.doing, input),
  ),
});

/** Faces come by the desk's own addresses. */
function faced<P extends { avatar: string | null }>({ media }: Pick<Desk, "media">, of: string, person: P): P {
  return { ...person, avatar: media.face(of, person.avatar, "friends.view") };
}

/** People as the platform tells of them now, without its own object. */
function strangers(desk: Pick<Desk, "media">, of: string, people: readonly Person[]) {
  return people.map(({ id, name, avatar }) => faced(desk, of, { id, name, avatar }));
}
