import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";
import { type Json, parseJson } from "../json";

/** `ope` is missing in pings. Ids are not read: what a push names as sender and receiver differs between versions. */
const Push = z.looseObject({ type: z.string().min(1), ope: z.string().nullish() });

/** The misspelt one is the document's, the other one newer servers'. */
const applications: ReadonlySet<string> = new Set(["addFreind", "addFriend", "joinGroup"]);

/**
 * One push, unified. Pure. A push about an application says who asks in one version and which group in another, and never
 * why: it is a reason to read the lists and nothing more. Throws PlatformError `bad_answer` for what is no push.
 */
export function toInbound(raw: unknown): Inbound {
  const push = Push.safeParse(raw);
  if (!push.success) {
    const field = push.error.issues[0]?.path.map(String).join(".") ?? "";
    throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
  }
  const { type, ope } = push.data;
  if (applications.has(type)) return { type: "requests_changed" };
  return { type: "other", name: `${ope || "none"}.${type}`.slice(0, 100) };
}

export type Frame =
  | { type: "ping" }
  | { type: "event"; inbound: Inbound; raw: Json }
  | { type: "fault"; code: "bad_json" | "bad_shape"; field: string };

/** Reads one text from the socket. Pure, never throws. */
export function readFrame(text: string): Frame {
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch {
    return { type: "fault", code: "bad_json", field: "" };
  }
  try {
    const inbound = toInbound(raw);
    const isPing = inbound.type === "other" && inbound.name.endsWith(".ping");
    return isPing ? { type: "ping" } : { type: "event", inbound, raw };
  } catch (error) {
    const field = error instanceof PlatformError ? String(error.detail.field ?? "") : "";
    return { type: "fault", code: "bad_shape", field };
  }
}
