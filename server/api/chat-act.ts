import type { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { Risk } from "@/lib/risk";
import { type FoundConversation, findConversation } from "@/server/desk/conversation";
import { type FoundMessage, findMessage } from "@/server/desk/message-act";
import type { Doing } from "@/server/desk/perform";
import type { Capability } from "@/server/platforms/adapter";
import { capabilities, riskOf } from "@/server/platforms/capability";
import type { Context } from "./context";
import { type About, act } from "./trpc";

/** An input that names the conversation it is about, by the desk's own id, and maybe a message in it. */
type OfChat = z.ZodType<{ id: string; message?: string | undefined }>;

/**
 * A mutation on a conversation by what a bot can do. Permission, group and person come from what is stored, not from the
 * input; a conversation out of sight is `not_found`, as one that is not there. The procedure gets `ctx.conversation`,
 * `ctx.message` (of `input.message`) and `ctx.doing` for `perform`.
 */
export function chatAct<C extends Capability, I extends OfChat>(capability: C, input: I) {
  return chatMutation(capabilities[capability], riskOf(capability), input).use(async ({ ctx, next }) => {
    const { conversation, subject } = ctx;
    const doing: Doing<C> = {
      ...{ actor: ctx.actor, correlationId: ctx.correlationId, botId: conversation.botId, capability },
      ...{ groupId: subject.groupId ?? null, personId: subject.personId ?? null, target: subject.target ?? null },
    };
    return await next({ ctx: { ...ctx, doing } });
  });
}

/** The same for what concerns the desk alone. */
export function chatMutation<I extends OfChat>(permission: Permission, risk: Risk, input: I) {
  return act({ permission, risk }, input, async (ctx, parsed) => {
    const { conversation, message } = await find(ctx, parsed);
    const { bot } = conversation;
    return { botId: bot.id, botName: bot.name, platform: bot.platform, ...subjectOf(conversation, message) };
  }).use(async ({ ctx, input: parsed, next }) => {
    // tRPC types the parsed input of a generic schema as unresolved; it is this schema's output.
    const { conversation, message } = await find(ctx, parsed as z.output<I>);
    return await next({ ctx: { ...ctx, conversation, message, subject: subjectOf(conversation, message) } });
  });
}

async function find(ctx: Context & { actor: Actor }, input: { id: string; message?: string | undefined }) {
  const conversation = await findConversation(ctx.desk.database, ctx.actor, input.id);
  const message = input.message ? await findMessage(ctx.desk.database, conversation.id, input.message) : null;
  return { conversation, message };
}

function subjectOf({ peer, name }: FoundConversation, message: FoundMessage | null): About {
  const isGroup = peer.to === "group";
  return {
    groupId: isGroup ? peer.id : null,
    personId: isGroup ? (message?.senderId ?? null) : peer.id,
    target: name || peer.id,
  };
}
