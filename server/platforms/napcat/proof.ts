import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Equal texts? Takes the same time wherever they differ, and whatever their lengths. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Does the header carry our token? An empty token of ours lets nobody in. */
export function isBearer(header: string | undefined, token: string): boolean {
  const offered = /^Bearer +(.*)$/i.exec(header ?? "")?.[1] ?? "";
  return isSame(offered, token) && token !== "";
}

/** Is `header` ("sha1=<hex>") the HMAC-SHA1 of these very bytes? An empty token of ours lets nobody in. */
export function isSigned(header: string | string[] | undefined, token: string, body: Buffer): boolean {
  const offered = typeof header === "string" ? header.toLowerCase() : "";
  return isSame(offered, `sha1=${createHmac("sha1", token).update(body).digest("hex")}`) && token !== "";
}
