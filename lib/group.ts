/** What an account is in a group, most powerful first. */
export const groupRoles = ["owner", "admin", "member"] as const;
export type GroupRole = (typeof groupRoles)[number];

/** By what the list of groups is sorted; `-`: the other way round. */
export const groupSorts = ["name", "-name", "members", "-members"] as const;
export type GroupSort = (typeof groupSorts)[number];

/** The parts of one group's page; without one: the summary. */
export const groupTabs = ["settings", "requests", "essence", "honours", "muted"] as const;
export type GroupTab = (typeof groupTabs)[number];

/** A picture of a group that is uploaded: what kinds, and how many bytes at most. */
export const pictureKinds = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;
export const mostPictureBytes = 600 * 1024;
