import { createHash } from "node:crypto";
import { z } from "zod";

const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** The one spelling under which an operator's address is stored and looked up; null when it is no mail address. */
export function parseEmail(text: string): string | null {
  const parsed = Email.safeParse(text);
  return parsed.success ? parsed.data : null;
}

/** Stands for an address in throttle keys, so that addresses of nobody here are not collected. */
export function hashEmail(text: string): string {
  return createHash("sha256").update(text.trim().toLowerCase()).digest("hex");
}
