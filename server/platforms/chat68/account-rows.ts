import { z } from "zod";
import { field } from "../field";
import { WireCount, WireFlag, WireText, WireTime, wireList } from "../wire";
import { answer, Nothing, Person, relayed, row, UserId } from "./field";

export const Contact = z.looseObject({
  userInfo: Person,
  letter: WireText,
  msgCancelTime: WireCount,
  bfReadReceipt: WireFlag,
});

export const ContactDetail = z.looseObject({
  userInfo: Person,
  letter: WireText,
  msgCancelTime: WireCount,
  commonGroupNum: field(WireCount, "共同群数", "groups in common"),
  bfReadReceipt: WireFlag,
  bfIdSearch: WireFlag,
});

/** Somebody who asks to be a friend. It has no id of its own: the applicant's uid is all there is. */
export const ContactApply = z.looseObject({
  userInfo: Person,
  msg: field(WireText, "验证消息", "what they wrote"),
  modifyTime: field(WireTime, "申请时间（毫秒）", "when they asked, ms"),
  type: field(WireText, "来源", "how they found the account"),
  bfIdSearch: WireFlag,
});

const beyond = {
  zh: "厂商文档中没有：取自厂商自己的客户端，未在真实服务上验证。",
  en: "Not in the vendor's document: taken from the vendor's own client, never seen against a live service.",
};

