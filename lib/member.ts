/** How a member list can be sorted. */
export const memberSorts = ["role", "name", "title", "level", "joined", "spoke", "seen", "muted"] as const;
export type MemberSort = (typeof memberSorts)[number];

export const memberRoles = ["owner", "admin", "member", "unknown"] as const;
export type MemberRole = (typeof memberRoles)[number];

/** The most ids of members that are handed out at once, for "select all". */
export const maximumMemberIds = 10_000;
/** Rows of members asked for at once. */
export const memberPage = 100;
/** The longest mute any platform takes, seconds: 30 days. */
export const maximumMute = 2_592_000;
