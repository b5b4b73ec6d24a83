import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { paceBounds } from "@/lib/pace";
import { platforms } from "@/lib/platform";
import { getBot, listBotLog, listBots, readSupport } from "@/server/desk/bot";
import { createBot, probeBot, removeBot, setBotEnabled, setExtra, updateBot } from "@/server/desk/bot-registry";
import { finishSignIn, startSignIn } from "@/server/desk/bot-sign-in";
import { listGaps } from "@/server/desk/gap";
import { listPlatforms } from "@/server/desk/platform";
import { Deadline } from "@/server/platforms/deadline";
import type { Context } from "../context";
import { type About, act, query, router } from "../trpc";

const id = z.uuid();
const name = z.string().trim().min(1).max(80);
const token = z.string().max(512);
/** Checked by the platform's own schema in server/desk/bot.ts; here it only has to be a plain object. */
const connection = z.record(z.string(), z.unknown());
const platform = z.enum(platforms);
const within = ({ least, most }: { least: number; most: number }) => z.number().int().min(least).max(most).optional();
const pace = {
  writeGapMs: within(paceBounds.writeGapMs),
  readLimit: within(paceBounds.readLimit),
  writeLimit: within(paceBounds.writeLimit),
};

/** At most as long as the platforms' own limits; a picture's key is whatever the server made it. */
const typed = z.string().min(1).max(200);
const email = z.email().max(200);
const mobile = z.string().regex(/^\+?\d{5,20}$/);
const inviteCode = z.string().max(100).optional();
const signInStart = z.discriminatedUnion("method", [
  z.object({ method: z.literal("password") }),
  z.object({ method: z.literal("email"), email }),
  z.object({ method: z.literal("mobile"), mobile }),
]);
const picture = { key: z.string().min(1).max(500), code: typed };
const signInAnswer = z.discriminatedUnion("method", [
  z.object({ method: z.literal("password"), account: typed, password: typed, ...picture }),
  z.object({ method: z.literal("kept"), ...picture }),
  z.object({ method: z.literal("email"), email, code: typed, inviteCode }),
  z.object({ method: z.literal("mobile"), mobile, code: typed, inviteCode }),
]);

const probing = new Deadline(10_000);
const signingIn = new Deadline(20_000);
/** Of a call that is made past HTTP. */
const endless = new AbortController().signal;

async function aboutBot(ctx: Context & { actor: Actor }, input: { id?: string | undefined }): Promise<About> {
  if (input.id === undefined) return {};
  const bot = await getBot(ctx.desk.database, ctx.actor, input.id, ctx.desk.config.publicUrl);
  return { botId: bot.id, botName: bot.name, platform: bot.platform, target: bot.name };
}

export const botsRouter = router({
  list: query("bots.view").query(({ ctx }) => listBots(ctx.desk.database, ctx.actor)),

  get: query("bots.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => getBot(ctx.desk.database, ctx.actor, input.id, ctx.desk.config.publicUrl)),

  /** What can be done with it, by capability. */
  supports: query("bots.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => readSupport(ctx.desk.database, ctx.actor, input.id)),

  log: query("bots.view")
    .input(z.object({ id, cursor: id.optional(), limit: z.number().int().min(1).max(100).default(50) }))
    .query(({ ctx, input }) => listBotLog(ctx.desk.database, ctx.actor, input.id, input)),

  /** The newest times in which nobody held the connection, and what was found of each. */
  gaps: query("bots.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => listGaps(ctx.desk.database, ctx.actor, input.id)),

  /** The platforms there are, and what each can do before anything beyond its document is switched on. */
  platforms: query("bots.manage").query(() => listPlatforms()),

  create: act(
    { permission: "bots.manage", risk: "write" },
    z.object({ name, platform, connection, token: token.optional(), ...pace }),
    (_ctx, input) => ({ platform: input.platform, target: input.name }),
  ).mutation(({ ctx, input }) => createBot(ctx.desk, input)),

  update: act(
    { permission: "bots.manage", risk: "write" },
    z.object({ id, name, connection, token: token.optional(), ...pace }),
    aboutBot,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await updateBot(ctx.desk, input.id, input));
    return { id: input.id };
  }),

  /** Opens a connection of its own, asks who is there, closes it. Changes nothing over there. */
  probe: act(
    { permission: "bots.manage", risk: "read" },
    z.object({ id: id.optional(), platform, connection, token: token.optional() }),
    aboutBot,
  ).mutation(async ({ ctx, input, signal }) => {
    const result = await probing.within(signal ?? endless, (until) => probeBot(ctx.desk, input, until));
    ctx.change({ after: result });
    return result;
  }),

  /** Asks for the picture, or for a code that goes to an address: a mail or a text message each time. */
  signInStart: act(
    { permission: "bots.manage", risk: "write", secrets: ["start.email", "start.mobile"] },
    z.object({ id: id.optional(), platform, connection, start: signInStart }),
    aboutBot,
  ).mutation(({ ctx, input, signal }) =>
    signingIn.within(signal ?? endless, (until) => startSignIn(ctx.desk, ctx.actor.id ?? "", input, until)),
  ),

  /** Signs an account in over there: a new bot, or one that was signed out. What was typed is used for this one call. */
  signIn: act(
    { permission: "bots.manage", risk: "write", secrets: ["answer"] },
    z.object({
      ...{ id: id.optional(), name, platform, connection, answer: signInAnswer, ...pace },
      keepsPassword: z.boolean().default(false),
      mayRegister: z.boolean().default(false),
    }),
    async (ctx, input) => ({ platform: input.platform, target: input.name, ...(await aboutBot(ctx, input)) }),
  ).mutation(async ({ ctx, input, signal }) => {
    const signedIn = await signingIn.within(signal ?? endless, (until) =>
      finishSignIn(ctx.desk, ctx.actor.id ?? "", input, until),
    );
    ctx.change({ after: { ...signedIn, method: input.answer.method } });
    return signedIn;
  }),

  setEnabled: act(
    { permission: "bots.manage", risk: "write" },
    z.object({ id, isEnabled: z.boolean() }),
    aboutBot,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await setBotEnabled(ctx.desk.database, input.id, input.isEnabled));
    return { id: input.id };
  }),

  /** Allows an operation that the vendor's document does not have. */
  setExtra: act(
    { permission: "bots.manage", risk: "write" },
    z.object({ id, operation: z.string().min(1).max(80), isOn: z.boolean() }),
    aboutBot,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await setExtra(ctx.desk.database, input.id, input.operation, input.isOn));
    return { id: input.id };
  }),

  remove: act(
    { permission: "bots.manage", risk: "destructive" },
    z.object({ id, name: z.string().max(80) }),
    aboutBot,
  ).mutation(async ({ ctx, input }) => {
    await removeBot(ctx.desk.database, input.id, input.name);
    return { id: input.id };
  }),
});
