import { z } from "zod";
import { field } from "../field";
import {
  Count,
  Flag,
  groupId,
  Id,
  IdInput,
  Link,
  MaybeId,
  Nothing,
  nothing,
  row,
  Text,
  userId,
  Verdict,
} from "./field";
import { FileSource } from "./file-source";
import { OnlineStatus } from "./presence";

export const LoginInfo = field(
  z.looseObject({ user_id: Id, nickname: Text }),
  "NapCat 当前登录的账号",
  "the account NapCat is signed in to",
);
export const Status = field(
  z.looseObject({ online: z.boolean(), good: z.boolean() }),
  "账号是否在线，NapCat 自认是否正常",
  "is the account online, and does NapCat think itself healthy",
);
export const Version = z.looseObject({ app_name: Text, protocol_version: Text, app_version: Text });

const Liker = z.looseObject({
  uin: field(MaybeId, "QQ 号", "the person's number"),
  uid: Text,
  nick: field(Text, "昵称", "name"),
  count: field(Count, "点赞次数", "how many likes"),
  latestTime: field(Count, "最近一次点赞（秒）", "the latest, in unix seconds"),
  gender: Count,
  age: Count,
  isFriend: Flag,
  isvip: Flag,
  isSvip: Flag,
  giftCount: Count,
  customId: Count,
  lastCharged: Count,
  bAvailableCnt: Count,
  bTodayVotedCnt: Count,
  src: Count,
});
const likers = z
  .array(Liker)
  .nullish()
  .transform((value) => value ?? []);

const Collected = z.looseObject({
  cid: field(Id, "收藏 ID", "the favourite's id"),
  type: Count,
  status: Count,
  author: z
    .looseObject({ type: Count, numId: MaybeId, strId: Text, groupId: MaybeId, groupName: Text, uid: Text })
    .nullish(),
  bid: Count,
  category: Count,
  createTime: field(MaybeId, "创建时间", "made at"),
  collectTime: field(MaybeId, "收藏时间", "collected at"),
  modifyTime: MaybeId,
  sequence: MaybeId,
  shareUrl: Link,
  customGroupId: Count,
  securityBeat: Flag,
  summary: field(
    z.record(z.string(), z.unknown()).nullish(),
    "按类型的摘要，只有一项有值",
    "a summary by kind; one of them is filled",
  ),
});

/** What QQ shows of a mini-app in a card, in either of its two forms. */
const MiniApp = z.looseObject({
  ver: Text,
  prompt: field(Text, "外显文字", "shown in the list of conversations"),
  app: Text,
  appName: Text,
  view: Text,
  appView: Text,
  meta: z.looseObject({}).nullish(),
  metaData: z.looseObject({}).nullish(),
  config: z.looseObject({ type: Text, width: Count, height: Count, ctime: Count, token: Text }).nullish(),
});

const text = (max: number) => z.string().max(max);

