import { z } from "zod";
import { field } from "../field";
import { WireFlag, WireId, WireSwitch, WireText, wireList } from "../wire";
import { Account, applyFields, CategoryId, Done, degree, Nothing, page, row, UserId, UserIds } from "./field";

export const FriendEntry = z.looseObject({
  account: Account,
  friendGroups: wireList(z.looseObject({ id: WireId, name: WireText })),
  remark: field(WireText, "备注", "remark"),
  label: field(WireText, "标签", "label"),
});

/** The server answers one friend as a list of one; newer servers answer the friend. Null: no such friend. */
export const OneFriend = z.union([FriendEntry, page(FriendEntry).transform(({ items }) => items[0] ?? null)]);

/** `id` is that of the friendship, not of the person. */
export const CategoryFriend = z.looseObject({ id: WireId, account: Account, remark: WireText, label: WireText });
export const Category = z.looseObject({
  id: field(WireId, "分组 ID", "id of the category"),
  name: field(WireText, "分组名称", "name"),
  friends: wireList(CategoryFriend),
});
export const FriendApply = z.looseObject({ fromAccount: Account, ...applyFields });
export const NearbyAccount = z.looseObject({
  ...Account.shape,
  distance: field(WireText, "距离，如“120m”", 'distance as text, such as "120m"'),
});

const CategoryName = field(z.string().min(1).max(50), "分组名称", "name of the category");
const prefix = {
  zh: "该路径是其他 DELETE 路径的开头：少一段就会误删好友，因此路径从不拼接。",
  en: "The path is the beginning of other DELETE paths: a lost segment deletes a friend, so the path is never put together from parts.",
};
const formOnDelete = {
  zh: "带请求体的 DELETE：以 multipart 表单发送，服务器在此不识别其他格式。",
  en: "A DELETE with a body: sent as a multipart form, since the server reads no other kind there.",
};

