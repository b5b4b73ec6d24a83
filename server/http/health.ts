import type { ServerResponse } from "node:http";
import { replyJson } from "./reply";

/** Answers the name of each part that is not working; an empty list is health. A check that throws counts as its name. */
export type Checks = Record<string, () => boolean | Promise<boolean>>;

/** A check that does not answer in this time has failed, ms. */
const checkTimeoutMs = 3_000;

/** /healthz: the process runs and its event loop turns. */
export function replyHealth(response: ServerResponse): void {
  replyJson(response, 200, { status: "ok" });
}

/** /readyz: 200 when nothing is missing, else 503 with what is. */
export async function replyReadiness(response: ServerResponse, checks: Checks): Promise<void> {
  const missing = await findMissing(checks);
  replyJson(response, missing.length === 0 ? 200 : 503, {
    status: missing.length === 0 ? "ready" : "not ready",
    missing,
  });
}

export async function findMissing(checks: Checks): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), checkTimeoutMs);
      });
      const isWell = await Promise.race([Promise.resolve().then(check), late]).catch(() => false);
      clearTimeout(timer);
      return isWell ? [] : [name];
    }),
  );
  return results.flat();
}
