import type { Inbound } from "../arrival";
import type { LinkHooks } from "../driver";
import { PlatformError } from "../error";
import { excerpt } from "../excerpt";
import { type Json, parseJson } from "../json";
import { Answer } from "./envelope";
import { readEvent } from "./inbound";

export type Frame =
  | { type: "answer"; answer: Answer }
  | { type: "event"; selfId: string; inbound: Inbound; raw: Json }
  /** `key`: the echo under which it came, where it is no event and has one. */
  | { type: "fault"; code: "bad_json" | "bad_shape"; field: string; isEvent: boolean; key?: string };

/** Reads one text that a OneBot server sent. Pure, never throws. */
export function readFrame(text: string): Frame {
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch {
    return { type: "fault", code: "bad_json", field: "", isEvent: false };
  }
  if (typeof raw !== "object" || raw === null || !("post_type" in raw)) {
    const answer = Answer.safeParse(raw);
    if (answer.success) return { type: "answer", answer: answer.data };
    const field = answer.error.issues[0]?.path.map(String).join(".") ?? "";
    return { type: "fault", code: "bad_shape", field, isEvent: false, ...keyIn(raw) };
  }
  try {
    return { type: "event", ...readEvent(raw), raw };
  } catch (error) {
    const field = error instanceof PlatformError ? String(error.detail.field ?? "") : "";
    return { type: "fault", code: "bad_shape", field, isEvent: true };
  }
}

function keyIn(raw: Json): { key?: string } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  return typeof raw.echo === "string" ? { key: raw.echo } : {};
}

/** Writes a fault into the bot's log, with the beginning of what could not be read. */
export function logFault(
  hooks: LinkHooks,
  fault: Extract<Frame, { type: "fault" }>,
  text: string,
  token: string,
): void {
  hooks.log("warn", fault.code, { field: fault.field, length: text.length, start: excerpt(text, [token]) });
}

/** Hands an event on. A kind of request nobody here knows is worth a line in the log: somebody may be waiting. */
export function deliver(hooks: LinkHooks, { inbound, raw }: Extract<Frame, { type: "event" }>): void {
  if (inbound.type === "other" && inbound.name.startsWith("request."))
    hooks.log("warn", "request_unknown_kind", { kind: inbound.name.slice("request.".length, 100) });
  hooks.event(inbound, raw);
}
