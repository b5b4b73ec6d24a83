import { z } from "zod";
import { platformActions } from "@/server/gateway/actions";
import { inPlace, live } from "./live";
import { accountRouter } from "./routers/account";
import { createAuditRouter } from "./routers/audit";
import { batchesRouter } from "./routers/batches";
import { botsRouter } from "./routers/bots";
import { chatsRouter } from "./routers/chats";
import { consoleRouter } from "./routers/console";
import { filesRouter } from "./routers/files";
import { findQuery } from "./routers/find";
import { friendsRouter } from "./routers/friends";
import { groupsRouter } from "./routers/groups";
import { inviteRouter, invitesRouter } from "./routers/invites";
import { membersRouter } from "./routers/members";
import { noticesRouter } from "./routers/notices";
import { operatorsRouter } from "./routers/operators";
import { overviewRouter } from "./routers/overview";
import { peopleRouter } from "./routers/people";
import { preferencesRouter } from "./routers/preferences";
import { presenceRouter } from "./routers/presence";
import { profileRouter } from "./routers/profile";
import { requestsRouter } from "./routers/requests";
import { sessionRouter } from "./routers/session";
import { setupRouter } from "./routers/setup";
import { tasksRouter } from "./routers/tasks";
import { textsRouter } from "./routers/texts";
import { viewsRouter } from "./routers/views";
import { type ProcedureMeta, query, router } from "./trpc";

/** Acts outside tRPC: sign-in is next-auth's, a file comes by a form. */
const otherActions = ["auth.signIn", "auth.signOut", "audit.export", "members.export", "uploads.create"];

export const appRouter = router({
  account: accountRouter,
  audit: createAuditRouter(listActions),
  batches: batchesRouter,
  bots: botsRouter,
  chats: chatsRouter,
  console: consoleRouter,
  groups: groupsRouter,
  files: filesRouter,
  friends: friendsRouter,
  invite: inviteRouter,
  invites: invitesRouter,
  members: membersRouter,
  notices: noticesRouter,
  operators: operatorsRouter,
  people: peopleRouter,
  overview: overviewRouter,
  preferences: preferencesRouter,
  presence: presenceRouter,
  profile: profileRouter,
  requests: requestsRouter,
  session: sessionRouter,
  setup: setupRouter,
  tasks: tasksRouter,
  texts: textsRouter,
  views: viewsRouter,

  find: findQuery,

  /** Facts about what changed, over server-sent events. Never data: who hears of a change reads it again. */
  live: query("account.self")
    .input(z.object({ tab: z.uuid(), since: z.string().max(60).optional() }).optional())
    .subscription(async function* ({ ctx, signal, input }) {
      const { desk, actor, reauthenticate } = ctx;
      const enter = () => desk.presences.enter(actor, input?.tab);
      yield* inPlace(desk.streams.take(actor.id ?? ""), signal ?? new AbortController().signal, (until) =>
        live(desk.bus, actor, reauthenticate, until, enter, input?.since),
      );
    }),

  /** Where the telling of facts stands; what is read after this is asked may be followed from there (`live`, `since`). */
  livePosition: query("account.self").query(({ ctx }) => ctx.desk.bus.position()),
});

export type AppRouter = typeof appRouter;

/** Everything that can stand in an event's action, made from the procedures and catalogues themselves. */
function listActions(): string[] {
  return [
    ...new Set([...listProcedures().map((procedure) => procedure.path), ...platformActions(), ...otherActions]),
  ].sort();
}

/** Every procedure with its type and what it states, for the filter of the record and for the suite that walks them all. */
export function listProcedures() {
  // At run time the record is flat, path to procedure; its type is the nested tree the client is typed by.
  const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;
  return Object.entries(procedures).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    meta: _def.meta,
    inputs: _def.inputs,
  }));
}

/** What tRPC keeps of a procedure, as far as it is read here. */
interface Procedure {
  _def: { type: "query" | "mutation" | "subscription"; meta?: ProcedureMeta; inputs: unknown[] };
}
