import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import { PlatformError } from "../error";
import type { Row } from "../row";

/** OneBot's answer. `echo` is any JSON value, null over HTTP in old versions and a random text in new ones. */
export const Answer = z.looseObject({
  status: z.string(),
  retcode: z.number(),
  data: z.unknown().optional(),
  message: z.string().nullish(),
  wording: z.string().nullish(),
  echo: z.unknown().optional(),
});
export type Answer = z.infer<typeof Answer>;

/** Is it shaped like an answer? Events have a `post_type` instead. */
export function isAnswer(value: unknown): value is Answer {
  return Answer.safeParse(value).success;
}

/** What a retcode other than 0 means. 200 and 400 are HTTP's, the four digits WebSocket's; the HTTP status is 200 for all. */
function codeOf(retcode: number, words: string): ErrorCode {
  if (retcode === 1401 || retcode === 1403) return "token_rejected";
  if (retcode === 1404 || /不支持的\s*api/i.test(words)) return "unknown_operation";
  if (retcode === 400 || retcode === 1400) return "rejected_input";
  // NapCat asked QQ and heard nothing in time: it may have been done.
  if (/\btimeout\b|超时/i.test(words)) return "result_unknown";
  return "platform_refused";
}

function isFault(value: unknown): boolean {
  return (typeof value === "number" && value !== 0) || (typeof value === "string" && /^-?[1-9]\d*$/.test(value));
}

function asRecord(value: unknown): Record<string, unknown> | null {
  // An object that is not null may be read by any key.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

/** The places inside an answer's data that carry a verdict of QQ's. */
function verdicts(outer: Record<string, unknown>): Record<string, unknown>[] {
  const transfer = asRecord(outer.transGroupFileResult);
  const places = [outer, asRecord(outer.result), transfer, asRecord(transfer?.result)];
  return places.filter((place) => place !== null);
}

/** The platform's words for a failure hidden inside an answer of retcode 0, or null when there is none. */
export function hiddenFailure(data: unknown): string | null {
  const outer = asRecord(data);
  if (outer === null) return null;
  for (const record of verdicts(outer)) {
    const isFailed =
      record.valid === false ||
      record.ok === false ||
      isFault(record.result) ||
      isFault(record.errCode) ||
      isFault(record.errorCode) ||
      isFault(record.retCode) ||
      isFault(record.resultCode) ||
      (Array.isArray(record.failFileIdList) && record.failFileIdList.length > 0) ||
      // Documented as empty when all is well.
      (record === outer.result && typeof record.wording === "string" && record.wording !== "");
    if (!isFailed) continue;
    const words = [record.wording, record.clientWording, record.errMsg, record.message, record.retMsg, outer.errMsg];
    return words.find((word): word is string => typeof word === "string" && word !== "") ?? "";
  }
  return null;
}

/**
 * Unwraps an answer to its `data`. Throws PlatformError with the platform's words when it failed at the first level
 * (status, retcode) or at the second (a code inside `data`): `not_carried_out` for what changes something,
 * `platform_refused` for what only reads.
 */
export function unwrap(row: Row, answer: Answer): unknown {
  const words = answer.wording || answer.message || "";
  if (answer.status === "failed" || (answer.retcode !== 0 && answer.status !== "async")) {
    throw new PlatformError(codeOf(answer.retcode, words), {
      isSent: true,
      text: words || null,
      detail: { retcode: answer.retcode, operation: row.operation },
    });
  }
  const data = answer.data ?? null;
  const failure = hiddenFailure(data);
  if (failure !== null) {
    const changes = row.risk === "write" || row.risk === "destructive";
    throw new PlatformError(changes ? "not_carried_out" : "platform_refused", {
      isSent: true,
      text: failure || null,
      detail: { operation: row.operation },
    });
  }
  return data;
}
