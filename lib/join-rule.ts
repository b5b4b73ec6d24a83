import type { Platform } from "./platform";

/** How people get into a group. `question`: who answers it is let in, or asked about. */
export const joinWays = ["anyone", "ask", "nobody", "question"] as const;
export type JoinWay = (typeof joinWays)[number];

/** What of it each platform can be told; the others refuse it. Empty where it cannot be told at all. */
export const joinWaysOf: Readonly<Record<Platform, readonly JoinWay[]>> = {
  napcat: joinWays,
  chat68: [],
  im: ["ask", "nobody"],
  yunhu: [],
};
