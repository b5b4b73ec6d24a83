/** What a platform's address leads to, as far as whoever shows it knows. `file` is never shown, only handed on. */
export const mediaKinds = ["image", "video", "audio", "file"] as const;
export type MediaKind = (typeof mediaKinds)[number];

const megabyte = 1024 * 1024;

/** More than this is not fetched, bytes. */
export const mediaLimits: Readonly<Record<MediaKind, number>> = {
  image: 10 * megabyte,
  video: 50 * megabyte,
  audio: 50 * megabyte,
  file: 1024 * megabyte,
};

/** Where the desk hands on what lies at an address of a platform; a sealed address follows. */
export const mediaPath = "/media/";
