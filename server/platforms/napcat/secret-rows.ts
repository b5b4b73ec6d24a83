import { z } from "zod";
import { field } from "../field";
import { Count, nothing, row, Text } from "./field";

const domain = field(
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, "a domain"),
  "Cookie 所属域名",
  "domain the cookies are for",
);
const secret = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ""));

const trap = {
  zh: "持有者可以冒用该账号：只显示一次，从不保存，查看行为会被记录。",
  en: "Who has it acts as the account: it is shown once, never stored, and showing it is on the record.",
};
const rkeyTraps = [trap, { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." }];

/** What the account is signed in with. */
export const secretRows = {
  get_clientkey: row("get_clientkey", {
    zh: "获取 clientkey",
    en: "Get the client key",
    line: 8410,
    permission: "secrets.view",
    risk: "sensitive",
    input: nothing,
    output: z.looseObject({ clientkey: field(secret, "clientkey", "the key") }),
    secretOutput: ["clientkey"],
    traps: [trap],
  }),
  get_cookies: row("get_cookies", {
    zh: "获取 Cookie",
    en: "Get cookies",
    line: 8463,
    permission: "secrets.view",
    risk: "sensitive",
    input: z.strictObject({ domain }),
    output: z.looseObject({ cookies: field(secret, "Cookie", "the cookies"), bkn: secret }),
    secretOutput: ["cookies", "bkn"],
    traps: [trap],
  }),
  get_csrf_token: row("get_csrf_token", {
    zh: "获取 CSRF Token",
    en: "Get the CSRF token",
    line: 8521,
    permission: "secrets.view",
    risk: "sensitive",
    input: nothing,
    output: z.looseObject({ token: field(secret, "CSRF Token", "the token") }),
    secretOutput: ["token"],
    traps: [trap],
  }),
  get_credentials: row("get_credentials", {
    zh: "获取 QQ 相关接口凭证",
    en: "Get cookies and CSRF token",
    line: 8574,
    permission: "secrets.view",
    risk: "sensitive",
    input: z.strictObject({ domain }),
    output: z.looseObject({ cookies: secret, token: secret }),
    secretOutput: ["cookies", "token"],
    traps: [trap],
  }),
  nc_get_rkey: row("nc_get_rkey", {
    zh: "获取 rkey（NapCat）",
    en: "Get media keys (NapCat)",
    line: 8632,
    permission: "secrets.view",
    risk: "sensitive",
    input: nothing,
    output: z.array(z.looseObject({ rkey: field(secret, "rkey", "the key"), ttl: Count, time: Count, type: Count })),
    secretOutput: ["*.rkey"],
    traps: [
      ...rkeyTraps,
      {
        zh: "与 get_rkey 相近：这里 type 是数字，时间字段名为 time。",
        en: "Nearly get_rkey: here type is a number, and the time is called time.",
      },
    ],
  }),
  get_rkey: row("get_rkey", {
    zh: "获取 rkey",
    en: "Get media keys",
    line: 8693,
    permission: "secrets.view",
    risk: "sensitive",
    input: nothing,
    output: z.array(
      z.looseObject({
        type: field(Text, "用途：private 或 group", "private or group"),
        rkey: field(secret, "rkey", "the key"),
        created_at: Count,
        ttl: Count,
      }),
    ),
    secretOutput: ["*.rkey"],
    traps: rkeyTraps,
  }),
  get_rkey_server: row("get_rkey_server", {
    zh: "获取 rkey 服务",
    en: "Get media keys as a service hands them out",
    line: 8754,
    permission: "secrets.view",
    risk: "sensitive",
    input: nothing,
    output: z.looseObject({ private_rkey: secret, group_rkey: secret, expired_time: Count, name: Text }),
    secretOutput: ["private_rkey", "group_rkey"],
    traps: rkeyTraps,
  }),
};
