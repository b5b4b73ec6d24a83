import { z } from "zod";
import { type Facts, fromFacts } from "../facts";
import { field } from "../field";
import type { Row } from "../row";
import { WireCount, WireFlag, WireId, WireText, WireTime } from "../wire";

/** An id in a request: digits as text; 0 is what the server takes for "missing". */
const Digits = z.string().regex(/^[1-9]\d{0,18}$/, "an id is digits and not 0");

export const UserId = field(Digits, "用户 ID", "id of the person");
export const GroupId = field(Digits, "群组 ID", "id of the group");
export const CategoryId = field(Digits, "好友分组 ID", "id of the friend category");
export const UserIds = field(z.array(Digits).min(1).max(500), "用户 ID 列表", "ids of the people");

/** The whole input of an operation that takes nothing. */
export const Nothing = z.strictObject({});

/** Documented as null or {}: there is nothing to read in it. */
export const Done = z.looseObject({}).nullish();

/** A coordinate. The server takes 0 for "missing", so the equator and the prime meridian cannot be named. */
export function degree(most: 90 | 180) {
  return z
    .number()
    .min(-most)
    .max(most)
    .refine((value) => value !== 0, "the server takes 0 for missing");
}

/** Text that the server ignores when it is empty: a value cannot be cleared. */
export function kept(most: number) {
  return z.string().min(1, "an empty text is ignored by the server").max(most).optional();
}

export const Account = z.looseObject({
  id: field(WireId, "用户 ID", "id of the person"),
  username: field(WireText, "用户名", "user name"),
  email: field(WireText, "邮箱", "e-mail address"),
  mobile: field(WireText, "手机号", "mobile number"),
  nickname: field(WireText, "昵称", "nickname"),
  avatar: WireText,
  gender: WireText,
  birth: WireText,
  age: WireCount,
  intro: WireText,
  longitude: WireCount,
  latitude: WireCount,
  country: WireText,
  province: WireText,
  city: WireText,
  district: WireText,
  onlineStatus: field(WireText, "在线状态，不可靠", "online or offline; the server does not keep it right"),
});

export const ChatGroup = z.looseObject({
  id: field(WireId, "群组 ID", "id of the group"),
  name: field(WireText, "群名称", "name"),
  avatar: WireText,
  intro: WireText,
  members: field(WireCount, "成员数", "number of members"),
  members_limit: field(WireCount, "成员数上限", "most members"),
  disableAddMember: WireFlag,
  disableViewMember: WireFlag,
  disbaleAddGroup: WireFlag,
  enbaleBeforeMsg: WireFlag,
});

/** What an application was answered with. */
export const ApplyStatus = z.enum(["wait", "pass", "deny"]);

export const applyFields = {
  createdAt: field(WireTime, "申请时间", "when they asked"),
  applyReason: field(WireText, "申请理由", "why they ask"),
  denyReason: field(WireText, "拒绝理由", "why they were refused"),
  status: field(ApplyStatus, "状态：wait 待处理、pass 已通过、deny 已拒绝", "wait, pass or deny"),
  replyTime: WireTime,
};

/** A list as the server answers it. An empty one may be null; without `items` it is no list. */
export function page<T extends z.ZodType>(of: T) {
  return z.looseObject({
    items: z
      .array(of)
      .nullable()
      .transform((list) => list ?? []),
    total: WireCount,
  });
}

interface Said<I extends z.ZodType, O extends z.ZodType> extends Facts<I, O> {
  /** Line of the API document. */
  line: number;
  isAnonymous?: true;
}

/**
 * One row of the IM catalogue. The vendor names operations by method and path only, so the name is made of both. The
 * path is relative to `/api/v1`; what has a body sends it as a form, and what is a GET sends its input as a query,
 * although the document shows a body for some.
 */
export function row<I extends z.ZodType, O extends z.ZodType>(
  method: Row["route"]["method"],
  path: string,
  said: Said<I, O>,
): Row<I, O> {
  const operation = `${method.toLowerCase()}${path.replaceAll("/", ".")}`;
  return {
    id: `im.${operation}`,
    platform: "im",
    operation,
    route: { method, path },
    transports: ["http"],
    body: method === "GET" ? "query" : "form",
    ...(said.isAnonymous ? { isAnonymous: true } : {}),
    source: `im:${said.line}`,
    seeds: [`im.${operation}`],
    ...fromFacts(said),
  };
}
