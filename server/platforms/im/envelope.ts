import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import { PlatformError } from "../error";
import { parseJson } from "../json";
import type { Row } from "../row";

const Answer = z.looseObject({
  code: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ]),
  result: z.unknown().optional(),
  message: z.string().nullish(),
});

/** What the server said, in its own words, or null for what is none of its answers. */
function readAnswer(body: string): z.output<typeof Answer> | null {
  try {
    return Answer.safeParse(parseJson(body)).data ?? null;
  } catch {
    return null;
  }
}

function codeOf(row: Row, status: number, hasWords: boolean): ErrorCode {
  // Who is not signed in yet cannot have been signed out.
  if (status === 401) return row.isAnonymous ? "platform_refused" : "signed_out_there";
  if (status === 404 || status === 405) return "unknown_operation";
  if (status === 400 || status === 413 || status === 415 || status === 422) return "rejected_input";
  // The database failed over there, perhaps half way: a write may have happened.
  if (status >= 500 && hasWords) return row.risk === "read" ? "platform_refused" : "result_unknown";
  return "bad_answer";
}

/**
 * Unwraps an answer to its `result`. Throws PlatformError: `signed_out_there` for 401, `platform_refused` with the
 * server's words for code 1 (it has no other code), `result_unknown` for a write that failed inside the server,
 * `bad_answer` for what is no answer of this server, which leaves a write in doubt.
 */
export function unwrap(row: Row, status: number, body: string): unknown {
  const answer = readAnswer(body);
  const text = answer?.message || null;
  const detail = { operation: row.operation, status };
  if (status !== 200) throw new PlatformError(codeOf(row, status, answer !== null), { isSent: true, text, detail });
  if (answer === null) throw new PlatformError("bad_answer", { isSent: true, detail });
  if (answer.code !== 0) throw new PlatformError("platform_refused", { isSent: true, text, detail });
  return answer.result ?? null;
}
