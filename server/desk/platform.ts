import { type Platform, platforms } from "@/lib/platform";
import { drivers } from "@/server/platforms/drivers";
import type { SignIn } from "@/server/platforms/sign-in";
import { type Support, supportOf } from "@/server/platforms/support";

/** A platform as the form of a new bot offers it. */
export interface PlatformRow {
  platform: Platform;
  supports: Support[];
  /** The ways an account signs in through the desk; null where it brings a token or needs none. */
  signIn: SignIn["methods"] | null;
}

/** All platforms, in the order they are offered. */
export function listPlatforms(): PlatformRow[] {
  return platforms.map((platform) => ({
    platform,
    supports: supportOf(platform, () => false),
    signIn: drivers[platform].signIn?.methods ?? null,
  }));
}