/** Friends, who wants to be one, the blacklist and the categories. */
export const friendRows = {
  "get.friends.search": row("GET", "/friends/search", {
    zh: "搜索用户",
    en: "Search for people",
    line: 602,
    capabilities: ["friends.search", "people.get"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({
      account: field(
        z.string().min(1).max(100),
        "账号 ID、用户名、昵称、邮箱或手机号",
        "account id, user name, nickname, e-mail address or mobile number",
      ),
    }),
    output: page(Account),
    secretOutput: ["items.*.email", "items.*.mobile"],
    traps: [{ zh: "可以查到任何人，不限于好友。", en: "It finds anybody, not only friends." }],
  }),
  "post.friends.add": row("POST", "/friends/add", {
    zh: "申请添加好友",
    en: "Ask somebody to be a friend",
    line: 678,
    capabilities: ["friends.add"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({
      toId: UserId,
      reason: field(z.string().max(100).optional(), "申请理由", "why"),
    }),
    output: Done,
    traps: [
      {
        zh: "对方会收到类型为 addFreind 的推送，新版服务器写作 addFriend。",
        en: "The other side gets a push of type addFreind; newer servers write addFriend.",
      },
    ],
  }),
  "post.friends.add.reply": row("POST", "/friends/add/reply", {
    zh: "处理好友申请",
    en: "Answer a friend request",
    line: 721,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({
      toId: field(UserId, "申请人 ID", "id of the applicant"),
      status: field(z.enum(["pass", "deny"]), "pass 通过，deny 拒绝", "pass or deny"),
      reason: field(z.string().max(100).optional(), "拒绝理由", "why they are refused"),
    }),
    output: Done,
    traps: [
      { zh: "toId 是申请人，不是本账号。", en: "toId is the applicant, not the account." },
      { zh: "文档漏掉了第二个取值 deny。", en: "The document lost the second value, deny." },
      {
        zh: "申请没有 ID：同一人的多个申请无法区分。",
        en: "An application has no id: several of one person cannot be told apart.",
      },
    ],
  }),
  "get.friends.add.applies": row("GET", "/friends/add/applies", {
    zh: "获取好友申请列表",
    en: "List friend requests",
    line: 764,
    capabilities: ["requests.list", "requests.check"],
    permission: "requests.view",
    risk: "read",
    input: Nothing,
    output: page(FriendApply),
    secretOutput: ["items.*.fromAccount.email", "items.*.fromAccount.mobile"],
    traps: [
      { zh: "各项没有 ID，且只列出待处理的申请。", en: "Entries have no id, and only those that wait are listed." },
    ],
  }),
  "get.friends": row("GET", "/friends", {
    zh: "获取好友列表或黑名单",
    en: "List friends or the blacklist",
    line: 838,
    capabilities: ["friends.list", "friends.blocked"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({
      blacklist: field(
        WireSwitch.prefault(false),
        "true 查看黑名单，false 查看好友",
        "true lists who is blocked, false the friends",
      ),
    }),
    output: page(FriendEntry),
    secretOutput: ["items.*.account.email", "items.*.account.mobile"],
    traps: [
      {
        zh: "文档称 onlineStatus 必有，实际可能缺失；服务器从不把它置为离线。",
        en: "onlineStatus is called required and is missing; the server never sets it to offline.",
      },
    ],
  }),
  "get.friends.info": row("GET", "/friends/info", {
    zh: "获取单个好友资料",
    en: "Get a friend",
    line: 1470,
    capabilities: ["requests.check"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ toId: UserId }),
    output: OneFriend,
    secretOutput: ["account.email", "account.mobile", "items.*.account.email", "items.*.account.mobile"],
    traps: [
      {
        zh: "单个好友以只有一项的列表返回，新版服务器则直接返回对象。",
        en: "One friend comes as a list of one, or bare from newer servers.",
      },
    ],
  }),
  "get.friends.verify": row("GET", "/friends/verify", {
    zh: "校验好友关系",
    en: "Check a friendship",
    line: 1550,
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ toId: UserId }),
    output: z.looseObject({
      isFriend: field(WireFlag, "你是否在对方好友列表中", "is the account among their friends"),
      isBlacklist: field(WireFlag, "你是否被对方拉黑", "has the other side blocked the account"),
    }),
    traps: [
      {
        zh: "返回的是对方一侧的关系：好友可能是单向的。",
        en: "It tells the other side's view: friendship may be one-sided.",
      },
    ],
  }),
  "get.friends.near": row("GET", "/friends/near", {
    zh: "附近的人",
    en: "List people nearby",
    line: 1589,
    capabilities: ["people.nearby"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({
      longitude: field(degree(180), "经度", "longitude"),
      latitude: field(degree(90), "纬度", "latitude"),
    }),
    output: page(NearbyAccount),
    secretOutput: ["items.*.email", "items.*.mobile"],
    traps: [{ zh: "distance 是带单位的文本。", en: "distance is text with its unit." }],
  }),
  "delete.friends": row("DELETE", "/friends", {
    zh: "删除好友",
    en: "Delete a friend",
    line: 918,
    capabilities: ["friends.remove"],
    permission: "friends.remove",
    risk: "destructive",
    target: ["toId"],
    input: z.strictObject({ toId: UserId }),
    output: Done,
    traps: [
      { zh: "只删除单方：本账号仍在对方的列表中。", en: "One-sided: the account stays in the other's list." },
      prefix,
      formOnDelete,
    ],
  }),
  "post.friends.blaklist": row("POST", "/friends/blaklist", {
    zh: "加入黑名单",
    en: "Block somebody",
    line: 957,
    capabilities: ["friends.block"],
    permission: "friends.remove",
    risk: "write",
    input: z.strictObject({ toId: UserId }),
    output: Done,
    traps: [
      { zh: "路径中的拼写就是 blaklist。", en: "The path is spelled blaklist." },
      {
        zh: "对方会从好友列表中消失，但仍可再次申请加好友。",
        en: "They leave the list of friends and can ask to be one again all the same.",
      },
    ],
  }),
  "delete.friends.blaklist": row("DELETE", "/friends/blaklist", {
    zh: "移出黑名单",
    en: "Unblock somebody",
    line: 985,
    capabilities: ["friends.unblock"],
    permission: "friends.remove",
    risk: "destructive",
    target: ["toId"],
    input: z.strictObject({ toId: UserId }),
    output: Done,
    traps: [
      { zh: "路径中的拼写就是 blaklist。", en: "The path is spelled blaklist." },
      {
        zh: "服务器会删除整条关系：拉黑前是好友的，移出后也不再是好友。",
        en: "The server deletes the whole entry: who was a friend before being blocked is none afterwards.",
      },
      prefix,
      formOnDelete,
    ],
  }),
  "put.friends.remark": row("PUT", "/friends/remark", {
    zh: "设置好友备注",
    en: "Set a friend's remark",
    line: 1013,
    capabilities: ["friends.remark"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ toId: UserId, remark: field(z.string().min(1).max(100), "备注", "remark") }),
    output: Done,
    traps: [{ zh: "空备注会被拒绝，因此无法清空备注。", en: "An empty remark is refused: it cannot be cleared." }],
  }),
  "put.friends.label": row("PUT", "/friends/label", {
    zh: "设置好友标签",
    en: "Set a friend's label",
    line: 1043,
    capabilities: ["friends.label"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({
      toId: UserId,
      label: field(
        z.string().min(1).max(1000),
        "标签，格式由客户端约定",
        "label; clients agree on its format among themselves",
      ),
    }),
    output: Done,
    traps: [{ zh: "空标签会被拒绝，因此无法清空标签。", en: "An empty label is refused: it cannot be cleared." }],
  }),
  "post.friends.groups": row("POST", "/friends/groups", {
    zh: "创建好友分组",
    en: "Create a friend category",
    line: 1073,
    capabilities: ["categories.create"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ name: CategoryName, members: field(UserIds.optional(), "好友 ID 列表", "ids of friends") }),
    output: Done,
  }),
  "delete.friends.groups": row("DELETE", "/friends/groups", {
    zh: "删除好友分组",
    en: "Delete a friend category",
    line: 1105,
    capabilities: ["categories.remove"],
    permission: "friends.manage",
    risk: "destructive",
    target: ["groupId"],
    input: z.strictObject({ groupId: CategoryId }),
    output: Done,
    traps: [prefix, formOnDelete],
  }),
  "get.friends.groups": row("GET", "/friends/groups", {
    zh: "获取好友分组列表",
    en: "List friend categories",
    line: 1144,
    capabilities: ["categories.list"],
    permission: "friends.view",
    risk: "read",
    input: Nothing,
    output: page(Category),
    secretOutput: ["items.*.friends.*.account.email", "items.*.friends.*.account.mobile"],
    traps: [
      {
        zh: "friends 中各项的 id 是好友关系的 ID，用户 ID 在 account.id 中。",
        en: "The id of an entry in friends is that of the friendship; the person's is account.id.",
      },
    ],
  }),
  "post.friends.groups.members": row("POST", "/friends/groups/members", {
    zh: "好友分组添加成员",
    en: "Add friends to a category",
    line: 1233,
    capabilities: ["categories.assign"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ groupId: CategoryId, members: UserIds }),
    output: Done,
    traps: [
      {
        zh: "列表以重复的同名字段发送，不带方括号。",
        en: "A list travels as the same plain name repeated, without brackets.",
      },
    ],
  }),
  "delete.friends.groups.members": row("DELETE", "/friends/groups/members", {
    zh: "好友分组移除成员",
    en: "Remove friends from a category",
    line: 1275,
    capabilities: ["categories.unassign"],
    permission: "friends.manage",
    risk: "destructive",
    target: ["groupId"],
    input: z.strictObject({ groupId: CategoryId, members: UserIds }),
    output: Done,
    traps: [
      prefix,
      formOnDelete,
      {
        zh: "列表以重复的同名字段发送，不带方括号。",
        en: "A list travels as the same plain name repeated, without brackets.",
      },
    ],
  }),
  "get.friends.group": row("GET", "/friends/group", {
    zh: "获取单个好友分组",
    en: "Get a friend category",
    line: 1317,
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ groupId: CategoryId }),
    output: Category,
    secretOutput: ["friends.*.account.email", "friends.*.account.mobile"],
  }),
  "put.friends.groups.name": row("PUT", "/friends/groups/name", {
    zh: "重命名好友分组",
    en: "Rename a friend category",
    line: 1390,
    capabilities: ["categories.rename"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ groupId: CategoryId, name: CategoryName }),
    output: Category.nullish(),
    secretOutput: ["friends.*.account.email", "friends.*.account.mobile"],
  }),
};
