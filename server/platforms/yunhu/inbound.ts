import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";
import { Pushed, toSaid } from "./heard";
import { decode } from "./protobuf";

/** A pushed frame, decoded as far as its kind. */
const Push = z.looseObject({ info: z.looseObject({ cmd: z.string().min(1).max(100) }) });
const Saying = z.looseObject({ data: z.looseObject({ msg: Pushed }) });

/** Somebody asks for something. It carries nothing: the list has to be read. */
const invitation = "invite_apply";
const message = "push_message";

function parse<T extends z.ZodType>(schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
}

/** A pushed frame as far as anything here needs it: what follows its kind is decoded for messages only. */
export function decodePush(bytes: Uint8Array): Record<string, unknown> {
  const raw = decode("Push", bytes);
  const push = Push.safeParse(raw);
  return push.data?.info.cmd === message ? decode("PushedMessage", bytes) : raw;
}

/**
 * One decoded push, unified. Pure. That somebody types, edits or writes on is `other`, named by its kind. Throws
 * PlatformError `bad_answer` naming the field for what is no push, and for a message of wrong shape.
 * @param ownId the account's, by which a conversation of two is told from the other side.
 */
export function toInbound(raw: unknown, ownId: string): Inbound {
  const { cmd } = parse(Push, raw).info;
  if (cmd === invitation) return { type: "requests_changed" };
  return cmd === message ? toSaid(parse(Saying, raw).data.msg, ownId) : { type: "other", name: cmd };
}
