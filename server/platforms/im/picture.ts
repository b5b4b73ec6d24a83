import { PlatformError } from "../error";
import type { Challenge } from "../sign-in";

type Picture = Pick<Extract<Challenge, { type: "picture" }>, "mime" | "base64">;

/** How a picture begins. By the document it is a PNG; servers of other versions may draw another kind. */
const beginnings: readonly (readonly [mime: Picture["mime"], start: string])[] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF8"],
];

/** In bytes. A picture of four characters has a few thousand. */
const largest = 256 * 1024;

/**
 * The picture of the characters to type, which a browser is going to draw: told by its first bytes and never by what is
 * said of it. Bare base64 by the document; one with its prefix is read, too. Throws `bad_answer` for anything else.
 */
export function readPicture(text: string): Picture {
  const bytes = Buffer.from(text.replace(/^data:[^,]{0,100},/, ""), "base64");
  const head = bytes.subarray(0, 8).toString("latin1");
  const mime = beginnings.find(([, start]) => head.startsWith(start))?.[0];
  if (mime === undefined || bytes.length > largest)
    throw new PlatformError("bad_answer", {
      isSent: true,
      detail: { operation: "get.captcha.image", field: "captcha" },
    });
  return { mime, base64: bytes.toString("base64") };
}
