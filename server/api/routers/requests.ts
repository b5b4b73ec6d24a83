import { z } from "zod";
import {
  mostChanged,
  requestAges,
  requestHolders,
  requestKinds,
  requestSets,
  requestStates,
  verbs,
} from "@/lib/request";
import { handOver, listColleagues } from "@/server/desk/assign";
import { listChanged } from "@/server/desk/changed";
import { claimRequest, releaseClaim } from "@/server/desk/claim";
import { decide } from "@/server/desk/decision";
import { getRequest } from "@/server/desk/detail";
import { countRequests } from "@/server/desk/facet";
import { addNote } from "@/server/desk/note";
import { checkNow } from "@/server/desk/readback";
import { countArrived, getRaw, getRequestRow, listRequests } from "@/server/desk/request";
import { setSkipped } from "@/server/desk/skip";
import { snooze } from "@/server/desk/snooze";
import { undo } from "@/server/desk/undo";
import { aboutRequest } from "../about";
import { act, query, reveal, router } from "../trpc";

const id = z.uuid();
const token = z.string().min(1).max(100);
const filter = z.object({
  kind: z.enum(requestKinds).optional(),
  botId: id.optional(),
  groupId: z.string().max(64).optional(),
  state: z.enum([...requestStates, "open", "all"]).default("open"),
  text: z.string().max(200).optional(),
  holder: z.union([z.enum(requestHolders), id]).optional(),
  age: z.enum(requestAges).optional(),
  set: z.enum(requestSets).default("now"),
  skipped: z.enum(["hide", "show"]).default("show"),
});
const page = { cursor: id.optional(), since: id.optional(), limit: z.number().int().min(1).max(100).default(50) };

export const requestsRouter = router({
  list: query("requests.view")
    .input(filter.extend(page))
    .query(({ ctx, input: { cursor, since, limit, ...rest } }) =>
      listRequests(ctx.desk.database, ctx.actor, rest, { cursor, since, limit }),
    ),

  /** What became of these ids in the list under this filter: a screen that heard of them need not read its pages again. */
  changed: query("requests.view")
    .input(filter.extend({ ids: z.array(id).min(1).max(mostChanged) }))
    .query(({ ctx, input: { ids, ...rest } }) => listChanged(ctx.desk.database, ctx.actor, rest, ids)),

  /** How many came since the newest that a screen shows. */
  arrived: query("requests.view")
    .input(filter.extend({ after: id }))
    .query(({ ctx, input: { after, ...rest } }) => countArrived(ctx.desk.database, ctx.actor, rest, after)),

  counts: query("requests.view")
    .input(filter)
    .query(({ ctx, input }) => countRequests(ctx.desk.database, ctx.actor, input)),

  get: query("requests.view")
    .input(z.object({ id }))
    .query(({ ctx, input }) => getRequest(ctx.desk.database, ctx.actor, input.id)),

  /** The platform's own words about strangers: each look at them stands in the record. */
  raw: reveal("requests.raw", z.object({ id }), aboutRequest).query(({ ctx, input }) =>
    getRaw(ctx.desk.database, ctx.actor, input.id),
  ),

  /** Takes the lease on a request for one tab. With a reason also from a colleague who holds it. */
  claim: act(
    { permission: "requests.decide", risk: "write" },
    z.object({ id, tab: id, reason: z.string().trim().min(1).max(500).optional() }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => {
    const { before, after, ...taken } = await claimRequest(ctx.desk.database, ctx.actor, input);
    ctx.change({ before, after });
    return taken;
  }),

  release: act({ permission: "requests.decide", risk: "write" }, z.object({ id, token }), aboutRequest).mutation(
    async ({ ctx, input }) => ({ isReleased: await releaseClaim(ctx.desk.database, input.id, input.token) }),
  ),

  decide: act(
    { permission: "requests.decide", risk: "write" },
    z.object({
      id,
      version: z.number().int().positive(),
      verb: z.enum(verbs),
      reason: z.string().max(500).default(""),
      acknowledgeTwin: z.boolean().default(false),
      again: z.boolean().default(false),
      token: token.optional(),
      tab: id.optional(),
    }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => {
    const { before, after } = await decide(ctx.desk.database, ctx.actor, ctx.correlationId, input);
    ctx.change({ before, after });
    return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
  }),

  /** Takes back a decision that was not sent yet, whoever took it. */
  undo: act({ permission: "requests.decide", risk: "write" }, z.object({ id, decisionId: id }), aboutRequest).mutation(
    async ({ ctx, input }) => {
      ctx.change(await undo(ctx.desk.database, input));
      return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
    },
  ),

  /** Passes over, for the operator who asks alone. */
  skip: act(
    { permission: "requests.decide", risk: "write" },
    z.object({ id, isSkipped: z.boolean() }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => {
    await setSkipped(ctx.desk.database, ctx.actor, input.id, input.isSkipped);
    return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
  }),

  /** Out of everybody's open queue until then; null wakes it. */
  snooze: act(
    { permission: "requests.decide", risk: "write" },
    z.object({ id, until: z.date().nullable() }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await snooze(ctx.desk.database, ctx.actor, input));
    return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
  }),

  /** To a colleague; null: back to everybody. */
  handOver: act(
    { permission: "requests.decide", risk: "write" },
    z.object({ id, operatorId: id.nullable(), why: z.string().trim().max(500).optional() }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => {
    ctx.change(await handOver(ctx.desk.database, ctx.actor, input));
    return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
  }),

  /** Whom a request may be handed to. */
  colleagues: query("requests.decide")
    .input(z.object({ id }))
    .query(({ ctx, input }) => listColleagues(ctx.desk.database, ctx.actor, input.id)),

  note: act(
    { permission: "requests.note", risk: "write" },
    z.object({ id, text: z.string().trim().min(1).max(2_000) }),
    aboutRequest,
  ).mutation(async ({ ctx, input }) => ({ id: await addNote(ctx.desk.database, ctx.actor, input.id, input.text) })),

  /** Looks at the platform now for what became of the newest decision. Reads only. */
  check: act({ permission: "requests.decide", risk: "read" }, z.object({ id }), aboutRequest).mutation(
    async ({ ctx, input }) => {
      await checkNow(ctx.desk, input.id);
      return await getRequestRow(ctx.desk.database, ctx.actor, input.id);
    },
  ),
});
