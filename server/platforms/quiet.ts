import type { Clock } from "./clock";
import type { LinkHooks } from "./driver";

/**
 * A `log` for what strangers can cause: at most one line a minute of each code, so that knocking on a public address
 * cannot fill the database.
 */
export function quietLog(hooks: LinkHooks, clock: Clock): LinkHooks["log"] {
  const last = new Map<string, number>();
  return (level, code, detail) => {
    const now = clock.now();
    if (now - (last.get(code) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
    last.set(code, now);
    hooks.log(level, code, detail);
  };
}
