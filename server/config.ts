import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { StartError } from "./start-error";

export interface Config {
  port: number;
  host: string;
  publicUrl: URL;
  dataDir: string;
  databaseUrl: string | null;
  secret: string;
  /** How many reverse proxies stand in front: their entries of X-Forwarded-For are believed, no others. */
  trustProxy: number;
  logLevel: string;
  metricsToken: string | null;
}

/** `shown: false` keeps a variable's value out of the fault's line: it is a secret or may hold one. */
interface Variable<T extends z.ZodType> {
  schema: T;
  expected: string;
  example: string;
  shown?: false;
}

function variable<T extends z.ZodType>(description: Variable<T>): Variable<T> {
  return description;
}

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to));

const variables = {
  PORT: variable({ schema: whole(0, 65_535), expected: "a whole number from 0 to 65535", example: "PORT=3000" }),
  HOST: variable({
    schema: z.string().refine((host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)),
    expected: "an address or a name to listen on",
    example: "HOST=127.0.0.1",
  }),
  PUBLIC_URL: variable({
    schema: z.string().transform(toOrigin).pipe(z.instanceof(URL)),
    expected: "an http or https address without a path",
    example: "PUBLIC_URL=https://desk.example.org",
  }),
  DATA_DIR: variable({
    schema: z.string().refine((directory) => !directory.includes("\0")),
    expected: "a directory",
    example: "DATA_DIR=./data",
  }),
  DATABASE_URL: variable({
    schema: z.string().refine(isPostgresUrl),
    expected: "a PostgreSQL address",
    example: "DATABASE_URL=postgresql://gatehouse:password@db.example.org:5432/gatehouse",
    shown: false,
  }),
  GATEHOUSE_SECRET: variable({
    schema: z.string().min(32),
    expected: "32 characters or more, chosen at random",
    example: "GATEHOUSE_SECRET=$(openssl rand -base64 48)",
    shown: false,
  }),
  TRUST_PROXY: variable({
    schema: z.union([z.literal("off").transform(() => 0), whole(0, 16)]),
    expected: "off, or how many reverse proxies stand in front",
    example: "TRUST_PROXY=1",
  }),
  LOG_LEVEL: variable({
    schema: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    expected: "trace, debug, info, warn, error, fatal or silent",
    example: "LOG_LEVEL=info",
  }),
  METRICS_TOKEN: variable({
    schema: z.string().min(16),
    expected: "16 characters or more, chosen at random",
    example: "METRICS_TOKEN=$(openssl rand -hex 24)",
    shown: false,
  }),
};

/**
 * Parses the environment once. An empty value counts as unset. Makes DATA_DIR and, unless GATEHOUSE_SECRET is given,
 * `DATA_DIR/secret.key` on the first start.
 * @throws StartError with one line per fault: the variable, what is wrong, an example.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const read = <T extends z.ZodType>(name: string, { schema, expected, example, shown }: Variable<T>) => {
    const value = env[name];
    if (value === undefined || value === "") return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const what = shown === false ? "its value" : JSON.stringify(value);
    faults.push(`${name}: ${what} is not ${expected}. Example: ${example}`);
    return undefined;
  };
  const port = read("PORT", variables.PORT) ?? 3000;
  const host = read("HOST", variables.HOST) ?? "127.0.0.1";
  const publicUrl = read("PUBLIC_URL", variables.PUBLIC_URL) ?? defaultUrl(host, port);
  const dataDir = path.resolve(read("DATA_DIR", variables.DATA_DIR) ?? "data");
  const databaseUrl = read("DATABASE_URL", variables.DATABASE_URL) ?? null;
  const secret = read("GATEHOUSE_SECRET", variables.GATEHOUSE_SECRET);
  const trustProxy = read("TRUST_PROXY", variables.TRUST_PROXY) ?? 0;
  const logLevel = read("LOG_LEVEL", variables.LOG_LEVEL) ?? "info";
  const metricsToken = read("METRICS_TOKEN", variables.METRICS_TOKEN) ?? null;
  if (faults.length > 0) throw new StartError(faults);
  return {
    port,
    host,
    publicUrl,
    dataDir,
    databaseUrl,
    secret: secret ?? keptSecret(dataDir),
    trustProxy,
    logLevel,
    metricsToken,
  };
}

/** The configuration once the listener knows its port: differs only where PORT=0 let the system choose one. */
export function withPort(config: Config, port: number): Config {
  if (config.port === port) return config;
  const isDefault = config.publicUrl.href === defaultUrl(config.host, config.port).href;
  return { ...config, port, publicUrl: isDefault ? defaultUrl(config.host, port) : config.publicUrl };
}

/** A wildcard address is nowhere a browser can go, so links then say localhost. */
function defaultUrl(host: string, port: number): URL {
  if (host === "0.0.0.0" || host === "::") return new URL(`http://localhost:${port}`);
  return new URL(`http://${host.includes(":") ? `[${host}]` : host}:${port}`);
}

function toOrigin(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return isPlain && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ["postgres:", "postgresql:"].includes(new URL(text).protocol);
}

/** Linked into place, so that two instances starting at once on one directory end with the same key. */
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "secret.key");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const kept = readIfThere(file);
    if (kept !== null) return kept;
    const fresh = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    writeFileSync(fresh, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
    try {
      linkSync(fresh, file);
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    } finally {
      unlinkSync(fresh);
    }
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`DATA_DIR: ${dataDir} cannot hold the secret key (${why}). Example: DATA_DIR=./data`, {
      cause: error,
    });
  }
}

function readIfThere(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text.length < 32) throw new Error(`${file} is damaged: restore it from a backup`);
    return text;
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
