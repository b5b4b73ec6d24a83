import { z } from "zod";
import { type Actor, botsWith } from "@/lib/actor";
import { personFlags } from "@/lib/person";
import { platforms } from "@/lib/platform";
import { listEvents } from "@/server/audit/list";
import { botOfPerson, getPerson } from "@/server/desk/person";
import { addPersonNote, removePersonNote, setPersonFlag } from "@/server/desk/person-note";
import { listSaid } from "@/server/desk/person-said";
import type { Context } from "../context";
import { type About, act, query, router } from "../trpc";

const id = z.uuid();
const who = { platform: z.enum(platforms), personId: z.string().min(1).max(128) };
const limit = z.number().int().min(1).max(100).default(30);

/** The bot whose team speaks of them; one out of sight is `not_found`. */
async function aboutPerson(
  ctx: Context & { actor: Actor },
  input: { platform: string; personId: string; botId: string },
): Promise<About> {
  const bot = await botOfPerson(ctx.desk.database, ctx.actor, input);
  return {
    botId: bot.id,
    botName: bot.name,
    platform: input.platform,
    personId: input.personId,
    target: input.personId,
  };
}

export const peopleRouter = router({
  /** Everything known of somebody, each part as far as the operator's grants show it. */
  get: query("requests.view")
    .input(z.object(who))
    .query(async ({ ctx, input }) => {
      const { face, ...person } = await getPerson(ctx.desk.database, ctx.actor, input);
      // By an address of the desk's own.
      return { ...person, avatar: face && ctx.desk.media.face(face.botId, face.url, face.permission) };
    }),

  /** Their messages that are kept. */
  messages: query("messages.view")
    .input(z.object({ ...who, cursor: z.object({ at: z.date(), id }).optional(), limit }))
    .query(({ ctx, input: { cursor, limit, ...person } }) =>
      listSaid(ctx.desk.database, ctx.actor, person, { cursor, limit }),
    ),

  /** What the record says was done to them. */
  events: query("audit.view")
    .input(z.object({ ...who, cursor: id.optional(), limit }))
    .query(({ ctx, input: { cursor, limit, ...person } }) =>
      listEvents(ctx.desk.database, person, botsWith(ctx.actor, "audit.view"), { cursor, limit }),
    ),

  note: act(
    { permission: "requests.note", risk: "write" },
    z.object({ ...who, botId: id, text: z.string().trim().min(1).max(2_000) }),
    aboutPerson,
  ).mutation(async ({ ctx, input: { text, ...person } }) => ({
    id: await addPersonNote(ctx.desk.database, ctx.actor, person, text),
  })),

  removeNote: act(
    { permission: "requests.note", risk: "write" },
    z.object({ ...who, botId: id, id }),
    aboutPerson,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await removePersonNote(ctx.desk.database, ctx.actor, input, input.id));
    return { id: input.id };
  }),

  flag: act(
    { permission: "requests.note", risk: "write" },
    z.object({ ...who, botId: id, flag: z.enum(personFlags), isOn: z.boolean() }),
    aboutPerson,
  ).mutation(async ({ ctx, input: { flag, isOn, ...person } }) => {
    const { before, after } = await setPersonFlag(ctx.desk.database, ctx.actor, person, flag, isOn);
    ctx.change({ before, after });
    return after;
  }),
});
