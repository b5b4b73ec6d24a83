import { type DestinationStream, type Logger as PinoLogger, pino, stdSerializers } from "pino";
import { withoutSecrets } from "@/lib/secret-text";

export type Logger = PinoLogger;

const secretKeys = [
  "authorization",
  "cookie",
  "set-cookie",
  "token",
  "accessToken",
  "access_token",
  "password",
  "passwordHash",
  "current",
  "secret",
  "credential",
  "credentials",
  "sealed",
  "signature",
  "x-signature",
  "metricsToken",
  "databaseUrl",
] as const;

/** pino's redaction knows no "any depth", so each name is spelt out for the depths that log calls here really use. */
const depths = ["", "*.", "*.*.", "*.*.*."] as const;

const redacted = secretKeys.flatMap((key) =>
  depths.map((depth) => (/^\w+$/.test(key) ? `${depth}${key}` : `${depth.replace(/\.$/, "")}["${key}"]`)),
);

/**
 * The process's logger: JSON lines on standard output, secrets removed by the name of their field, and in what an
 * exception says and carries also from the addresses in it.
 * @param level one of pino's level names, or `silent`.
 * @param destination where lines go instead; tests read them there.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: toLoggedError },
    redact: { paths: redacted, censor: "[redacted]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const maximumDepth = 6;
/** Prisma quotes a refused call whole, a password's hash among its values; which field was wrong stands behind it. */
const quotedCall = /(invocation:\s*\n)\{\n[\s\S]*\n\}\n/g;

function toLoggedError(error: unknown): unknown {
  return error instanceof Error ? scrub(stdSerializers.err(error), 0) : scrub(error, 0);
}

/** A copy whose texts hold no secret of an address; fields are `redact`'s business. */
function scrub(value: unknown, depth: number): unknown {
  if (typeof value === "string") return withoutSecrets(value.replace(quotedCall, "$1{…}\n"));
  if (typeof value !== "object" || value === null || depth > maximumDepth) return value;
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner, depth + 1)]));
}
