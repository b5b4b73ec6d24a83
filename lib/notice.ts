import type { Platform } from "./platform";

/** What a notice can have beside its text. */
export const noticeExtras = ["image", "isPinned", "needsConfirmation", "callsAll"] as const;
export type NoticeExtra = (typeof noticeExtras)[number];

/** What of it each platform takes; the suite holds the adapters to it. */
export const noticeFields: Readonly<Record<Platform, readonly NoticeExtra[]>> = {
  napcat: ["image", "isPinned", "needsConfirmation"],
  chat68: ["callsAll"],
  im: [],
  yunhu: [],
};

/** Longest notice, characters. */
export const longestNotice = 3_000;
