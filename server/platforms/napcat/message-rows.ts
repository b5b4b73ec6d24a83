import { z } from "zod";
import { Id, IdInput, row } from "./field";

/** Segments that read no file: those with a `file` make NapCat's host open paths and addresses, and are not offered yet. */
const Segment = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), data: z.strictObject({ text: z.string().min(1) }) }),
  z.strictObject({ type: z.literal("at"), data: z.strictObject({ qq: IdInput.or(z.literal("all")) }) }),
  z.strictObject({ type: z.literal("face"), data: z.strictObject({ id: z.string().regex(/^\d{1,6}$/) }) }),
  z.strictObject({ type: z.literal("reply"), data: z.strictObject({ id: z.string().regex(/^-?\d{1,20}$/) }) }),
]);

/** Segments only: in a plain string NapCat would read `[CQ:...]` codes that somebody typed. */
const Message = z.array(Segment).min(1).max(100).describe("segments, in order");

const Sent = z.looseObject({ message_id: z.union([Id, z.int().transform(String)]) });

/** Sending text. */
export const messageRows = {
  send_msg: row("send_msg", {
    zh: "发送消息",
    en: "Send a message",
    line: 10334,
    permission: "messages.send",
    risk: "write",
    input: z
      .strictObject({
        message_type: z.enum(["private", "group"]).optional().describe("follows from the id that is given"),
        group_id: IdInput.optional(),
        user_id: IdInput.optional(),
        message: Message,
      })
      .refine((value) => (value.group_id === undefined) !== (value.user_id === undefined), {
        path: ["group_id"],
        message: "exactly one of group_id and user_id",
      })
      .refine(
        (value) =>
          value.message_type === undefined || (value.message_type === "group") === (value.group_id !== undefined),
        { path: ["message_type"], message: "does not fit the id" },
      ),
    output: Sent,
    traps: ["With both ids and the wrong message_type the message goes to the wrong chat."],
  }),
  send_private_msg: row("send_private_msg", {
    zh: "发送私聊消息",
    en: "Send a private message",
    line: 10232,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ user_id: IdInput, message: Message }),
    output: Sent,
  }),
  send_group_msg: row("send_group_msg", {
    zh: "发送群消息",
    en: "Send a group message",
    line: 10121,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: IdInput, message: Message }),
    output: Sent,
  }),
};
