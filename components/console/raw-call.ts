import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@/server/api/router";
import type { ConsoleAnswer, RawInput, RawOperation, RawOutput, RawPlatform } from "../api";
import type { Json } from "./schema";

type Client = Pick<TRPCClient<AppRouter>, "console">;

interface Call<I> {
  botId: string;
  input: I;
  /** What an operation that destroys is done to, typed once more. */
  target?: string;
}

/** The answer as its row says. Null for one that hands out secrets: it is sealed. */
export interface RawAnswer<O> extends Omit<ConsoleAnswer, "answer"> {
  answer: O | null;
}

/**
 * One raw operation of a bot of platform `P`, what it takes and answers typed by its row. For calls that code makes; where
 * secrets were masked (`isMasked`) their fields hold another text.
 */
export async function callRaw<P extends RawPlatform, N extends RawOperation<P>>(
  client: Client,
  _platform: P,
  operation: N,
  call: Call<RawInput<P, N>>,
): Promise<RawAnswer<RawOutput<P, N>>> {
  const done = await callFilled(client, { ...call, operation });
  // The server has parsed the answer by this very row.
  return { ...done, answer: done.answer as RawOutput<P, N> | null };
}

/** The same with an input that somebody has filled in: which row it is for is known at run time only, and the server parses it by that. */
export function callFilled(client: Client, call: Call<Json> & { operation: string }): Promise<ConsoleAnswer> {
  return client.console.invoke.mutate(call);
}
