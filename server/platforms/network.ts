import type { ErrorCode } from "@/lib/errors";
import { PlatformError } from "./error";

interface Cause {
  code: string;
  syscall: string;
  message: string;
  inner: unknown;
}

function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return { code: "", syscall: "", message: "", inner: undefined };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const syscall = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  // Dialling several addresses of one name fails with all their errors together; the first one speaks for them.
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return { code, syscall, message: error.message, inner };
}

/** Faults of certificates: found before anything of ours is sent. */
const certificate = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** [code, isSent]: what an error of node's or undici's means, or null when it says nothing by itself. */
function classify({ code, syscall, message }: Cause): [ErrorCode, boolean] | null {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ENODATA") return ["name_not_found", false];
  if (code === "ECONNREFUSED") return ["connection_refused", false];
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EADDRNOTAVAIL" || code === "EHOSTDOWN")
    return ["unreachable", syscall !== "connect"];
  if (certificate.test(code)) return ["tls_failed", false];
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG")
    return ["tls_failed", false];
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") return ["tls_failed", true];
  if (code === "UND_ERR_CONNECT_TIMEOUT" || (code === "ETIMEDOUT" && syscall === "connect")) return ["timeout", false];
  if (code === "ETIMEDOUT" || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT")
    return ["timeout", true];
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return ["answer_too_large", true];
  if (code.startsWith("HPE_") || message.startsWith("Unexpected server response")) return ["not_onebot", true];
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET" || message === "socket hang up")
    return ["connection_lost", true];
  return null;
}

/** Was a signal aborted because time ran out (AbortSignal.timeout), or because somebody no longer wants the answer? */
export function abortError(signal: AbortSignal, isSent: boolean): PlatformError {
  const reason: unknown = signal.reason;
  const isTimeout = reason instanceof Error && reason.name === "TimeoutError";
  return new PlatformError(isTimeout ? "timeout" : "aborted", { isSent });
}

/**
 * Turns whatever a socket, a resolver or undici throws into one of our codes. What cannot be told apart counts as
 * `connection_lost` and as possibly sent: a write is then UNKNOWN, never silently repeated.
 */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  for (let current = error, depth = 0; current !== undefined && depth < 5; depth++) {
    if (current instanceof PlatformError) return current;
    const cause = causeOf(current);
    const known = classify(cause);
    if (known !== null) {
      const detail = cause.code === "" ? {} : { reason: cause.code };
      return new PlatformError(known[0], { isSent: known[1], detail, cause: error });
    }
    current = cause.inner;
  }
  return new PlatformError("connection_lost", { isSent: true, cause: error });
}
