import { z } from "zod";
import { DeskError } from "@/lib/errors";
import {
  type ConversationRow,
  countUnread,
  findConversation,
  findRows,
  getConversation,
  listConversations,
  openConversation,
} from "@/server/desk/conversation";
import { usable } from "@/server/desk/conversation-can";
import type { Desk } from "@/server/desk/desk";
import {
  discard,
  type FoundMessage,
  forward,
  markRead,
  poke,
  react,
  recall,
  setEssence,
  tellRead,
} from "@/server/desk/message-act";
import { listChanges } from "@/server/desk/message-read";
import { toMessageRows } from "@/server/desk/message-row";
import { searchMessages } from "@/server/desk/message-search";
import { chatAct, chatMutation } from "../chat-act";
import { Pieces } from "../piece";
import { query, router } from "../trpc";

const id = z.uuid();
const peerId = z.string().trim().min(1).max(200);
const ofMessage = z.object({ id, message: id });
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
      const list = await listConversations(
        ctx.desk.database,
        ctx.actor,
        filter,
        { cursor, limit },
        ctx.desk.chats.sealFace,
      );
      await askNames(ctx.desk, list.items);
      return list;
    }),

  /** How many messages nobody has read, of all conversations in sight. */
  unread: query("messages.view").query(async ({ ctx }) => ({
    count: await countUnread(ctx.desk.database, ctx.actor),
  })),

  /** What these conversations look like in a list now: a screen that heard of them replaces its rows. */
  rows: query("messages.view")
    .input(z.object({ ids: z.array(id).min(1).max(100) }))
    .query(async ({ ctx, input }) => {
      const rows = await findRows(ctx.desk.database, ctx.actor, input.ids, ctx.desk.chats.sealFace);
      await askNames(ctx.desk, rows);
      return rows;
    }),

  get: query("messages.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => getConversation(ctx.desk.database, ctx.actor, input.id, ctx.desk.chats.sealFace)),

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
        cursor: z.string().max(120).optional(),
        limit: limit.default(50),
      }),
    )
    .query(({ ctx, input: { text, id: conversationId, botId, cursor, limit } }) => {
      const { database, chats } = ctx.desk;
      return searchMessages(database, ctx.actor, text, { conversationId, botId }, { cursor, limit }, chats.sealFace);
    }),

  /**
   * Sends a message. `newId` is made by the browser: the same sent twice is one. Fails with what the platform said, the
   * message then stands in the conversation as failed or, where it may have gone out, as unknown; `confirmed` once the
   * platform itself tells of it.
   */
  send: chatAct("messages.send", z.object({ id, newId: id, pieces: Pieces, instead: id.optional() })).mutation(
    async ({ ctx, input: { newId, pieces, instead } }) => {
      const { conversation, doing, desk } = ctx;
      await desk.chats.sender.deliver(conversation, doing, { id: newId, pieces, instead });
      const row = await desk.database.message.findUniqueOrThrow({ where: { id: newId } });
      // The same click again: how the first one ended.
      if (row.state === "failed") throw new DeskError("not_carried_out");
      if (row.state === "unknown") throw new DeskError("result_unknown");
      ctx.change({ after: { message: newId, messageId: row.messageId, state: row.state } });
      const [message] = await toMessageRows(
        desk.database,
        ctx.actor,
        conversation,
        [row],
        desk.chats.sealAddress(conversation.botId),
      );
      return {
        state: row.state === "confirmed" ? ("confirmed" as const) : ("sent" as const),
        message: message ?? null,
      };
    },
  ),

  /** Takes a message that failed off the screens. It never went out. */
  discard: chatMutation("messages.send", "write", ofMessage).mutation(async ({ ctx }) => {
    await discard(ctx.desk.database, ctx.conversation.id, named(ctx.message).id);
  }),

  recall: chatAct("messages.recall", ofMessage).mutation(({ ctx }) =>
    recall(ctx.desk, ctx.doing, ctx.conversation, named(ctx.message)),
  ),

  react: chatAct("messages.react", ofMessage.extend({ faceId: z.string().min(1).max(64), isOn: z.boolean() })).mutation(
    ({ ctx, input }) => react(ctx.desk, ctx.doing, ctx.conversation, named(ctx.message), input),
  ),

  addEssence: chatAct("essence.add", ofMessage).mutation(({ ctx }) =>
    setEssence(ctx.desk, ctx.doing, ctx.conversation, named(ctx.message), true),
  ),

  removeEssence: chatAct("essence.remove", ofMessage).mutation(({ ctx }) =>
    setEssence(ctx.desk, ctx.doing, ctx.conversation, named(ctx.message), false),
  ),

  /** Nudges who sent a message; without one the person of a private conversation. */
  poke: chatAct("messages.poke", z.object({ id, message: id.optional() })).mutation(({ ctx }) => {
    const { conversation, message } = ctx;
    const userId = message ? message.senderId : conversation.peer.to === "person" ? conversation.peer.id : null;
    if (userId === null) throw new DeskError("invalid_input", { field: "message" });
    return poke(ctx.desk, ctx.doing, conversation, userId);
  }),

  /** Sends a message on into another conversation of the same bot. */
  forward: chatAct("messages.forward", ofMessage.extend({ to: id })).mutation(async ({ ctx, input }) => {
    const to = await findConversation(ctx.desk.database, ctx.actor, input.to);
    return await forward(ctx.desk, ctx.doing, ctx.conversation, named(ctx.message), to);
  }),

  /** Marks a conversation as read here and, where it can and the operator may, on the platform. */
  read: chatMutation("messages.view", "write", z.object({ id })).mutation(async ({ ctx }) => {
    const { desk, actor, conversation, correlationId } = ctx;
    const before = await markRead(desk.database, conversation.id, actor.name);
    ctx.change({ before, after: { unread: 0 } });
    if (!usable(actor, conversation.bot)("messages.read")) return { isToldThere: false };
    return { isToldThere: await tellRead(desk, { actor, correlationId }, conversation) };
  }),
});

/** Nobody has told what these are called: the lists of their bots may, which are read behind whoever looks. */
async function askNames(desk: Pick<Desk, "rosters">, rows: readonly ConversationRow[]): Promise<void> {
  const wanted = new Map(
    rows.flatMap(({ bot, peer }) => {
      const kind = peer.to === "group" ? ("groups" as const) : ("friends" as const);
      return peer.name === "" ? [[`${bot.id} ${kind}`, { botId: bot.id, kind }] as const] : [];
    }),
  );
  await Promise.all([...wanted.values()].map(({ botId, kind }) => desk.rosters.ask(botId, kind)));
}

/** The schema lets none of these acts be without one, and `chatAct` has found it. */
function named(message: FoundMessage | null): FoundMessage {
  if (message === null) throw new DeskError("not_found");
  return message;
}
