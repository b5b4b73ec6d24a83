import { initTRPC, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import superjson from "superjson";
import { z } from "zod";
import { type Actor, can, canSomewhere } from "@/lib/actor";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import type { Risk } from "@/lib/risk";
import type { EventInput } from "@/server/audit/record";
import { forgive, publicActKeys, takeAttempt, toldKeys } from "@/server/auth/throttle";
import { isConnectionLost, untilRead } from "@/server/db/retry";
import { type CallTrace, FailedCall } from "@/server/desk/failed-call";
import { PlatformError } from "@/server/platforms/error";
import type { Context } from "./context";
import { toFaults } from "./fault";
import { isStorable } from "./storable";

/** What every procedure states. `public`: no operator is needed. The suite fails on a procedure without it. */
export interface ProcedureMeta {
  permission: Permission | "public";
  risk: Risk;
  /** Dotted paths of the input that no name gives away as secret; redacted in the record. */
  secrets?: readonly string[];
  /** Leaves no event: made by `pulse`. */
  isPulse?: true;
}

/** What an act is about, for the permission check and the record. `botId` null: the whole desk. */
export type About = Pick<
  EventInput,
  "botId" | "botName" | "platform" | "requestId" | "groupId" | "personId" | "target"
> & {
  /** It is about things of several bots, and the procedure itself checks the permission for each of them. */
  isCheckedEach?: boolean;
  /** What the act needs beside the procedure's own permission: that of the operation it names. */
  permission?: Permission;
  /** Of the operation it names; the procedure's own where it names none. */
  risk?: Risk;
  endpoint?: string;
  /** Dotted paths of the input that the operation declares secret. */
  secrets?: readonly string[];
};

/** How an error crosses the wire: a closed code with values for its text. */
export interface WireError {
  code: ErrorCode;
  detail: ErrorDetail;
  /** Faults of the input by dotted path, in the schema's words. */
  fields: Record<string, string>;
  correlationId: string | null;
  /** Of a raw call that went wrong: what had gone out. */
  trace?: CallTrace;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    // A dead connection is noticed by both sides within half a minute.
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
    errorFormatter({ shape, error, ctx }) {
      const { cause } = error;
      const trace = cause instanceof FailedCall ? { trace: cause.trace } : {};
      const desk: WireError = { ...toWire(error), correlationId: ctx?.correlationId ?? null, ...trace };
      // The message would carry zod's JSON or an exception's words, and `stack` paths: only the closed code goes out.
      return { ...shape, message: desk.code, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, desk } };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/**
 * Ground of the ladder: our own errors leave with their true status instead of tRPC's 500 for everything it did not
 * throw, and text that no database can hold is a fault of the input and not of the desk.
 */
const ground = t.procedure.use(async ({ next, getRawInput }) => {
  if (!isStorable(await getRawInput())) throw new TRPCError({ code: "BAD_REQUEST", message: "invalid_input" });
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (!(cause instanceof DeskError || cause instanceof PlatformError || cause instanceof FailedCall)) return result;
  throw new TRPCError({ code: toStatusName(cause.code), message: cause.code, cause });
});

/** A query anybody may ask. */
export const openQuery = ground.meta({ permission: "public", risk: "read" });

/** First rung: who asks, and may they do this anywhere at all? A refusal is recorded. */
function guarded(meta: ProcedureMeta) {
  return ground.meta(meta).use(async ({ ctx, next, path }) => {
    const { permission } = meta;
    if (permission === "public") return await next({ ctx: { ...ctx, actor: ctx.actor ?? ctx.visitor } });
    if (!ctx.actor) throw new DeskError("signed_out");
    if (!canSomewhere(ctx.actor, permission)) {
      await ctx.desk.recorder.refuse(
        { correlationId: ctx.correlationId, actor: ctx.actor, action: path, risk: meta.risk },
        "forbidden",
      );
      throw new DeskError("forbidden", { permission });
    }
    return await next({ ctx: { ...ctx, actor: ctx.actor } });
  });
}

/** How long a read waits for a database that restarts, ms: shorter than a person's patience. */
const databasePatienceMs = 2_000;

/** A query under a permission. What it returns is filtered by the operator's grants in server/desk. */
export function query(permission: Permission) {
  return guarded({ permission, risk: "read" }).use(async ({ next, type }) => {
    // A stream has its own way back.
    if (type === "subscription") return await next();
    return await untilRead(async () => {
      const result = await next();
      if (!result.ok && isConnectionLost(result.error.cause)) throw result.error;
      return result;
    }, databasePatienceMs);
  });
}

/**
 * An act: input parsed, permission checked on the scope `about` finds, event written, procedure run, event settled.
 * There is no other way to make a mutation, so no mutation can miss the record.
 * The procedure may leave `before` and `after` with `ctx.change(...)`.
 */
export function act<I extends z.ZodType>(
  meta: ProcedureMeta,
  input: I,
  about: (ctx: Context & { actor: Actor }, input: z.output<I>) => About | Promise<About> = () => ({}),
) {
  return guarded(meta)
    .input(input)
    .use(async ({ ctx, input: parsed, next, path }) => {
      const act: EventInput = {
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        action: path,
        risk: meta.risk,
        input: parsed,
        secrets: meta.secrets ?? [],
      };
      const isPublic = meta.permission === "public";
      if (isPublic) await brake(ctx, act);
      // tRPC types the parsed input of a generic schema as unresolved; it is this schema's output.
      const found = await aboutOrRefuse(ctx, act, () => about(ctx, parsed as z.output<I>));
      const { isCheckedEach, permission: own, ...subject } = found;
      const event: EventInput = { ...act, ...subject };
      const needed = [meta.permission, ...(own ? [own] : [])].filter((name) => name !== "public");
      const missing = needed.find((name) => !can(ctx.actor, name, subject.botId ?? null));
      if (missing && !isCheckedEach) {
        await ctx.desk.recorder.refuse(event, "forbidden");
        throw new DeskError("forbidden", { permission: missing });
      }
      const open = await ctx.desk.recorder.begin(event);
      let change: { before?: unknown; after?: unknown } = {};
      const result = await next({
        ctx: {
          ...ctx,
          /** The event of this act. */
          eventId: open.id,
          change: (seen: { before?: unknown; after?: unknown }) => {
            change = seen;
          },
        },
      });
      if (result.ok) {
        await ctx.desk.recorder.settle(open, { outcome: "OK", ...change });
        if (isPublic) await forgive(ctx.desk.database, publicActKeys(ctx.actor.address ?? ""));
      } else {
        const { code } = toWire(result.error);
        const { cause } = result.error;
        if (cause instanceof FailedCall)
          await ctx.desk.recorder.settle(open, {
            outcome: cause.trace.outcome,
            error: code,
            platformText: cause.error.text,
          });
        else if (cause instanceof PlatformError)
          await ctx.desk.recorder.settle(open, {
            // It may have happened all the same: the act is no more certain than the call it made.
            outcome: event.risk === "read" || cause.isCertain ? "FAILED" : "UNKNOWN",
            error: code,
            platformText: cause.text,
            ...change,
          });
        else if (refusals.has(code)) await ctx.desk.recorder.settleRefused(open, event, code);
        else await ctx.desk.recorder.settle(open, { outcome: "FAILED", error: code });
      }
      return result;
    });
}

/**
 * A query whose answer is a secret: made like an act, so that it stands in the record before anything is shown, and so do
 * its refusals. Not asked again by itself when the database restarts, for each asking is an event.
 */
export function reveal<I extends z.ZodType>(
  permission: Permission,
  input: I,
  about: (ctx: Context & { actor: Actor }, input: z.output<I>) => About | Promise<About>,
) {
  return act({ permission, risk: "sensitive" }, input, about);
}

/**
 * A mutation that leaves no event, because all it changes is gone with the tab: what it looks at, how long its own lease
 * lasts. Permission and scope are checked like an act's, and refusals stand in the record. The suite names all there are.
 * @param about null: the input names nothing with a scope of its own.
 */
export function pulse<I extends z.ZodType>(
  permission: Permission,
  input: I,
  about: (ctx: Context & { actor: Actor }, input: z.output<I>) => Promise<About | null>,
) {
  const meta = { permission, risk: "read", isPulse: true } as const;
  return guarded(meta)
    .input(input)
    .use(async ({ ctx, input: parsed, next, path }) => {
      const act: EventInput = {
        correlationId: ctx.correlationId,
        actor: ctx.actor,
        action: path,
        risk: meta.risk,
        input: parsed,
      };
      // tRPC types the parsed input of a generic schema as unresolved; it is this schema's output.
      const subject = await aboutOrRefuse(ctx, act, () => about(ctx, parsed as z.output<I>));
      if (subject && !can(ctx.actor, permission, subject.botId ?? null)) {
        await ctx.desk.recorder.refuse({ ...act, ...subject }, "forbidden");
        throw new DeskError("forbidden", { permission });
      }
      return await next({ ctx: { ...ctx, subject } });
    });
}

/** What is out of the operator's sight is refused like anything else they may not do, and stands in the record too. */
async function aboutOrRefuse<T>(ctx: Context, act: EventInput, find: () => T | Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (cause) {
    if (cause instanceof DeskError) await ctx.desk.recorder.refuse(act, cause.code);
    throw cause;
  }
}

/**
 * Strangers cannot fill the record, which nothing empties: after some failures an address has to wait. Of the refusals
 * meanwhile a few are recorded and then one a minute, enough to see it, too little to drown anything.
 */
async function brake(ctx: Context & { actor: Actor }, act: EventInput): Promise<void> {
  const { database, recorder } = ctx.desk;
  const address = ctx.actor.address ?? "";
  const seconds = await takeAttempt(database, publicActKeys(address));
  if (seconds === 0) return;
  if ((await takeAttempt(database, toldKeys(address))) === 0) await recorder.refuse(act, "throttled");
  throw new DeskError("throttled", { seconds });
}

/** Codes by which a rule of the desk refuses an act that the permission alone would allow. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  "forbidden",
  "last_owner",
  "throttled",
  "bad_credentials",
  "setup_token",
  "setup_done",
  "invite_invalid",
  "name_mismatch",
  "reveal_gone",
  "upload_gone",
  "operation_off",
  "not_possible",
  "not_a_member",
  "conflict",
  "already_decided",
  "not_offered",
  "twin_unresolved",
  "claimed",
  "claim_lost",
  "cannot_take",
  "result_unknown",
  "undo_late",
  "reason_required",
  "placeholder_left",
  "nothing_to_retry",
]);

/** The one field that an error names as its fault, in the schema's words. */
function fieldOf({ field, fault }: ErrorDetail): Record<string, string> {
  return typeof field === "string" && field !== "" ? { [field]: String(fault ?? "") } : {};
}

/** The closed code of any error. What is not ours becomes `internal`; its words stay in the server's log. */
export function toWire(error: TRPCError): Omit<WireError, "correlationId" | "trace"> {
  const cause = error.cause instanceof FailedCall ? error.cause.error : error.cause;
  if (cause instanceof DeskError) {
    if (cause.cause instanceof z.ZodError)
      return { code: cause.code, detail: cause.detail, fields: toFaults(cause.cause) };
    return { code: cause.code, detail: cause.detail, fields: fieldOf(cause.detail) };
  }
  if (cause instanceof PlatformError) {
    const fields = cause.code === "invalid_input" ? fieldOf(cause.detail) : {};
    return { code: cause.code, detail: { ...cause.detail, text: cause.text }, fields };
  }
  if (cause instanceof z.ZodError) return { code: "invalid_input", detail: {}, fields: toFaults(cause) };
  if (error.code === "NOT_FOUND") return { code: "not_found", detail: {}, fields: {} };
  // A wrong method, content type or size: the caller's fault, and nothing a stranger may fill our log of faults with.
  if (getHTTPStatusCodeFromError(error) < 500) return { code: "invalid_input", detail: {}, fields: {} };
  return { code: "internal", detail: {}, fields: {} };
}

/** tRPC's name of the HTTP status of a closed code, so that proxies and logs tell refusals from faults. */
function toStatusName(code: ErrorCode): TRPCError["code"] {
  switch (code) {
    case "signed_out":
    case "bad_credentials":
      return "UNAUTHORIZED";
    case "forbidden":
    case "last_owner":
      return "FORBIDDEN";
    case "not_found":
      return "NOT_FOUND";
    case "conflict":
    case "already_decided":
    case "claimed":
    case "claim_lost":
    case "undo_late":
      return "CONFLICT";
    case "throttled":
      return "TOO_MANY_REQUESTS";
    case "internal":
    case "not_recorded":
      return "INTERNAL_SERVER_ERROR";
    default:
      return "BAD_REQUEST";
  }
}
