import { z } from "zod";
import { PlatformError } from "../error";
import { parseJson } from "../json";
import type { Row } from "../row";
import type { Chat68Row } from "./field";

/** How the helper says no: at the top over HTTP, inside `error` over the socket. There is no commonResult then. */
const Failure = z.looseObject({
  errorCode: z.union([z.number(), z.string()]),
  errorDesc: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
});

/** The service's verdict; 200 is success, as a number or as text. */
const Verdict = z.looseObject({
  commonResult: z.looseObject({
    errCode: z.union([z.number(), z.string()]).transform(Number),
    errMsg: z.string().nullish(),
    errorDesc: z.string().nullish(),
  }),
});

const Wrapped = z.looseObject({ data: z.unknown() }).refine((value) => "data" in value);

/** A frame of the socket that answers a call. */
export const AnswerFrame = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  type: z.string(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type AnswerFrame = z.infer<typeof AnswerFrame>;

/** How the row is relayed to the account's service; null for what the helper does by itself. */
export function relayOf(row: Row): Chat68Row["relay"] {
  // Every row of this platform's catalogue is a Chat68Row; the transports' common type forgets it.
  return (row as Chat68Row).relay;
}

function refused(row: Row, code: string | number, words: string): PlatformError {
  return new PlatformError("platform_refused", {
    isSent: true,
    text: words || null,
    detail: { operation: row.operation, errorCode: code },
  });
}

/** The error that `value` tells of, whatever shape it has: it stands where only errors stand. */
export function refusal(row: Row, value: unknown): PlatformError {
  const failure = Failure.safeParse(value);
  if (failure.success) return refused(row, failure.data.errorCode, failure.data.errorDesc);
  return refused(row, "", typeof value === "string" ? value.slice(0, 200) : "");
}

/**
 * Unwraps what an operation answered. A relayed one carries the service's verdict; what the helper does by itself is a
 * word, a list or an address. Throws `platform_refused` with the platform's words for either shape of an error,
 * `bad_answer` where a verdict is missing, and `result_unknown` where the helper does not confirm that it did something.
 */
export function unwrap(row: Row, payload: unknown): unknown {
  const failure = Failure.safeParse(payload);
  if (failure.success) throw refusal(row, payload);
  if (relayOf(row) === null) {
    const changes = row.risk === "write" || row.risk === "destructive";
    if (!changes || row.output.safeParse(payload).success) return payload;
    const text = typeof payload === "string" ? payload.slice(0, 200) : null;
    throw new PlatformError("result_unknown", { isSent: true, text, detail: { operation: row.operation } });
  }
  const verdict = Verdict.safeParse(payload);
  if (!verdict.success)
    throw new PlatformError("bad_answer", {
      isSent: true,
      detail: { operation: row.operation, field: "commonResult.errCode" },
    });
  const { errCode, errMsg, errorDesc } = verdict.data.commonResult;
  if (errCode !== 200) throw refused(row, errCode, errMsg || errorDesc || "");
  return payload;
}

/** Reads an answer over HTTP down to what `unwrap` takes: `{"data": …}` of the helper's own is opened. Throws PlatformError. */
export function readHttp(row: Row, status: number, body: string): unknown {
  let parsed: unknown;
  try {
    parsed = parseJson(body);
  } catch (error) {
    if (status === 404) throw new PlatformError("unknown_operation", { isSent: true, detail: { status } });
    throw new PlatformError("bad_answer", { isSent: true, detail: { status, field: "" }, cause: error });
  }
  // The document does not say which status an error has, so its shape decides and not the status.
  if (Failure.safeParse(parsed).success) return parsed;
  if (status === 404) throw new PlatformError("unknown_operation", { isSent: true, detail: { status } });
  if (status < 200 || status > 299) throw new PlatformError("bad_answer", { isSent: true, detail: { status } });
  if (relayOf(row) !== null) return parsed;
  const wrapped = Wrapped.safeParse(parsed);
  return wrapped.success ? wrapped.data.data : parsed;
}
