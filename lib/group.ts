import type { Platform } from "./platform";

/** What an account is in a group, most powerful first. */
export const groupRoles = ["owner", "admin", "member"] as const;
export type GroupRole = (typeof groupRoles)[number];

/** By what the list of groups is sorted; `-`: the other way round. */
export const groupSorts = ["name", "-name", "members", "-members"] as const;
export type GroupSort = (typeof groupSorts)[number];

/** The parts of one group's page; without one: the summary with the settings. */
export const groupTabs = ["members", "requests", "notices", "essence", "files", "honours", "muted"] as const;
export type GroupTab = (typeof groupTabs)[number];

export const groupFields = ["name", "remark", "intro", "avatar"] as const;
export type GroupField = (typeof groupFields)[number];

/** What of a group each platform lets an account change; the suite holds the adapters to it. */
export const changeable: Readonly<Record<Platform, readonly GroupField[]>> = {
  napcat: ["name", "remark", "avatar"],
  chat68: [],
  im: ["name", "intro", "avatar"],
  yunhu: [],
};

/** Where a picture is given as its content; elsewhere it is an address from which the platform fetches it. */
export const takesPictures: Readonly<Record<Platform, boolean>> = {
  napcat: true,
  chat68: false,
  im: false,
  yunhu: false,
};

/** A picture of a group that is uploaded: what kinds, and how many bytes at most. */
export const pictureKinds = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;
export const mostPictureBytes = 600 * 1024;
