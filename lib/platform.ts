/** The platforms that accounts live on, in the order they are offered. */
export const platforms = ["napcat", "chat68", "im", "yunhu"] as const;
export type Platform = (typeof platforms)[number];
