import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * The address a request came from. With `trustProxy` reverse proxies in front, each has added the address it saw to
 * X-Forwarded-For, so the one that counts stands `trustProxy` places from the end; whatever is further left the client
 * wrote itself. With 0 the header changes nothing.
 */
export function clientAddress(request: IncomingMessage, trustProxy: number): string {
  const peer = plain(request.socket.remoteAddress ?? "") ?? "unknown";
  if (trustProxy === 0) return peer;
  const header = request.headers["x-forwarded-for"];
  const entries = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((entry) => entry.trim());
  const entry = entries[Math.max(0, entries.length - trustProxy)] ?? "";
  return plain(entry) ?? peer;
}

/**
 * The address a page asks for: while it is drawn on the server it calls the API over loopback, and the record must name
 * the browser it is drawn for. Believed only with the key that this process gave to its own Next half; null otherwise.
 */
export function spokenForAddress(request: IncomingMessage, key: string): string | null {
  const { "x-gatehouse-loopback": shown, "x-gatehouse-address": address } = request.headers;
  if (typeof shown !== "string" || typeof address !== "string") return null;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return key !== "" && timingSafeEqual(digest(shown), digest(key)) ? plain(address) : null;
}

/** Is the peer of the socket this machine? Looks at the socket only, never at a header. */
export function isLoopbackPeer(request: IncomingMessage): boolean {
  return isLoopback(plain(request.socket.remoteAddress ?? "") ?? "");
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^127\./.test(address);
}

/** Without port, brackets, zone and the prefix of IPv4 inside IPv6; null when it is no address. */
function plain(text: string): string | null {
  const bare = text
    .replace(/^\[([^\]]*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(bare) === 0 ? null : bare.toLowerCase();
}
