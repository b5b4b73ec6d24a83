/** People, groups and sentences of the demo. All invented; a name that means somebody is an accident. */

export const nicknames = [
  "苔藓与灯",
  "Juniper Vale",
  "半糖乌龙",
  "夜航的纸船",
  "Orla Finch",
  "栗子不加糖",
  "Theo Marsh",
  "云上晾衣绳",
  "南窗听雨",
  "Pip Larkspur",
  "数羊到三千",
  "Wren Halloway",
  "旧书页折角",
  "阿麦今天早睡",
  "Sable Quinn",
  "橘猫值班员",
  "Ines Corbeau",
  "凌晨的便利店",
  "竹林第八贤",
  "Milo Tarn",
  "温吞的星期二",
  "Greta Osier",
  "迷路的指南针",
  "汽水没有泡",
  "Dov Ashgrove",
  "一只会飞的鲸",
  "Lumi Hartnell",
  "山顶信号满格",
  "毛线团先生",
  "Cass Bellweather",
  "雨停了就出发",
  "Ravi Stonewood",
  "冬天第一颗橙子",
  "Nell Fairwater",
  "小满未满",
  "键盘上的猫毛",
] as const;

export const groups = [
  { name: "城西读书会", remark: "每周三" },
  { name: "Night Garden 夜间花园", remark: "" },
  { name: "手冲咖啡互助组", remark: "" },
  { name: "像素画交流 Pixel Corner", remark: "新人多" },
  { name: "徒步看云 · 三群", remark: "" },
  { name: "Open Loom 开源织机", remark: "" },
] as const;

/** Groups the accounts are only invited into. */
export const foreignGroups = [
  "周末桌游局",
  "Slow Radio Club",
  "老城区拍照地图",
  "Synth & Tea 合成器茶话会",
  "阳台种菜一百问",
] as const;

export const friendComments = [
  "你好，我是读书会的，想请教一下书单",
  "朋友推荐来的，通过一下～",
  "Hi! We met at the pixel art meetup.",
  "加一下，关于下周的活动",
  "我是小满，换号了",
  "Saw your reply in the loom group, one quick question",
  "",
  "问个咖啡豆的问题",
  "兼职日结，了解一下？",
  "你好",
  "Could you add me to the hiking group afterwards?",
  "群里聊过的，想借那本书",
] as const;

export const filteredComments = [
  "在吗",
  "资源分享，加我",
  "Hello dear",
  "低价代充",
  "老同学，还记得我吗",
  "扫码进群领福利",
] as const;

export const joinComments = [
  "问题：从哪里知道本群？\n答案：朋友介绍",
  "问题：你最近在读什么？\n答案：一本讲苔藓的书",
  "I make small pixel landscapes, would love to join",
  "想跟大家一起徒步",
  "问题：从哪里知道本群？\n答案：不知道",
  "求通过，新手求带",
  "Here for the loom talks",
  "",
] as const;

/** Names people take in a group. */
export const cards = [
  "值日生",
  "周三主持",
  "Seat 4",
  "新人",
  "资料管理",
  "住得最远",
  "Night shift",
  "摄影",
  "咖啡师",
  "潜水冠军",
] as const;

export const titles = ["书虫", "Gardener", "第一杯", "像素匠", "领路人"] as const;

export const notices = [
  "每周三 19:30 开始，请提前十分钟到。\n不能来的请在群里说一声。",
  "Please keep photos in the folder of the month, and name them by date.",
  "群规：不发广告，不传他人隐私，争论对事不对人。",
] as const;

export const folders = ["读书笔记", "Photos 2026", "活动资料"] as const;

export const fileNames = [
  "第七次读书会纪要.pdf",
  "seating-plan.xlsx",
  "豆子烘焙曲线.csv",
  "garden-map.png",
  "徒步路线 v3.gpx",
  "palette.aseprite",
  "报名表.docx",
  "loom-talk-slides.pdf",
] as const;

/** What the platform says of those it honours, in its own order of honours. */
export const honorWords = [
  "发言字数本周第一",
  "连续发言 7 天",
  "连续发言 30 天",
  "入群首周最活跃",
  "表情累计 12 次",
] as const;

export const categories = ["读书会", "同事", "Night Garden"] as const;

export const whispers = [
  "在吗？想问一下周三的位置",
  "Thanks for letting me in yesterday!",
  "群文件里的路线打不开了",
  "我换了头像，别认错",
  "Could you unmute my sister, please?",
  "好的，明白了",
  "那本书我放前台了",
] as const;

/** Faces under a message, by QQ's numbers. */
export const faces = ["76", "66", "63", "124", "178", "12951"] as const;

export const chatter = [
  "早，今天有人去吗",
  "昨天那段真不错，第二章更好",
  "Does anyone have the link to last week's notes?",
  "我把表格更新了，大家看看日期",
  "哈哈哈哈哈",
  "水温九十度，再慢一点",
  "First cloud photo of the day, sorry for the blur",
  "周三改到七点半，记得",
  "新人报到，请多指教",
  "谁能帮忙看一下这个配色",
  "Welcome! The rules are pinned.",
  "收到",
  "下雨了，改天吧",
  "The build is green again, finally",
  "这个我也想知道",
  "图发群文件了",
] as const;
