import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";
import { type Json, parseJson } from "../json";
import type { Peer } from "../piece";
import { toMessage } from "./message";
import { ChatMessage, messageTypes } from "./message-rows";

/** `ope` is missing in pings. */
const Push = z.looseObject({ type: z.string().min(1), ope: z.string().nullish() });

/** The misspelt one is the document's, the other one newer servers'. */
const applications: ReadonlySet<string> = new Set(["addFreind", "addFriend", "joinGroup"]);

/** What people say; newer servers push more under other names, as that somebody types. */
const said: ReadonlySet<string> = new Set(messageTypes);

function parse<T extends z.ZodType>(schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
}

/** A message, or that it was taken back, which is the same push with another status: only who said it can do that. */
function toSaid(raw: unknown, ownId: string | null): Inbound {
  const message = parse(ChatMessage, raw);
  const { fromId, toId, ope } = message;
  const peer: Peer =
    ope === "group" ? { to: "group", id: toId } : { to: "person", id: fromId === ownId ? toId : fromId };
  if (message.status === "revocation")
    return { type: "message_recalled", peer, messageId: message.id, operatorId: fromId };
  return { type: "message", message: toMessage(peer, message, ownId === null ? null : fromId === ownId) };
}

/**
 * One push, unified. Pure. A push about an application says who asks in one version and which group in another, and never
 * why: it is a reason to read the lists and nothing more. Throws PlatformError `bad_answer` for what is no push, and for a
 * message of wrong shape.
 * @param ownId the account's, by which a conversation of two is told from the other side; null while it is not known.
 */
export function toInbound(raw: unknown, ownId: string | null): Inbound {
  const { type, ope } = parse(Push, raw);
  if (applications.has(type)) return { type: "requests_changed" };
  if ((ope === "friend" || ope === "group") && said.has(type)) return toSaid(raw, ownId);
  return { type: "other", name: `${ope || "none"}.${type}`.slice(0, 100) };
}

export type Frame =
  | { type: "ping" }
  | { type: "event"; inbound: Inbound; raw: Json }
  | { type: "fault"; code: "bad_json" | "bad_shape"; field: string };

/** Reads one text from the socket. Pure, never throws. */
export function readFrame(text: string, ownId: string | null): Frame {
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch {
    return { type: "fault", code: "bad_json", field: "" };
  }
  try {
    const inbound = toInbound(raw, ownId);
    const isPing = inbound.type === "other" && inbound.name.endsWith(".ping");
    return isPing ? { type: "ping" } : { type: "event", inbound, raw };
  } catch (error) {
    const field = error instanceof PlatformError ? String(error.detail.field ?? "") : "";
    return { type: "fault", code: "bad_shape", field };
  }
}
