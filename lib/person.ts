/** The marks a team can put on a person. */
export const personFlags = ["trusted", "watched", "unwanted"] as const;
export type PersonFlagName = (typeof personFlags)[number];

/** Nobody is both: putting one of them takes the other away. */
export const opposites: Partial<Record<PersonFlagName, PersonFlagName>> = { trusted: "unwanted", unwanted: "trusted" };

/** The permissions that show something of a person: who holds one of them on a bot may open the page. */
export const personPermissions = ["requests.view", "friends.view", "members.view", "messages.view"] as const;
