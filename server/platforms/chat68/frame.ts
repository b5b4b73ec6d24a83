import { z } from "zod";
import type { Inbound } from "../arrival";
import { PlatformError } from "../error";
import { type Json, parseJson } from "../json";
import { AnswerFrame } from "./envelope";
import { isPush, toInbounds } from "./inbound";

export type Frame =
  | { type: "hello" }
  | { type: "answer"; answer: AnswerFrame }
  | { type: "push"; inbounds: Inbound[]; raw: Json }
  /** `key`: the id under which it came, where it has one. */
  | { type: "fault"; code: "bad_json" | "bad_shape"; field: string; key?: string };

/** The greeting has no id and no type: it means that calls may flow, and answers none. */
const Hello = z.strictObject({ message: z.string() });

/** Reads one text of the helper's socket. Pure, never throws. */
export function readFrame(text: string): Frame {
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch {
    return { type: "fault", code: "bad_json", field: "" };
  }
  if (isPush(raw)) {
    try {
      return { type: "push", inbounds: toInbounds(raw), raw };
    } catch (error) {
      const field = error instanceof PlatformError ? String(error.detail.field ?? "") : "";
      return { type: "fault", code: "bad_shape", field };
    }
  }
  if (Hello.safeParse(raw).success) return { type: "hello" };
  const answer = AnswerFrame.safeParse(raw);
  if (answer.success) return { type: "answer", answer: answer.data };
  const field = answer.error.issues[0]?.path.map(String).join(".") ?? "";
  return { type: "fault", code: "bad_shape", field, ...keyIn(raw) };
}

function keyIn(raw: Json): { key?: string } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  return typeof raw.id === "string" ? { key: raw.id } : {};
}
