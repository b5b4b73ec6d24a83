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
  "groups.view": { scope: "bot", en: "Read groups", zh: "读取群信息" },
  "members.view": { scope: "bot", en: "Read group members", zh: "读取群成员" },
  "messages.send": { scope: "bot", en: "Send messages", zh: "发送消息" },
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
  admin: permissionNames.filter((name) => name !== "owners.manage"),
  moderator: [...reading, "requests.decide", "requests.note", "requests.raw"],
  auditor: [...reading, "requests.raw", "audit.view", "audit.export", "operators.view"],
} as const satisfies Record<string, readonly Permission[]>;

export type BuiltInRole = keyof typeof builtInRoles;

// Same as above: the keys of the table, with their literal types.
export const builtInRoleNames = Object.keys(builtInRoles) as BuiltInRole[];
