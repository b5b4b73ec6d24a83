import { z } from "zod";
import {
  findConversation,
  findRows,
  getConversation,
  listConversations,
  openConversation,
} from "@/server/desk/conversation";
import { listChanges, searchMessages } from "@/server/desk/message-read";
import { toMessageRows } from "@/server/desk/message-row";
import { query, router } from "../trpc";

const id = z.uuid();
const peerId = z.string().trim().min(1).max(200);
const limit = z.number().int().min(1).max(100);

export const chatsRouter = router({
  /** Conversations of all bots in sight, the one that had something newest first; `unread` counts all under the filter of the bot. */
  list: query("messages.view")
    .input(
      z.object({
        botId: id.optional(),
        text: z.string().max(200).optional(),
        unread: z.boolean().optional(),
        cursor: z.string().max(80).optional(),
        limit: limit.default(50),
      }),
    )
    .query(async ({ ctx, input: { cursor, limit, ...filter } }) => {
      ctx.desk.chats.lists.ask(ctx.actor, filter.botId);
      return await listConversations(ctx.desk.database, ctx.actor, filter, { cursor, limit });
    }),

  /** What these conversations look like in a list now: a screen that heard of them replaces its rows. */
  rows: query("messages.view")
    .input(z.object({ ids: z.array(id).min(1).max(100) }))
    .query(({ ctx, input }) => findRows(ctx.desk.database, ctx.actor, input.ids)),

  get: query("messages.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => getConversation(ctx.desk.database, ctx.actor, input.id)),

  /** The conversation with somebody or of a group, whether anything was said there yet or not. */
  find: query("messages.view")
    .input(z.object({ botId: id, to: z.enum(["person", "group"]), peerId }))
    .query(async ({ ctx, input }) => ({ id: await openConversation(ctx.desk.database, ctx.actor, input) })),

  /** A page of messages backwards, the newest first; `next` null: the end. `isCut`: there may have been older ones. */
  page: query("messages.view")
    .input(z.object({ id, cursor: z.string().max(120).nullish(), limit: limit.default(50) }))
    .query(async ({ ctx, input }) => {
      const { database, chats } = ctx.desk;
      const { rows, ...page } = await chats.histories.page(ctx.actor, input.id, input.cursor ?? null, input.limit);
      const conversation = await findConversation(database, ctx.actor, input.id);
      const seal = ctx.desk.chats.sealAddress(conversation.botId);
      return { ...page, items: await toMessageRows(database, ctx.actor, conversation, rows, seal) };
    }),

  /** What is new or changed since the version a screen shows. */
  changed: query("messages.view")
    .input(z.object({ id, after: z.number().int().min(0) }))
    .query(async ({ ctx, input }) => {
      const { database, chats } = ctx.desk;
      chats.histories.look(await findConversation(database, ctx.actor, input.id));
      return await listChanges(database, ctx.actor, input.id, input.after, (botId) =>
        ctx.desk.chats.sealAddress(botId),
      );
    }),

  /** Kept messages with these words, the newest first. */
  search: query("messages.view")
    .input(
      z.object({
        text: z.string().trim().min(1).max(200),
        id: id.optional(),
        botId: id.optional(),
        cursor: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
        limit: limit.default(50),
      }),
    )
    .query(({ ctx, input: { text, id: conversationId, botId, cursor, limit } }) =>
      searchMessages(ctx.desk.database, ctx.actor, { text, conversationId, botId }, { cursor, limit }, (of) =>
        ctx.desk.chats.sealAddress(of),
      ),
    ),
});
