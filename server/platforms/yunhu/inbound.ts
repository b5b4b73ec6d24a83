import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";

/** A pushed frame, decoded as far as anything here needs. */
export const Push = z.looseObject({ info: z.looseObject({ cmd: z.string().min(1).max(100) }) });

/** Somebody asks for something. It carries nothing: the list has to be read. */
const invitation = "invite_apply";

/**
 * One decoded push, unified. Pure. What is pushed names its kind only. Throws PlatformError `bad_answer` naming the field
 * for what is no push.
 */
export function toInbound(raw: unknown): Inbound {
  const push = Push.safeParse(raw);
  if (push.success) {
    const { cmd } = push.data.info;
    return cmd === invitation ? { type: "requests_changed" } : { type: "other", name: cmd };
  }
  const field = push.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
}
