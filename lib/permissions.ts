import type { BuiltInRole } from "./role";

/**
 * Every permission of the desk. One table is the check, the role screen and the documentation.
 * `scope: "bot"` permissions can be granted for one bot; `scope: "desk"` ones only for the whole desk.
 */
export const permissions = {
  "account.self": { scope: "desk", en: "Own account: password and sessions", zh: "本人账户：密码与会话" },
  "bots.view": { scope: "bot", en: "See bots, their state and their log", zh: "查看机器人、状态与日志" },
  "bots.manage": {
    scope: "desk",
    en: "Add, edit, test, disable and remove bots",
    zh: "添加、编辑、测试、停用和删除机器人",
  },
  "requests.view": { scope: "bot", en: "See the request queue", zh: "查看申请队列" },
  "requests.decide": { scope: "bot", en: "Approve, deny and ignore requests", zh: "通过、拒绝和忽略申请" },
  "requests.note": { scope: "bot", en: "Write notes on requests", zh: "为申请添加备注" },
  "requests.raw": { scope: "bot", en: "See the platform's raw payload of a request", zh: "查看申请的平台原始数据" },
  "friends.view": { scope: "bot", en: "Read friend lists and profiles", zh: "读取好友列表与资料" },
  "friends.manage": { scope: "bot", en: "Add friends, change remarks and labels", zh: "添加好友、修改备注与分组" },
  "friends.remove": { scope: "bot", en: "Remove and block friends", zh: "删除和拉黑好友" },
  "groups.view": { scope: "bot", en: "Read groups", zh: "读取群信息" },
  "groups.manage": {
    scope: "bot",
    en: "Change groups' settings, invite people, create and join groups",
    zh: "修改群设置、邀请成员、创建和加入群",
  },
  "groups.leave": { scope: "bot", en: "Leave, dissolve and hand over groups", zh: "退出、解散和转让群" },
  "notices.manage": {
    scope: "bot",
    en: "Publish and remove group notices and highlights",
    zh: "发布和删除群公告与精华消息",
  },
  "members.view": { scope: "bot", en: "Read group members", zh: "读取群成员" },
  "members.edit": { scope: "bot", en: "Change members' cards and titles", zh: "修改成员名片与头衔" },
  "members.mute": { scope: "bot", en: "Mute members and whole groups", zh: "禁言成员与全群" },
  "members.kick": { scope: "bot", en: "Remove members from groups", zh: "移出群成员" },
  "members.promote": { scope: "bot", en: "Make and unmake group admins", zh: "设置和取消群管理员" },
  "messages.view": { scope: "bot", en: "Read conversations and their history", zh: "读取会话与历史消息" },
  "messages.send": { scope: "bot", en: "Send messages", zh: "发送消息" },
  "messages.recall": { scope: "bot", en: "Recall messages", zh: "撤回消息" },
  "files.view": { scope: "bot", en: "Read files and their links", zh: "读取文件与下载链接" },
  "files.manage": { scope: "bot", en: "Upload, move and rename files", zh: "上传、移动和重命名文件" },
  "files.remove": { scope: "bot", en: "Delete files and folders", zh: "删除文件与文件夹" },
  "profile.manage": {
    scope: "bot",
    en: "Change the account's own profile, status and favourites",
    zh: "修改账号自身的资料、状态与收藏",
  },
  "platform.manage": {
    scope: "bot",
    en: "Low-level acts: stop the client, clear caches, raw packets",
    zh: "底层操作：退出客户端、清理缓存、发送原始数据包",
  },
  "secrets.view": {
    scope: "bot",
    en: "Fetch the account's keys and cookies; who has them is the account",
    zh: "获取账号的密钥与 Cookie；持有者等同于账号本人",
  },
  "audit.view": { scope: "bot", en: "See the record", zh: "查看操作记录" },
  "audit.export": { scope: "bot", en: "Download the record as a file", zh: "导出操作记录" },
  "desk.manage": { scope: "desk", en: "Change the desk's settings and canned texts", zh: "修改工作台设置与常用回复" },
  "operators.view": { scope: "desk", en: "See operators, their roles and open invites", zh: "查看操作员、角色与邀请" },
  "operators.manage": {
    scope: "desk",
    en: "Invite, change and disable operators who are not owners",
    zh: "邀请、修改和停用非所有者的操作员",
  },
  "owners.manage": { scope: "desk", en: "Make, change and disable owners", zh: "设立、修改和停用所有者" },
} as const satisfies Record<string, { scope: "desk" | "bot"; en: string; zh: string }>;

export type Permission = keyof typeof permissions;

/** All names, in table order. */
// Object.keys forgets the literal keys; the table above is the only source of them.
export const permissionNames = Object.keys(permissions) as Permission[];

const reading: Permission[] = [
  "account.self",
  "bots.view",
  "requests.view",
  "friends.view",
  "groups.view",
  "members.view",
];

/** The four built-in roles. They are written to the database at each start, so that a role and its meaning never drift apart. */
export const builtInRoles = {
  owner: permissionNames,
  // An account's cookies outlive every role here, so only owners fetch them.
  admin: permissionNames.filter((name) => name !== "owners.manage" && name !== "secrets.view"),
  // Lets people in and keeps order; what ends a group, a friendship or an account is for those above.
  moderator: [
    ...reading,
    "requests.decide",
    "requests.note",
    "requests.raw",
    "notices.manage",
    "members.edit",
    "members.mute",
    "members.kick",
    "messages.view",
    "messages.send",
    "messages.recall",
    "files.view",
    "files.manage",
  ],
  auditor: [...reading, "requests.raw", "audit.view", "audit.export", "operators.view"],
} as const satisfies Record<BuiltInRole, readonly Permission[]>;