/** The account, the people it knows, and the helper it runs in. */
export const accountRows = {
  UserInfo: relayed(
    "UserInfo",
    { type: "UserInfo", path: "/user/userInfo" },
    {
      zh: "获取个人资料",
      en: "Get the account's profile",
      source: "68-http:5",
      seeds: ["http", "ws"],
      capabilities: ["profile.get"],
      permission: "bots.view",
      risk: "read",
      input: Nothing,
      output: answer({
        userInfo: Person,
        bfPassword: WireFlag,
        privacy: field(WireCount, "隐私设置（位掩码）", "privacy settings, a bit mask"),
        signature: field(WireText, "个性签名", "signature"),
      }),
      traps: [
        {
          zh: "签名出现两次：userInfo 内一次，外层一次。",
          en: "The signature comes twice, inside userInfo and beside it.",
        },
      ],
    },
  ),
  ContactsList: relayed(
    "ContactsList",
    { type: "ContactsList", path: "/contacts/contactsList" },
    {
      zh: "获取联系人列表",
      en: "List contacts",
      source: "68-http:40",
      seeds: ["http", "ws"],
      capabilities: ["friends.list", "requests.check"],
      permission: "friends.view",
      risk: "read",
      input: Nothing,
      output: answer({
        contactsList: wireList(Contact),
        count: WireCount,
        pageNum: WireCount,
        lastUpdateTime: WireTime,
      }),
      traps: [
        {
          zh: "缺少 `online` 表示离线；userOnOrOffline 中的 `createTime` 是最后在线时间。",
          en: "A missing `online` means offline; `createTime` of userOnOrOffline is when they were last seen.",
        },
      ],
    },
  ),
  ContactsDetail: relayed(
    "ContactsDetail",
    { type: "ContactsDetail", path: "/contacts/contactsDetail" },
    {
      zh: "获取联系人资料",
      en: "Get a contact",
      source: "68-http:251",
      seeds: ["http", "ws"],
      capabilities: ["people.get"],
      permission: "friends.view",
      risk: "read",
      input: z.strictObject({ targetUid: UserId }),
      output: answer({ contactsDetailBase: ContactDetail }),
    },
  ),
  ContactsApplyList: relayed(
    "ContactsApplyList",
    { type: "ContactsApplyList", path: "/contacts/contactsApplyList" },
    {
      zh: "获取好友申请列表",
      en: "List friend requests",
      source: "68-http:300",
      seeds: ["http", "ws"],
      capabilities: ["requests.list", "requests.check"],
      permission: "requests.view",
      risk: "read",
      input: Nothing,
      output: answer({ recordList: wireList(ContactApply) }),
      traps: [
        {
          zh: "文档没有用于通过或拒绝这些申请的操作。",
          en: "The document has no operation that accepts or refuses what this lists.",
        },
        { zh: "每一项都没有 ID，以申请人的 uid 代替。", en: "An entry has no id; the applicant's uid stands for it." },
        { zh: "新申请没有推送，只能主动查询。", en: "No push tells of a new one: it has to be asked for." },
      ],
    },
  ),
  UpdateContactsApply: relayed(
    "UpdateContactsApply",
    { type: "UpdateContactsApply", path: "/contacts/updateContactsApply" },
    {
      zh: "通过好友申请",
      en: "Accept a friend request",
      source: "68chat client",
      seeds: [],
      capabilities: ["requests.answer"],
      permission: "requests.decide",
      risk: "write",
      input: z.strictObject({
        applyUid: field(UserId, "申请人 uid", "uid of the applicant"),
        op: field(z.literal(8).default(8), "固定为 8（通过）", "always 8, accept"),
      }),
      output: answer({}),
      traps: [
        beyond,
        { zh: "无法拒绝：客户端只提供拉黑。", en: "There is no refusal: the client offers the blacklist instead." },
      ],
    },
  ),
  "UpdateBlackContacts#6": relayed(
    "UpdateBlackContacts#6",
    { type: "UpdateBlackContacts", path: "/contacts/updateBlackContacts" },
    {
      zh: "加入黑名单",
      en: "Block somebody",
      source: "68chat client",
      seeds: [],
      capabilities: ["friends.block"],
      permission: "friends.remove",
      risk: "destructive",
      target: ["targetUid"],
      input: z.strictObject({
        targetUid: UserId,
        op: field(z.literal(6).default(6), "固定为 6（加入）", "always 6, add"),
      }),
      output: answer({}),
      traps: [beyond, { zh: "路径由相邻接口推断而来。", en: "Its path is inferred from its neighbours." }],
    },
  ),
  "UpdateBlackContacts#7": relayed(
    "UpdateBlackContacts#7",
    { type: "UpdateBlackContacts", path: "/contacts/updateBlackContacts" },
    {
      zh: "移出黑名单",
      en: "Unblock somebody",
      source: "68chat client",
      seeds: [],
      capabilities: ["friends.unblock"],
      permission: "friends.remove",
      risk: "write",
      input: z.strictObject({
        targetUid: UserId,
        op: field(z.literal(7).default(7), "固定为 7（移出）", "always 7, remove"),
      }),
      output: answer({}),
      traps: [beyond, { zh: "路径由相邻接口推断而来。", en: "Its path is inferred from its neighbours." }],
    },
  ),
  getApiUrl: row("getApiUrl", "/getApiUrl", {
    zh: "获取接口地址",
    en: "Get the service's address",
    source: "68-http:558",
    seeds: ["http", "ws"],
    permission: "bots.view",
    risk: "read",
    input: Nothing,
    output: field(z.url({ protocol: /^https?$/ }), "服务地址", "address of the account's service"),
    traps: [
      {
        zh: "主机地址会变：文档示例中的地址可能已失效，因此先查询，失败后再重新查询。",
        en: "The host changes: the one in the document's examples may be gone, so this is asked first and again on failure.",
      },
    ],
  }),
  restart68: row("restart68", "/restart68", {
    zh: "重启 68 客户端",
    en: "Restart the 68 client",
    source: "68-http:574",
    seeds: ["http", "ws"],
    capabilities: ["clients.restart"],
    permission: "platform.manage",
    risk: "destructive",
    input: Nothing,
    output: z.literal("restarting"),
    traps: [{ zh: "所有进行中的调用和连接本身都会中断。", en: "Every call under way and the socket itself are lost." }],
  }),
};
