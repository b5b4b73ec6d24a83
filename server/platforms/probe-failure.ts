import { z } from "zod";
import type { ProbeResult } from "./driver";
import { toPlatformError } from "./network";

/** What a failed try says: the field of a setting that is none, else the code and the platform's own words. */
export function toProbeFailure(error: unknown): ProbeResult & { ok: false } {
  if (error instanceof z.ZodError)
    return { ok: false, code: "invalid_input", detail: { field: error.issues[0]?.path.map(String).join(".") ?? "" } };
  const { code, text, detail } = toPlatformError(error);
  return { ok: false, code, detail: text === null ? detail : { ...detail, text } };
}
