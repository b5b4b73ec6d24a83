import { z } from "zod";
import { field } from "../field";
import { WireFlag, WireText } from "../wire";
import { Account, Done, degree, kept, Nothing, row } from "./field";

const Email = field(z.email().max(100), "邮箱地址", "e-mail address");
const Mobile = field(z.string().regex(/^\+?\d{5,20}$/, "a number of digits"), "手机号", "mobile number");
const Captcha = field(z.string().min(1).max(20), "验证码", "the code");
const CaptchaKey = field(z.string().min(1).max(500), "图形验证码的 key", "the key that came with the picture");
const Password = field(z.string().min(6).max(50), "密码，6 至 50 位", "password, 6 to 50 characters");
const NewPassword = field(z.string().min(6).max(50), "新密码，6 至 50 位", "new password, 6 to 50 characters");
const Client = field(
  z.enum(["android", "ios", "h5"]),
  "登录平台：android、ios、h5",
  "the kind of client that signs in: android, ios or h5",
);
const InviteCode = field(
  z.string().min(1).max(50).optional(),
  "邀请码，服务器要求时填写",
  "invite code, where the server asks for one",
);

/** What signing in hands out. The token is the account: sealed at once, never shown. */
export const SignedIn = z.looseObject({
  token: field(z.string().min(1), "登录令牌", "the token"),
  needUpdatePassword: field(WireFlag, "是否需要设置密码", "has the account no password yet"),
});

const signsIn = { secretOutput: ["token"], permission: "bots.manage", risk: "sensitive", output: SignedIn } as const;
const unneededToken = {
  zh: "文档在此要求令牌，而此时尚未登录；实际不会发送令牌。",
  en: "The document asks for a token here, where nobody has one yet; none is sent.",
};
const registers = {
  zh: "用未注册的邮箱或手机号登录会自动注册。",
  en: "An address nobody knows yet is registered by signing in.",
};
const noCode = {
  zh: "所有失败都是 HTTP 200、code 1 加一段中文说明，没有可供区分的错误码。",
  en: "Every failure is HTTP 200 with code 1 and a Chinese text: there is no code to tell them apart by.",
};

