/** The largest file that a call may carry from a browser, bytes. */
export const maximumFile = 12 * 1024 * 1024;

/** A raw call, which may carry a file: the only call whose body may be that large. */
export const fileCallPath = "/api/trpc/console.invoke";

/** Where files are put for an act that follows, one a request, as they are. */
export const uploadPath = "/api/upload";

/**
 * The largest file that is taken in for a platform, bytes. Platforms get it inside a call, a third longer than it is, and
 * no call may be longer than the largest frame they take: more than this would be carried here in vain.
 */
export const maximumUpload = 22_000_000;

/** What an upload can be for: the capability whose permission it takes. */
export const uploadUses = ["files.upload", "messages.send", "notices.publish"] as const;
export type UploadUse = (typeof uploadUses)[number];

/** Longest name of a file, characters. */
export const longestFileName = 200;

/** Names that Windows keeps for devices, whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * A name that is nothing but a name, on every system: no folders, no signs that cannot be seen or that turn the text
 * around, none that systems keep for themselves. "" where nothing is left of it.
 */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().normalize("NFC").split(/[/\\]/).pop() ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\uFFFD]/gu, "")
    .replace(/[:*?"<>|]/g, "_")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const safe = reserved.test(plain) ? `_${plain}` : plain;
  if (safe.length <= longestFileName) return safe;
  // The ending says what it is, so it is the middle that goes.
  const ending = /\.[^. ]{1,12}$/.exec(safe)?.[0] ?? "";
  return (
    safe
      .slice(0, longestFileName - ending.length)
      .toWellFormed()
      .replace(/\uFFFD$/, "")
      .trimEnd() + ending
  );
}
