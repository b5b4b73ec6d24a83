import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { build, checkNode, generate, install } from "./prepare.mjs";
import { fail, root } from "./stage.mjs";

/** From a bare checkout to a running desk: installs, generates and builds what is stale, then becomes the server. */
const flags = new Set(process.argv.slice(2));
for (const flag of flags) {
  if (!["--dev", "--demo", "--big"].includes(flag))
    fail(`Unknown option ${flag}. There are --dev and --demo, and with that --big.`);
}
const isDev = flags.has("--dev");

// Here and not in the server: the demo and the tests must never meet a real desk's settings.
const envFile = path.join(root, ".env");
if (!flags.has("--demo") && existsSync(envFile)) process.loadEnvFile(envFile);

checkNode();
await install();
await generate();
if (!isDev && !(await build())) fail("The pages could not be built: see the messages above.");

const script = flags.has("--demo")
  ? ["test/simulators/demo.ts", ...(flags.has("--big") ? ["--big"] : [])]
  : ["server/main.ts", ...(isDev ? ["--dev"] : [])];
const child = spawn(process.execPath, ["--import", "tsx", ...script], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: isDev ? "development" : "production" },
});
// The terminal sends Ctrl-C to both of us, a service manager to this process only: pass it on, and wait for the end.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
  process.on(signal, () => child.kill(signal));
child.once("error", (error) => fail(`The server could not be run: ${error.message}`));
child.once("exit", (code, signal) => {
  process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal]));
});