/** Signing in, the account's password and its profile. */
export const accountRows = {
  "get.captcha.image": row("GET", "/captcha/image", {
    zh: "获取图形验证码",
    en: "Get a picture code",
    line: 51,
    permission: "bots.manage",
    risk: "read",
    input: z.strictObject({
      type: field(z.enum(["login", "register"]), "用途：login 登录、register 注册", "what for: login or register"),
    }),
    output: z.looseObject({
      key: field(z.string().min(1), "验证码 key", "the key to send back with the code"),
      captcha: field(z.string().min(1), "图片（Base64，PNG）", "the picture: PNG in base64, without a data: prefix"),
    }),
    isAnonymous: true,
    traps: [
      { zh: "文档漏掉了第二个取值 register。", en: "The document lost the second value, register." },
      { zh: "图片没有 data: 前缀。", en: "The picture has no data: prefix." },
      unneededToken,
    ],
  }),
  "get.captcha.email": row("GET", "/captcha/email", {
    zh: "发送邮箱验证码",
    en: "Send a code by e-mail",
    line: 90,
    permission: "bots.manage",
    risk: "write",
    input: z.strictObject({ email: Email }),
    output: Done,
    isAnonymous: true,
    traps: [
      { zh: "虽是 GET，却会发送邮件，因此不会自动重试。", en: "A GET that sends a mail: never repeated." },
      { zh: "文档示例带请求体，实际作为查询参数发送。", en: "The document shows a body; it is sent as a query." },
      unneededToken,
    ],
  }),
  "get.captcha.mobile": row("GET", "/captcha/mobile", {
    zh: "发送手机验证码",
    en: "Send a code by text message",
    line: 181,
    permission: "bots.manage",
    risk: "write",
    input: z.strictObject({ mobile: Mobile }),
    output: Done,
    isAnonymous: true,
    traps: [
      {
        zh: "虽是 GET，却会发送收费短信，因此不会自动重试。",
        en: "A GET that sends a text message, which costs money: never repeated.",
      },
      unneededToken,
    ],
  }),
  "post.login.basic": row("POST", "/login/basic", {
    zh: "账号密码登录",
    en: "Sign in with a password",
    line: 129,
    ...signsIn,
    input: z.strictObject({
      account: field(z.string().min(1).max(100), "用户名、邮箱或手机号", "user name, e-mail address or mobile number"),
      password: Password,
      captchaKey: CaptchaKey,
      captcha: Captcha,
      platform: Client,
    }),
    secretInput: ["password", "captcha", "captchaKey"],
    isAnonymous: true,
    traps: [unneededToken, noCode],
  }),
  "post.register.basic": row("POST", "/register/basic", {
    zh: "注册账号",
    en: "Register an account",
    line: 215,
    ...signsIn,
    input: z.strictObject({
      account: field(z.string().min(1).max(50), "用户名", "user name"),
      password: Password,
      captchaKey: CaptchaKey,
      captcha: Captcha,
      platform: Client,
      inviteCode: InviteCode,
    }),
    secretInput: ["password", "captcha", "captchaKey", "inviteCode"],
    isAnonymous: true,
    traps: [
      {
        zh: "图形验证码必须以 type register 获取。",
        en: "The picture code must have been asked for with type register.",
      },
      unneededToken,
    ],
  }),
  "post.login.email": row("POST", "/login/email", {
    zh: "邮箱验证码登录",
    en: "Sign in with a code by e-mail",
    line: 269,
    ...signsIn,
    input: z.strictObject({ email: Email, captcha: Captcha, platform: Client, inviteCode: InviteCode }),
    secretInput: ["captcha", "inviteCode"],
    isAnonymous: true,
    traps: [registers, unneededToken],
  }),
  "post.login.mobile": row("POST", "/login/mobile", {
    zh: "手机验证码登录",
    en: "Sign in with a code by text message",
    line: 319,
    ...signsIn,
    input: z.strictObject({ mobile: Mobile, captcha: Captcha, platform: Client, inviteCode: InviteCode }),
    secretInput: ["captcha", "inviteCode"],
    isAnonymous: true,
    traps: [registers, unneededToken],
  }),
  "post.reset.password.email": row("POST", "/reset/password/email", {
    zh: "通过邮箱重置密码",
    en: "Reset the password by e-mail",
    line: 369,
    permission: "bots.manage",
    risk: "destructive",
    target: ["email"],
    input: z.strictObject({ email: Email, captcha: Captcha, password: NewPassword }),
    secretInput: ["captcha", "password"],
    output: Done,
    isAnonymous: true,
    traps: [unneededToken],
  }),
  "post.reset.password.mobile": row("POST", "/reset/password/mobile", {
    zh: "通过手机号重置密码",
    en: "Reset the password by text message",
    line: 412,
    permission: "bots.manage",
    risk: "destructive",
    target: ["mobile"],
    input: z.strictObject({ mobile: Mobile, captcha: Captcha, password: NewPassword }),
    secretInput: ["captcha", "password"],
    output: Done,
    isAnonymous: true,
    traps: [unneededToken],
  }),
  "get.me.info": row("GET", "/me/info", {
    zh: "获取我的资料",
    en: "Get the account's profile",
    line: 457,
    capabilities: ["profile.get"],
    permission: "bots.view",
    risk: "read",
    input: Nothing,
    output: z.looseObject({ account: Account }),
    secretOutput: ["account.email", "account.mobile"],
  }),
  "put.me.update.password": row("PUT", "/me/update/password", {
    zh: "修改我的密码",
    en: "Change the account's password",
    line: 528,
    permission: "bots.manage",
    risk: "destructive",
    input: z.strictObject({ password: NewPassword }),
    secretInput: ["password"],
    output: Done,
    traps: [
      {
        zh: "不校验旧密码：拿到令牌的人就能接管账号。",
        en: "The old password is not asked for: whoever holds the token can take the account over.",
      },
    ],
  }),
  "put.me.update.info": row("PUT", "/me/update/info", {
    zh: "修改我的资料",
    en: "Change the account's profile",
    line: 556,
    capabilities: ["profile.update"],
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      nickname: field(kept(50), "昵称", "nickname"),
      avatar: field(kept(500), "头像地址", "address of the picture"),
      longitude: field(degree(180).optional(), "经度", "longitude"),
      latitude: field(degree(90).optional(), "纬度", "latitude"),
      intro: field(kept(1000), "个人介绍", "about oneself"),
      gender: field(z.enum(["男", "女"]).optional(), "性别：男、女", "sex: 男 (male) or 女 (female)"),
      country: field(kept(50), "国家", "country"),
      province: field(kept(50), "省份", "province"),
      city: field(kept(50), "城市", "city"),
    }),
    output: Done,
    traps: [
      {
        zh: "空文本和 0 不会生效，因此无法清空任何内容。",
        en: "An empty text and 0 change nothing: no value can be cleared.",
      },
    ],
  }),
};

