import { type ErrorCode, type ErrorDetail, errorCodes } from "@/lib/errors";

/** `offline`: the desk itself did not answer, so no code of the server's exists. */
export type FailureCode = ErrorCode | "offline";

export interface Failure {
  code: FailureCode;
  detail: ErrorDetail;
  /** Faults of single fields of a form, by the field's name. */
  fields: Record<string, string>;
  /** What to quote to whoever reads the record. */
  correlationId: string | null;
}

/** Narrows any text to a closed code. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return errorCodes.some((code) => code === value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Every failure a screen can meet, as one shape. Never throws; what it does not know is `internal`. */
export function toFailure(error: unknown): Failure {
  const data = isObject(error) && "data" in error ? error.data : undefined;
  const desk = isObject(data) ? data.desk : undefined;
  if (isObject(desk) && isErrorCode(desk.code)) {
    return {
      code: desk.code,
      // The API sends plain values only (ErrorDetail); a text that misses one shows nothing in its place.
      detail: isObject(desk.detail) ? (desk.detail as ErrorDetail) : {},
      // Same source: field name to fault.
      fields: isObject(desk.fields) ? (desk.fields as Record<string, string>) : {},
      correlationId: typeof desk.correlationId === "string" ? desk.correlationId : null,
    };
  }
  const isAnswered = isObject(data);
  return { code: isAnswered ? "internal" : "offline", detail: {}, fields: {}, correlationId: null };
}
