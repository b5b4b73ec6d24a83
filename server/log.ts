import { type DestinationStream, type Logger as PinoLogger, pino } from "pino";

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
 * The process's logger: JSON lines on standard output, secrets removed by the name of their field.
 * @param level one of pino's level names, or `silent`.
 * @param destination where lines go instead; tests read them there.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted, censor: "[redacted]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