/** What stands beside the account: links and the server's settings. */
export const otherRows = {
  "get.upload.qiniu.params": row("GET", "/upload/qiniu/params", {
    zh: "获取七牛云上传参数（即将弃用）",
    en: "Get what uploads to Qiniu need (deprecated)",
    line: 2915,
    permission: "secrets.view",
    risk: "sensitive",
    input: Nothing,
    output: z.looseObject({
      accessDomain: field(WireText, "资源访问域名", "where uploads are read from"),
      uploadToken: field(z.string(), "上传令牌", "the token that allows uploads"),
    }),
    secretOutput: ["uploadToken"],
    traps: [{ zh: "新版服务器已不再提供。", en: "Newer servers have it no longer." }],
  }),
  "get.discovers": row("GET", "/discovers", {
    zh: "获取发现页链接",
    en: "Get the links of the discover page",
    line: 2953,
    permission: "secrets.view",
    // The document shows no secret in it, but each link has a field for its password.
    risk: "sensitive",
    input: Nothing,
    output: z.looseObject({
      items: z
        .array(
          z.looseObject({
            id: z.int(),
            name: field(WireText, "名称", "name"),
            logo: WireText,
            url: field(WireText, "地址", "address"),
            password: field(WireText, "访问密码", "password of the linked page"),
          }),
        )
        .nullable(),
      total: z.int().nullish(),
    }),
    secretOutput: ["items.*.password"],
    traps: [{ zh: "每个链接都带有明文密码。", en: "Each link carries its password in plain text." }],
  }),
  "get.configs": row("GET", "/configs", {
    zh: "获取服务器配置",
    en: "Get the server's settings",
    line: 3026,
    permission: "secrets.view",
    risk: "sensitive",
    input: Nothing,
    output: z.looseObject({
      configs: field(z.record(z.string(), z.string()), "配置项，值均为文本", "settings; every value is text"),
      qiniu: z.looseObject({ accessDomain: WireText, uploadToken: WireText }).nullish(),
    }),
    secretOutput: [
      "qiniu.uploadToken",
      "configs.ip_register_whitelist",
      "configs.ip_register_blacklist",
      "configs.manager_ip_whitelist",
    ],
    traps: [
      {
        zh: "开关是文本“true”和“0”，不是布尔值或数字。",
        en: 'Switches are the texts "true" and "0", not booleans and numbers.',
      },
      { zh: "add_freind 是接口的实际拼写。", en: "add_freind is the wire name." },
      {
        zh: "设置中含有上传令牌和 IP 地址名单。",
        en: "An upload token and lists of addresses are among the settings.",
      },
    ],
  }),
};
