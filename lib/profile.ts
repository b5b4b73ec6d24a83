import type { Platform } from "./platform";

/** What an account can change of its own profile. */
export const profileFields = ["name", "signature", "avatar"] as const;
export type ProfileField = (typeof profileFields)[number];

/** What each platform lets an account change. Whether a picture is sent or fetched: `takesPictures` (group.ts). */
export const ownProfile: Readonly<Record<Platform, readonly ProfileField[]>> = {
  napcat: profileFields,
  chat68: [],
  im: profileFields,
  yunhu: [],
};

/** Where an empty signature takes the signature away; elsewhere it changes nothing. */
export const clearsSignature: Readonly<Record<Platform, boolean>> = {
  napcat: true,
  chat68: false,
  im: false,
  yunhu: false,
};

/** Where what signs the account in can be forgotten here; elsewhere the token is the client's own, and its owner's to change. */
export const forgetsSignIn: Readonly<Record<Platform, boolean>> = {
  napcat: false,
  chat68: false,
  im: true,
  yunhu: true,
};

/** The longer side of an account's picture, px, and its size as text, which stays far below what a call may carry. */
export const avatarSide = 512;
export const mostAvatarText = 700_000;
