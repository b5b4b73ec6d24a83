import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openAuditExport, openMembersExport } from "./api/export";
import { createApiHandler } from "./api/handler";
import { openMedia } from "./api/media";
import { receiveUpload } from "./api/upload";
import { ensureBuiltInRoles } from "./auth/role";
import { type Config, readConfig, withPort } from "./config";
import { openBus } from "./db/bus";
import { openDatabase } from "./db/client";
import { startEmbedded } from "./db/embedded";
import { migrate } from "./db/migrate";
import { setRuntime } from "./db/runtime";
import { createDesk } from "./desk/desk";
import { prepareSetup } from "./desk/setup";
import { Assets } from "./http/asset";
import { takeCensus } from "./http/census";
import { Downloads } from "./http/export";
import { Listener } from "./http/listener";
import { MediaProxy } from "./http/media";
import { Metrics } from "./http/metrics";
import { replyUpload } from "./http/upload";
import { createLogger, type Logger } from "./log";
import { Owned, step } from "./progress";
import { StartError } from "./start-error";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A stop that takes longer than this is cut short, ms. The promise to the operator is 5 s. */
const stopLimitMs = 4_700;

const isDev = process.argv.includes("--dev");
const owned = new Owned();
/** By it the Next half shows that it asks on behalf of a browser; good for this process's life. */
const loopbackKey = randomBytes(32).toString("base64url");
let log: Logger = createLogger("info");
let isStopping = false;

/** Starts everything in order; what fails leaves nothing behind. */
async function start(): Promise<void> {
  // Next and React choose their builds by it, and whoever started this process may have set something else.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production" });
  const asked = readConfig(process.env);
  log = createLogger(asked.logLevel);
  if (!isDev && !existsSync(path.join(root, ".next", "BUILD_ID"))) {
    throw new StartError("The pages are not built yet. Start Gatehouse with: npm start");
  }

  const listener = new Listener(log, { isDev });
  const config = withPort(asked, await listener.listen(asked.host, asked.port));
  owned.add("listener", () => listener.close());
  step(`port ${config.port} on ${config.host} taken`);

  // Side by side: the one waits for another process most of the time, the other computes.
  const [url, pages] = await Promise.all([openStorage(config), openPages(config)]);
  const database = openDatabase(url);
  owned.add("database", () => database.$disconnect());
  await ensureBuiltInRoles(database);
  const bus = await openBus(url, log);
  owned.add("bus", () => bus.close());

  const metrics = new Metrics(() => takeCensus(database));
  const desk = createDesk({
    ...{ database, config, bus, log },
    onCall: (call) => metrics.call(call),
    onSettled: (verb, { state }) => metrics.decision(verb, state),
  });

  setRuntime({ database, config, log, bus });
  await desk.start();
  owned.add("desk", () => desk.stop());
  const exports = new Downloads((request, fields) => openAuditExport(desk, request, fields), log);
  const members = new Downloads((request, fields) => openMembersExport(desk, request, fields), log);
  owned.add("exports", () => exports.close());
  owned.add("member exports", () => members.close());
  const media = new MediaProxy((request, token) => openMedia(desk, request, token), log);
  owned.add("media", () => media.close());
  owned.add("listener", () => listener.stopAccepting());
  step("desk ready: bots, worker and polling run");

  const page = pages.getRequestHandler();
  const pageUpgrade = pages.getUpgradeHandler();
  listener.open({
    ...{ config, metrics, loopbackKey },
    api: createApiHandler(desk),
    exportAudit: (request, response) => exports.post(request, response),
    exportMembers: (request, response) => members.post(request, response),
    media: (request, response, token) => media.get(request, response, token),
    upload: (request, response) => replyUpload(request, response, (asked) => receiveUpload(desk, asked), log),
    oneBot: desk,
    checks: {
      database: async () => (await database.$queryRaw`select 1`) !== null,
      bus: () => bus.isAlive(),
      worker: () => !desk.missing().includes("worker"),
    },
    page: (request, response) => page(request, response),
    ...(isDev ? { pageUpgrade } : { assets: new Assets(path.join(root, ".next/static")) }),
  });
  const token = await prepareSetup(database);
  step("open");
  process.stdout.write(`\nGatehouse is ready: ${config.publicUrl.origin}\n`);
  if (token !== null) {
    process.stdout.write(`Set-up token: ${token}\n`);
    process.stdout.write(`Open ${config.publicUrl.origin}/setup and enter it to make the first owner.\n`);
  }
}

/** The database, its own or the one it was given, with the structure this version needs. Answers its address. */
async function openStorage(config: Config): Promise<string> {
  let url = config.databaseUrl;
  if (url === null) {
    const embedded = await startEmbedded(config.dataDir, log);
    owned.add("embedded database", () => embedded.stop());
    url = embedded.url;
    step(`database started in ${config.dataDir}`);
  }
  const applied = await migrate(url);
  step(`database ready${applied.length > 0 ? `, ${applied.length} migration(s) applied` : ""}`);
  return url;
}

/** Next, ready to draw. It asks for the runtime only when a request comes, and none comes before `listener.open`. */
async function openPages(config: Config) {
  prepareEnvironment(config);
  const { default: next } = await import("next");
  const pages = next({ dev: isDev, dir: root, customServer: true, hostname: config.host, port: config.port });
  owned.add("pages", () => pages.close());
  await pages.prepare();
  step(isDev ? "pages ready, in dev mode" : "pages ready");
  return pages;
}

/** What the Next half reads from the environment and cannot be handed otherwise. */
function prepareEnvironment(config: Config): void {
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[config.host] ?? config.host;
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  Object.assign(process.env, {
    NEXTAUTH_URL: config.publicUrl.origin,
    GATEHOUSE_LOOPBACK: `http://${name}:${config.port}`,
    GATEHOUSE_LOOPBACK_KEY: loopbackKey,
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

/** Ends everything and the process. A second signal changes nothing: Ctrl-C often arrives twice, by way of npm. */
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => {
    log.error("the stop took too long and was cut short");
    process.exit(1);
  }, stopLimitMs).unref();
  await owned.end((name, error) => log.error({ err: error, part: name }, "a part did not stop cleanly"));
  process.exit(code);
}

function crash(error: unknown): void {
  log.fatal({ err: error }, "unexpected failure: stopping");
  void stop(1);
}

process.on("SIGTERM", () => void stop(0));
process.on("SIGINT", () => void stop(0));
process.on("uncaughtException", crash);
// A promise nobody waited for has left nothing half-changed that its own part does not mend: said loudly, not fatal.
process.on("unhandledRejection", (error) => log.error({ err: error }, "a failure nobody handled"));

start().catch((error: unknown) => {
  if (isStopping) return;
  const lines = error instanceof StartError ? error.lines : [`Gatehouse could not start: ${String(error)}`];
  for (const line of lines) process.stderr.write(`${line.replaceAll("\n", " ")}\n`);
  if (!(error instanceof StartError)) log.debug({ err: error }, "start failed");
  void stop(1);
});
