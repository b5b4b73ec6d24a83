import { z } from "zod";
import { botsWith } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { getEvent } from "@/server/audit/detail";
import { countNewer, listEvents } from "@/server/audit/list";
import { listActors } from "@/server/desk/actor";
import { AuditFilterInput } from "../audit-filter";
import { query, router } from "../trpc";

const id = z.uuid();

/** @param actions everything that can stand in an event's action. */
export const createAuditRouter = (actions: () => string[]) =>
  router({
    list: query("audit.view")
      .input(AuditFilterInput.extend({ cursor: id.optional(), limit: z.number().int().min(1).max(100).default(50) }))
      .query(({ ctx, input: { cursor, limit, ...filter } }) =>
        listEvents(ctx.desk.database, filter, botsWith(ctx.actor, "audit.view"), { cursor, limit }),
      ),

    /** For "3 new": the page asks it when the record grew, and reads itself again when somebody wants to see them. */
    newer: query("audit.view")
      .input(z.object({ filter: AuditFilterInput, after: id }))
      .query(({ ctx, input }) =>
        countNewer(ctx.desk.database, input.filter, botsWith(ctx.actor, "audit.view"), input.after),
      ),

    get: query("audit.view")
      .input(z.object({ id }))
      .query(async ({ ctx, input }) => {
        const event = await getEvent(ctx.desk.database, input.id, botsWith(ctx.actor, "audit.view"));
        if (!event) throw new DeskError("not_found");
        return event;
      }),

    actions: query("audit.view").query(() => actions()),

    actors: query("audit.view").query(({ ctx }) => listActors(ctx.desk.database, botsWith(ctx.actor, "audit.view"))),
  });
