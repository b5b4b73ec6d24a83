import { z } from "zod";
import { type Facts, fromFacts } from "../facts";
import { field } from "../field";
import type { Row } from "../row";
import { WireFlag, WireId, WireText, WireTime } from "../wire";

/**
 * How an operation of the account's own service travels: the helper signs `data` (the row's input) and posts it to
 * `path` at the host that `getApiUrl` names. Host and path are ours and never an input: the helper would post the
 * account's traffic to any address it is given.
 */
export interface Relay {
  type: string;
  path: string;
  /** Two operations are answered only with it. */
  protoType?: "group";
}

export interface Chat68Row<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends Row<I, O> {
  /** Null for what the helper does by itself; its WebSocket `type` is then the route's path without the slash. */
  relay: Relay | null;
}

/** An id in a request: text inside, a JSON number on the wire, because the helper takes numbers only. */
const Digits = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, "an id is digits")
  .refine((text) => Number.isSafeInteger(Number(text)), "the helper takes ids as JSON numbers: this one is too large")
  .transform(Number);

export const GroupId = field(Digits, "群组 ID", "id of the group");
export const UserId = field(Digits, "用户 ID（uid）", "id of the person (uid)");
export const MessageId = field(Digits, "消息 ID，只出现在推送中", "id of the message; only pushes tell it");

/** The whole input of an operation that takes nothing. */
export const Nothing = z.strictObject({});

/** The answer's own verdict: 200 as a number or as text. */
export const CommonResult = z.looseObject({
  errCode: z.union([z.number(), z.string()]).transform(Number).pipe(z.literal(200)).describe("200 is success"),
});

/** An answer of the account's service. Every schema of one asks for the verdict, since empty lists are left out. */
export function answer<S extends z.ZodRawShape>(shape: S) {
  return z.looseObject({ commonResult: CommonResult, ...shape });
}

/** When somebody was last seen. The name `createTime` misleads: it is not a creation. */
export const Presence = z.looseObject({
  uid: WireId,
  online: WireFlag,
  createTime: field(WireTime, "最后在线时间（毫秒）", "last seen, ms; not a creation time"),
  bfShow: WireFlag,
});

export const Person = z.looseObject({
  uid: field(WireId, "用户 ID", "id of the person"),
  nickName: field(WireText, "昵称", "nickname"),
  icon: field(WireText, "头像地址", "address of the picture"),
  signature: WireText,
  identify: field(WireText, "68 号，“--”表示隐藏", 'the public name; "--" means hidden'),
  createTime: WireTime,
  friendRelation: z.looseObject({ bfFriend: WireFlag }).nullish(),
  userOnOrOffline: Presence.nullish(),
});

interface Said<I extends z.ZodType, O extends z.ZodType> extends Facts<I, O> {
  /** `document:line`. */
  source: string;
  /** The transports that the documents show it on; the row covers each of them. Empty: beyond the documents. */
  seeds: readonly ("http" | "ws")[];
  /** The default is both. */
  transports?: readonly ("http" | "ws")[];
}

/** A row of what the helper does by itself. */
export function row<I extends z.ZodType, O extends z.ZodType>(
  operation: string,
  path: string,
  said: Said<I, O>,
  relay: Relay | null = null,
): Chat68Row<I, O> {
  return {
    id: `chat68.${operation}`,
    platform: "chat68",
    operation,
    route: { method: "POST", path },
    transports: said.transports ?? ["http", "ws"],
    body: "json",
    source: said.source,
    seeds: said.seeds.map((transport) => `chat68.${transport}.${operation}`),
    ...fromFacts(said),
    relay,
  };
}

/** A row of what the helper relays to the account's service. */
export function relayed<I extends z.ZodType, O extends z.ZodType>(
  operation: string,
  relay: Relay,
  said: Said<I, O>,
): Chat68Row<I, O> {
  return row(operation, "/request", said, relay);
}
