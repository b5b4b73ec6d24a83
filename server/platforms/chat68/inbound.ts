import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";

/** A push has neither `type` nor `id` at its top: the operator says what it is. */
const Push = z.looseObject({
  operator: z.string().min(1).max(100),
  operatorType: z.string().max(100).nullish(),
  data: z.looseObject({ type: z.string().max(100).nullish() }).nullish(),
});

/** Is it shaped like a push? Answers have an `id` and a `type` instead. */
export function isPush(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "operator" in value;
}

/**
 * One push, unified. Pure. None that is documented tells of a request, so all are `other`, named by their operator and,
 * where there is one, their kind. Throws PlatformError `bad_answer` naming the field for what is no push.
 */
export function toInbound(raw: unknown): Inbound {
  const push = Push.safeParse(raw);
  if (!push.success) {
    const field = push.error.issues[0]?.path.map(String).join(".") ?? "";
    throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
  }
  const kind = push.data.operatorType ?? push.data.data?.type;
  return { type: "other", name: kind ? `${push.data.operator}.${kind}` : push.data.operator };
}
