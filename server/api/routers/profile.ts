import { z } from "zod";
import { mostAvatarText } from "@/lib/profile";
import { able } from "@/server/desk/perform";
import { endClient, forgetSignIn, readProfile, setPresence, updateProfile, wordPresence } from "@/server/desk/profile";
import { capabilities } from "@/server/platforms/capability";
import { aboutBot } from "../about";
import { botAct, botAsk } from "../bot-act";
import { act, router } from "../trpc";

const botId = z.uuid();
const one = z.object({ botId });
const typed = z.object({ botId, name: z.string().max(80) });

/** As its content, made small in the browser (components/picture.ts), or an address that the platform fetches. */
const picture = z
  .string()
  .max(mostAvatarText)
  .regex(/^(?:data:image\/(?:png|jpeg);base64,[A-Za-z\d+/]+=*|https?:\/\/\S{1,500})$/);

export const profileRouter = router({
  get: botAsk("profile.get", one).query(async ({ ctx: { desk, doing } }) => {
    const own = await readProfile(await able(desk, doing));
    return own && { ...own, avatar: desk.media.face(doing.botId, own.avatar, capabilities["profile.get"]) };
  }),

  /** How the platform says that the account stands. */
  presence: botAsk("presence.get", one).query(async ({ ctx }) => {
    const { isOnline, isGood } = await (await able(ctx.desk, ctx.doing))["presence.get"]();
    return { isOnline, isGood };
  }),

  presets: botAsk("presence.presets", one).query(async ({ ctx }) =>
    (await able(ctx.desk, ctx.doing))["presence.presets"](),
  ),

  /** Who liked the account's card, newest first. */
  likes: botAsk("profile.likes", one).query(async ({ ctx }) => (await able(ctx.desk, ctx.doing))["profile.likes"]()),

  update: botAct(
    "profile.update",
    one.extend({
      name: z.string().trim().min(1).max(60).optional(),
      signature: z.string().trim().max(200).optional(),
      avatar: picture.optional(),
    }),
    ({ name }) => ({ target: name ?? null }),
  ).mutation(({ ctx, input: { name, signature, avatar } }) => {
    const given = { ...(name === undefined ? {} : { name }), ...(signature === undefined ? {} : { signature }) };
    ctx.change({ after: { ...given, ...(avatar === undefined ? {} : { avatar: "picture" }) } });
    return updateProfile(ctx.desk, ctx.doing, { ...given, ...(avatar === undefined ? {} : { avatar }) });
  }),

  setPresence: botAct("presence.set", one.extend({ preset: z.string().min(1).max(80) }), ({ preset }) => ({
    target: preset,
  })).mutation(({ ctx, input }) => setPresence(ctx.desk, ctx.doing, input.preset)),

  wordPresence: botAct(
    "presence.word",
    one.extend({ words: z.string().trim().min(1).max(60), faceId: z.string().regex(/^\d{1,6}$/) }),
    ({ words }) => ({ target: words }),
  ).mutation(({ ctx, input: { words, faceId } }) => wordPresence(ctx.desk, ctx.doing, { words, faceId })),

  exit: botAct("clients.exit", typed).mutation(({ ctx, input }) =>
    endClient(ctx.desk, ctx.doing, { typed: input.name, name: ctx.bot.name }),
  ),

  restart: botAct("clients.restart", typed).mutation(({ ctx, input }) =>
    endClient(ctx.desk, ctx.doing, { typed: input.name, name: ctx.bot.name }),
  ),

  /** Forgets what signs the account in, and disconnects. It ends nothing on the platform. */
  forget: act({ permission: "bots.manage", risk: "destructive" }, typed, aboutBot).mutation(async ({ ctx, input }) => {
    await forgetSignIn(ctx.desk.database, input.botId, input.name);
    return { id: input.botId };
  }),
});
