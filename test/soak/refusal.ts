import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

const Refusal = z.object({ desk: z.object({ code: z.string() }) });

/** The closed code with which the desk refused; null when it is no answer of the desk. */
export function codeOf(cause: unknown): string | null {
  if (!(cause instanceof TRPCClientError)) return null;
  return Refusal.safeParse(cause.data).data?.desk.code ?? null;
}

/** Did the connection break? By undici's words, bare or inside tRPC's error. */
export function isBroken(cause: unknown): boolean {
  if (cause instanceof TRPCClientError) return isBroken(cause.cause);
  return cause instanceof TypeError && ["fetch failed", "terminated"].includes(cause.message);
}
