import type { Platform } from "./row";

/** What of an act on a member a platform cannot carry, beside the capability itself. */
export interface MemberLimits {
  /** A mute can be taken away before it ends. */
  canLift: boolean;
  /** Who is removed can be refused from then on. */
  canBlock: boolean;
  /** Mutes are counted in so many seconds, and rounded up. */
  muteStep: number;
}

/** By platform: a test holds each against its adapter. */
export const memberLimits: Readonly<Record<Platform, MemberLimits>> = {
  napcat: { canLift: true, canBlock: true, muteStep: 1 },
  chat68: { canLift: false, canBlock: false, muteStep: 1 },
  im: { canLift: false, canBlock: false, muteStep: 60 },
  yunhu: { canLift: false, canBlock: false, muteStep: 1 },
};
