import type { Config } from "@/server/config";
import type { Logger } from "@/server/log";
import type { Bus } from "./bus";
import type { Database } from "./client";

/** What the process shares with the Next half of itself. */
export interface Runtime {
  database: Database;
  config: Config;
  log: Logger;
  bus: Bus;
}

/**
 * Next bundles a copy of its own of every module it compiles, so a module-level variable set by server/main.ts is not
 * the one server/auth would read from the sign-in route. The global symbol is the one door between the two.
 */
const key = Symbol.for("gatehouse.runtime");
const holder: typeof globalThis & { [key]?: Runtime } = globalThis;

/** Called once, by server/main.ts, before Next is prepared (and by tests of server/auth). */
export function setRuntime(runtime: Runtime): void {
  holder[key] = runtime;
}

/** @throws Error when the process was not started through server/main.ts. */
export function getRuntime(): Runtime {
  const runtime = holder[key];
  if (runtime === undefined) throw new Error("The runtime is not set: the desk is started by server/main.ts only.");
  return runtime;
}