/** The account itself: who it is, how it looks to others, what it keeps. */
export const accountRows = {
  get_login_info: row("get_login_info", {
    zh: "获取登录号信息",
    en: "Get the signed-in account",
    line: 1263,
    capabilities: ["profile.get"],
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: LoginInfo,
  }),
  get_status: row("get_status", {
    zh: "获取状态",
    en: "Get the account's state",
    line: 2353,
    capabilities: ["presence.get"],
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: Status,
  }),
  get_version_info: row("get_version_info", {
    zh: "获取版本信息",
    en: "Get NapCat's version",
    line: 10062,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: Version,
  }),
  set_qq_profile: row("set_qq_profile", {
    zh: "设置账号信息",
    en: "Change the account's profile",
    line: 32,
    capabilities: ["profile.update"],
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      nickname: field(text(60).min(1), "昵称", "name"),
      personal_note: field(text(500).optional(), "个性签名", "signature"),
      sex: field(z.enum(["0", "1", "2"]).optional(), "性别代码：0、1 或 2", "sex, as QQ's code 0, 1 or 2"),
    }),
    output: Verdict,
    traps: [
      {
        zh: "这里的性别是代码，而所有返回结果里是文字；文档没有说明代码与文字如何对应。",
        en: "Sex is a code here and a word in every answer; the document does not say which code is which word.",
      },
    ],
  }),
  set_self_longnick: row("set_self_longnick", {
    zh: "设置个性签名",
    en: "Change the signature",
    line: 1205,
    capabilities: ["profile.update"],
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({ longNick: field(text(500), "个性签名", "the signature") }),
    output: Verdict,
  }),
  set_qq_avatar: row("set_qq_avatar", {
    zh: "设置头像",
    en: "Change the avatar",
    line: 870,
    capabilities: ["profile.update"],
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({ file: FileSource }),
    output: Nothing,
    traps: [
      {
        zh: "地址由 NapCat 所在主机自行访问：域名若指向其内网，这里无法识别。",
        en: "NapCat's host fetches the address by itself: names that lead into its own network cannot be seen from here.",
      },
    ],
  }),
  set_online_status: row("set_online_status", {
    zh: "设置在线状态",
    en: "Change the online status",
    line: 469,
    capabilities: ["presence.presets", "presence.set"],
    permission: "profile.manage",
    risk: "write",
    input: OnlineStatus,
    output: Nothing,
    traps: [
      {
        zh: "参数表写的是 extStatus 和 batteryStatus，但只有 ext_status 和 battery_status 能通过 NapCat 的校验。",
        en: "The table says extStatus and batteryStatus; only ext_status and battery_status pass NapCat's check.",
      },
    ],
  }),
  set_diy_online_status: row("set_diy_online_status", {
    zh: "设置自定义在线状态",
    en: "Change to a status of one's own",
    line: 2645,
    capabilities: ["presence.word"],
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      face_id: field(z.string().regex(/^\d{1,6}$/), "表情 ID", "number of the face"),
      face_type: field(
        z
          .string()
          .regex(/^\d{1,3}$/)
          .optional(),
        "表情类型",
        "kind of face",
      ),
      wording: field(text(60).optional(), "描述文字", "the words"),
    }),
    output: z.union([z.string(), z.null(), z.looseObject({})]).optional(),
  }),
  nc_get_user_status: row("nc_get_user_status", {
    zh: "获取用户状态",
    en: "Get a person's online status",
    line: 2293,
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ user_id: userId }),
    output: z.looseObject({
      status: field(Count, "状态码", "code, as in the online status"),
      ext_status: field(Count, "扩展状态码", "second code"),
    }),
    traps: [
      {
        zh: "需要 NapCat 的 packet 后端；没有它时调用会失败，并返回一长串内部错误信息。",
        en: "Needs NapCat's packet backend; without it the call fails with a long message of its code.",
      },
    ],
  }),
  get_online_clients: row("get_online_clients", {
    zh: "获取当前账号在线客户端列表",
    en: "List the account's other clients",
    line: 305,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: z.array(z.union([z.string(), z.looseObject({})])),
    traps: [
      {
        zh: "空实现：即使其他客户端在线，也始终返回空列表。",
        en: "A stub: always empty, also while other clients are online.",
      },
    ],
  }),
  _get_model_show: row("_get_model_show", {
    zh: "获取在线机型",
    en: "List device labels",
    line: 2180,
    permission: "bots.view",
    risk: "read",
    input: z.strictObject({ model: field(text(200).min(1), "机型名称", "name of the model") }),
    output: z.array(
      z.looseObject({
        variants: z.looseObject({
          model_show: field(Text, "显示的机型", "the label"),
          need_pay: field(Flag, "是否需要付费", "for paying accounts only"),
        }),
      }),
    ),
  }),
  _set_model_show: row("_set_model_show", {
    zh: "设置在线机型",
    en: "Change the device label",
    line: 2243,
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      model: field(text(200).optional(), "机型名称", "name of the model"),
      model_show: field(text(200).optional(), "显示的机型", "the label"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "不做任何事也返回 ok。文档没有列出参数，这里采用 OneBot 的参数。",
        en: "Does nothing and says ok. The document names no parameter; these are OneBot's.",
      },
    ],
  }),
  get_profile_like: row("get_profile_like", {
    zh: "获取点赞列表",
    en: "List profile likes",
    line: 1899,
    capabilities: ["profile.likes"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({
      user_id: field(IdInput.optional(), "指定用户，不填则为所有", "one person; everybody when left out"),
      start: field(z.int().min(0).max(100_000).optional(), "从第几条开始", "first entry"),
      count: field(z.int().min(1).max(1000).optional(), "最多返回多少条", "how many at most"),
    }),
    output: z.looseObject({
      uid: Text,
      time: Count,
      favoriteInfo: z
        .looseObject({ total_count: Count, last_time: Count, today_count: Count, userInfos: likers })
        .nullish(),
      voteInfo: z
        .looseObject({
          total_count: Count,
          new_count: Count,
          new_nearby_count: Count,
          last_visit_time: Count,
          userInfos: likers,
        })
        .nullish(),
    }),
    traps: [
      {
        zh: "favoriteInfo.last_time 并不是时间，today_count 实为上一次的次数。",
        en: "favoriteInfo.last_time is no time, and today_count is the number of the last time.",
      },
    ],
  }),
  send_like: row("send_like", {
    zh: "点赞",
    en: "Like a profile",
    line: 921,
    capabilities: ["people.like"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({
      user_id: userId,
      times: field(z.int().min(1).max(20).default(1), "点赞次数", "how many times"),
    }),
    output: Nothing,
  }),
  fetch_custom_face: row("fetch_custom_face", {
    zh: "获取收藏表情",
    en: "List favourite stickers",
    line: 2057,
    permission: "bots.view",
    risk: "read",
    input: z.strictObject({ count: field(z.int().min(1).max(500).default(48), "最多返回多少个", "how many at most") }),
    output: z.array(Link),
  }),
  create_collection: row("create_collection", {
    zh: "创建收藏",
    en: "Save a favourite",
    line: 1088,
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      rawData: field(text(20_000).min(1), "内容", "the content"),
      brief: field(text(200), "标题", "title"),
    }),
    output: Verdict,
  }),
  get_collection_list: row("get_collection_list", {
    zh: "获取收藏列表",
    en: "List favourites",
    line: 10524,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      category: field(z.int().min(0).max(100_000), "分类编号", "number of the category"),
      count: field(z.int().min(1).max(500), "最多返回多少条", "how many at most"),
    }),
    output: Verdict.extend({
      collectionSearchList: z
        .looseObject({
          collectionItemList: z
            .array(Collected)
            .nullish()
            .transform((value) => value ?? []),
          hasMore: field(Flag, "是否还有更多", "is there more"),
          bottomTimeStamp: MaybeId,
        })
        .nullish(),
    }),
    traps: [
      {
        zh: "文档把它归入有问题的接口，也没有说明各分类的含义。",
        en: "The document files it among the faulty ones and does not say what the categories are.",
      },
    ],
  }),
  get_mini_app_ark: row("get_mini_app_ark", {
    zh: "获取小程序卡片",
    en: "Make a mini-app card",
    line: 2410,
    permission: "messages.send",
    risk: "read",
    input: z.strictObject({
      type: field(text(50).min(1), "小程序模板，例如 bili", "template, such as bili"),
      title: field(text(200), "标题", "title"),
      desc: field(text(500), "描述", "description"),
      picUrl: field(text(2048), "图片链接", "address of the picture"),
      jumpUrl: field(text(2048), "跳转路径", "where a click leads"),
      rawArkData: field(z.boolean().optional(), "是否返回原始卡片数据", "answer the card as QQ made it"),
    }),
    output: MiniApp.extend({ data: MiniApp.nullish() }),
    secretOutput: ["config.token", "data.config.token"],
    traps: [
      { zh: "文档只给了示例，没有参数表。", en: "The document gives an example instead of a table of parameters." },
      {
        zh: "卡片中的 token 是其签名：拿到它的人就能发送该卡片。",
        en: "The card's token signs it: who has it can send the card.",
      },
      { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." },
    ],
  }),
  ArkSharePeer: row("ArkSharePeer", {
    zh: "获取推荐好友或群聊卡片",
    en: "Make a card that recommends a person or a group",
    line: 176,
    permission: "messages.send",
    risk: "read",
    input: z
      .strictObject({
        group_id: field(IdInput.optional(), "群号，与 user_id 二选一", "the group, or else user_id"),
        user_id: field(IdInput.optional(), "QQ 号，与 group_id 二选一", "the person, or else group_id"),
        phoneNumber: field(text(30).optional(), "对方手机号", "the person's phone number"),
      })
      .refine((value) => (value.group_id === undefined) !== (value.user_id === undefined), {
        path: ["group_id"],
        message: "exactly one of group_id and user_id",
      }),
    output: z.looseObject({
      errCode: Count,
      errMsg: Text,
      arkJson: field(Text, "卡片 JSON", "the card, as JSON text"),
    }),
    secretInput: ["phoneNumber"],
    traps: [
      {
        zh: "实际传输时即为驼峰命名；自 NapCat 4.12 起 phoneNumber 改名为 phone_number。",
        en: "CamelCase is the wire's; phoneNumber is phone_number from NapCat 4.12 on.",
      },
    ],
  }),
  ArkShareGroup: row("ArkShareGroup", {
    zh: "获取推荐群聊卡片",
    en: "Make a card that recommends a group",
    line: 416,
    permission: "messages.send",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: field(z.string(), "卡片 JSON", "the card, as JSON text"),
    traps: [
      {
        zh: "实际传输时即为驼峰命名。此处文档要求群号为文本。",
        en: "CamelCase is the wire's. Here the document wants the group as text.",
      },
    ],
  }),
};
