import type { z } from "zod";
import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import type { Platform } from "@/lib/platform";
import { findBot } from "@/server/desk/bot";
import type { Doing } from "@/server/desk/perform";
import type { Capability } from "@/server/platforms/adapter";
import { capabilities, riskOf } from "@/server/platforms/capability";
import type { Context } from "./context";
import { type About, act, query } from "./trpc";

/** An input that names the bot it is about. */
type OfBot = z.ZodType<{ botId: string }>;

/** What of the act stands in the record beside the bot. */
export type Subject = Pick<About, "groupId" | "personId" | "requestId" | "target">;

/** A bot as an act needs it. */
export interface ActBot {
  id: string;
  name: string;
  platform: Platform;
}

/**
 * A mutation by which an operator uses a capability of a bot: its permission is checked on that bot, the event stands in
 * the record before anything is sent. The procedure gets `ctx.bot` and `ctx.doing`, which `perform` takes.
 * A bot out of the operator's sight is `not_found`, as one that is not there.
 * @param subject whom and what it is about, from the input.
 */
export function botAct<C extends Capability, I extends OfBot>(
  capability: C,
  input: I,
  subject: (input: z.output<I>) => Subject = () => ({}),
) {
  const meta = { permission: capabilities[capability], risk: riskOf(capability) };
  return act(meta, input, async (ctx, parsed) => {
    const bot = await inSight(ctx, parsed.botId);
    return { botId: bot.id, botName: bot.name, platform: bot.platform, ...subject(parsed) };
  }).use(async ({ ctx, input: parsed, next, signal }) => {
    // tRPC types the parsed input of a generic schema as unresolved; it is this schema's output.
    const known = parsed as z.output<I>;
    const bot = await inSight(ctx, known.botId);
    const about = subject(known);
    const doing: Doing<C> = {
      ...{ actor: ctx.actor, correlationId: ctx.correlationId, botId: bot.id, capability },
      ...{ groupId: about.groupId ?? null, personId: about.personId ?? null, target: about.target ?? null },
      ...(about.requestId ? { requestId: about.requestId } : {}),
      ...(signal ? { signal } : {}),
    };
    return await next({ ctx: { ...ctx, bot, doing } });
  });
}

/**
 * A query about one bot under a permission on it. The procedure gets `ctx.bot`, and with a capability `ctx.doing`.
 * A bot out of the operator's sight, or on which they may not, is `not_found`.
 */
export function botQuery<I extends OfBot>(of: Permission, input: I) {
  return query(of)
    .input(input)
    .use(async ({ ctx, input: parsed, next }) => {
      // As above.
      const bot = await inSight(ctx, (parsed as z.output<I>).botId);
      if (!can(ctx.actor, of, bot.id)) throw new DeskError("not_found");
      return await next({ ctx: { ...ctx, bot } });
    });
}

/** The same for a query that asks the platform. */
export function botAsk<C extends Capability, I extends OfBot>(capability: C, input: I) {
  return botQuery(capabilities[capability], input).use(async ({ ctx, next, signal }) => {
    const doing: Doing<C> = {
      ...{ actor: ctx.actor, correlationId: ctx.correlationId, botId: ctx.bot.id, capability },
      ...(signal ? { signal } : {}),
    };
    return await next({ ctx: { ...ctx, doing } });
  });
}

async function inSight(ctx: Context & { actor: Actor }, botId: string): Promise<ActBot> {
  const bot = await findBot(ctx.desk.database, ctx.actor, botId);
  if (!bot) throw new DeskError("not_found");
  return bot;
}
