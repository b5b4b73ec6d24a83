import { z } from "zod";
import { field } from "../field";

/** The 41 states the document lists: their codes, and what QQ calls them. */
export const presences = {
  online: { status: 10, ext: 0, zh: "在线", en: "Online" },
  qme: { status: 60, ext: 0, zh: "Q我吧", en: "Talk to me" },
  away: { status: 30, ext: 0, zh: "离开", en: "Away" },
  busy: { status: 50, ext: 0, zh: "忙碌", en: "Busy" },
  doNotDisturb: { status: 70, ext: 0, zh: "请勿打扰", en: "Do not disturb" },
  invisible: { status: 40, ext: 0, zh: "隐身", en: "Invisible" },
  music: { status: 10, ext: 1028, zh: "听歌中", en: "Listening to music" },
  spring: { status: 10, ext: 2037, zh: "春日限定", en: "Spring special" },
  yuanmeng: { status: 10, ext: 2025, zh: "一起元梦", en: "Yuanmeng together" },
  starBuddy: { status: 10, ext: 2026, zh: "求星搭子", en: "Looking for a game buddy" },
  drained: { status: 10, ext: 2014, zh: "被掏空", en: "Drained" },
  weather: { status: 10, ext: 1030, zh: "今日天气", en: "Today's weather" },
  crashed: { status: 10, ext: 2019, zh: "我crash了", en: "I crashed" },
  loveYou: { status: 10, ext: 2006, zh: "爱你", en: "Love you" },
  inLove: { status: 10, ext: 1051, zh: "恋爱中", en: "In love" },
  luckyKoi: { status: 10, ext: 1071, zh: "好运锦鲤", en: "Lucky koi" },
  badLuckGone: { status: 10, ext: 1201, zh: "水逆退散", en: "Bad luck, be gone" },
  overTheMoon: { status: 10, ext: 1056, zh: "嗨到飞起", en: "Over the moon" },
  fullOfEnergy: { status: 10, ext: 1058, zh: "元气满满", en: "Full of energy" },
  babyCertified: { status: 10, ext: 1070, zh: "宝宝认证", en: "Certified baby" },
  hardToSay: { status: 10, ext: 1063, zh: "一言难尽", en: "Hard to put into words" },
  muddled: { status: 10, ext: 2001, zh: "难得糊涂", en: "Blissfully muddled" },
  emo: { status: 10, ext: 1401, zh: "emo中", en: "Feeling emo" },
  tooHard: { status: 10, ext: 1062, zh: "我太难了", en: "Life is hard" },
  overIt: { status: 10, ext: 2013, zh: "我想开了", en: "I am over it" },
  fine: { status: 10, ext: 1052, zh: "我没事", en: "I am fine" },
  quiet: { status: 10, ext: 1061, zh: "想静静", en: "Need some quiet" },
  carefree: { status: 10, ext: 1059, zh: "悠哉哉", en: "Carefree" },
  travelling: { status: 10, ext: 2015, zh: "去旅行", en: "Travelling" },
  weakSignal: { status: 10, ext: 1011, zh: "信号弱", en: "Weak signal" },
  outAndAbout: { status: 10, ext: 2003, zh: "出去浪", en: "Out and about" },
  homework: { status: 10, ext: 2012, zh: "肝作业", en: "Grinding homework" },
  studying: { status: 10, ext: 1018, zh: "学习中", en: "Studying" },
  working: { status: 10, ext: 2023, zh: "搬砖中", en: "Working" },
  slacking: { status: 10, ext: 1300, zh: "摸鱼中", en: "Slacking off" },
  bored: { status: 10, ext: 1060, zh: "无聊中", en: "Bored" },
  gaming: { status: 10, ext: 1027, zh: "timi中", en: "Gaming" },
  sleeping: { status: 10, ext: 1016, zh: "睡觉中", en: "Sleeping" },
  upLate: { status: 10, ext: 1032, zh: "熬夜中", en: "Up late" },
  bingeWatching: { status: 10, ext: 1021, zh: "追剧中", en: "Binge-watching" },
  battery: { status: 10, ext: 1000, zh: "我的电量", en: "My battery" },
} as const satisfies Record<string, { status: number; ext: number; zh: string; en: string }>;

export type Presence = keyof typeof presences;

// Object.keys forgets the literal keys; the table above is the only source of them, and is not empty.
export const presenceNames = Object.keys(presences) as [Presence, ...Presence[]];

const listed = Object.values(presences)
  .map((one) => `${one.zh}（${one.status}/${one.ext}）`)
  .join("、");

const code = z.int().min(0).max(100_000).optional();
const charge = z.int().min(0).max(100).optional();

/**
 * A state by its name, or by its codes under the document's names or the wire's. Comes out as the wire's: the names of
 * the document's table fail NapCat's own check.
 */
export const OnlineStatus = z
  .strictObject({
    preset: field(z.enum(presenceNames).optional(), `预设状态：${listed}`, "one of QQ's own states, instead of codes"),
    status: field(z.union([10, 30, 40, 50, 60, 70].map((value) => z.literal(value))).optional(), "状态码", "code"),
    extStatus: field(code, "扩展状态码（文档中的名称）", "second code, under the document's name"),
    ext_status: field(code, "扩展状态码", "second code"),
    batteryStatus: field(charge, "电量（文档中的名称）", "battery charge, under the document's name"),
    battery_status: field(charge, "电量，0 到 100", "battery charge, 0 to 100"),
  })
  .refine((value) => (value.preset === undefined) !== (value.status === undefined), {
    path: ["preset"],
    message: "exactly one of preset and status",
  })
  .refine((value) => value.preset === undefined || (value.extStatus ?? value.ext_status) === undefined, {
    path: ["ext_status"],
    message: "a preset has its own",
  })
  .refine((value) => value.extStatus === undefined || value.ext_status === undefined, {
    path: ["extStatus"],
    message: "given twice",
  })
  .refine((value) => value.batteryStatus === undefined || value.battery_status === undefined, {
    path: ["batteryStatus"],
    message: "given twice",
  })
  .transform(({ preset, status, extStatus, ext_status, batteryStatus, battery_status }) => ({
    status: preset === undefined ? (status ?? presences.online.status) : presences[preset].status,
    ext_status: preset === undefined ? (ext_status ?? extStatus ?? 0) : presences[preset].ext,
    battery_status: battery_status ?? batteryStatus ?? 0,
  }));
