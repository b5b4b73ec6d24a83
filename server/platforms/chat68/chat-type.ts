/** What kind of message a number names. Pushes carry all of them. */
export const chatTypes = {
  "-2": { zh: "未解密", en: "not decrypted" },
  "-1": { zh: "未知", en: "unknown" },
  0: { zh: "文字", en: "text" },
  1: { zh: "图片", en: "picture" },
  2: { zh: "语音", en: "voice" },
  3: { zh: "视频", en: "video" },
  4: { zh: "位置", en: "place" },
  5: { zh: "名片", en: "contact card" },
  6: { zh: "系统消息", en: "system message" },
  7: { zh: "文件", en: "file" },
  8: { zh: "群通知", en: "group notice" },
  9: { zh: "表情", en: "sticker" },
  12: { zh: "骰子", en: "dice" },
  17: { zh: "多张图片", en: "several pictures" },
  18: { zh: "扑克牌", en: "playing card" },
  50: { zh: "群系统消息", en: "group system message" },
  201: { zh: "已撤回", en: "recalled" },
  202: { zh: "出错", en: "error" },
  203: { zh: "撤回", en: "recall" },
} as const;

/**
 * What an operator may send. Left out: what claims to come from the system (6, 201 to 203, -1, -2), and the two that
 * announce a notice or a mute (8, 50), which have rows of their own.
 */
export const sendableChatTypes = [0, 1, 2, 3, 4, 5, 7, 9, 12, 17, 18] as const;

/** The sendable kinds in one line of a form's description. */
export function sendableInWords(language: "zh" | "en"): string {
  const words = sendableChatTypes.map((type) => `${type} ${chatTypes[type][language]}`);
  return words.join(language === "zh" ? "、" : ", ");
}
