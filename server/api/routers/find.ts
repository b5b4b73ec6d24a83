import { z } from "zod";
import { find } from "@/server/desk/find";
import { query } from "../trpc";

/** The longest that is searched for. */
const longest = 200;

/** Whatever has these words or this id, as far as the operator may see it: for the palette. */
export const findQuery = query("account.self")
  .input(z.object({ words: z.string().max(longest) }))
  .query(({ ctx, input }) => find(ctx.desk.database, ctx.actor, input.words));
