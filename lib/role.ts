/** The roles that come with the desk. What each may do stands in permissions.ts, whose texts no page needs. */
export const builtInRoleNames = ["owner", "admin", "moderator", "auditor"] as const;

export type BuiltInRole = (typeof builtInRoleNames)[number];
