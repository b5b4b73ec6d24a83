import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import type { Config } from "@/server/config";

/** Headers that only this server may set on a request; a client's own are thrown away. */
const ours = /^(x-gatehouse-|x-nonce$|content-security-policy)/;

/** Removes what a client may not say, and says who it is. */
export function cleanRequest(request: IncomingMessage, address: string): void {
  for (const name of Object.keys(request.headers)) if (ours.test(name)) delete request.headers[name];
  // Next's proxying keeps to the raw list in places, so it must tell the same.
  for (let at = request.rawHeaders.length - 2; at >= 0; at -= 2) {
    if (ours.test(request.rawHeaders[at]?.toLowerCase() ?? "")) request.rawHeaders.splice(at, 2);
  }
  setRequestHeader(request, "x-gatehouse-address", address);
}

/**
 * The headers every answer carries, whoever makes it. What is no page may load nothing and run nothing; a page's own
 * policy replaces that one.
 * @param config null while nothing is served yet.
 */
export function setSafetyHeaders(response: ServerResponse, config: Config | null): void {
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (config?.publicUrl.protocol === "https:") {
    response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
}

/**
 * Gives a page its Content-Security-Policy with a nonce of its own: on the answer for the browser, and on the request,
 * where Next looks for the nonce it must put on its scripts and app/layout.tsx for the one of its styles.
 */
export function setPagePolicy(request: IncomingMessage, response: ServerResponse, isDev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce, isDev);
  setRequestHeader(request, "x-nonce", nonce);
  setRequestHeader(request, "content-security-policy", policy);
  response.setHeader("content-security-policy", policy);
}

export function contentPolicy(nonce: string, isDev: boolean): string {
  return [
    "default-src 'self'",
    // React's development build rebuilds stacks with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // Next's dev server injects styles without a nonce.
    isDev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Mantine and React place and size elements by style attributes, which no nonce can cover. An attribute can
    // neither load anything (img-src and the like still hold) nor select other elements.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    // The dev server's socket is of another scheme than the page, which 'self' covers in newer browsers only.
    isDev ? "connect-src 'self' ws: wss:" : "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");
}

/**
 * May this request change something, by where it comes from? Exactly our origin, or none at all from a browser that
 * vouches for the same origin: under `no-referrer` a form's POST says `null`.
 */
export function isOriginAllowed(request: IncomingMessage, config: Config): boolean {
  const { origin } = request.headers;
  if (origin === undefined || origin === "null") return request.headers["sec-fetch-site"] === "same-origin";
  return origin === config.publicUrl.origin;
}

/**
 * Is the request addressed to us? A page of a stranger whose name was rebound to this address would carry its own name
 * here. An address in digits cannot be rebound. With reverse proxies in front, the Host is theirs and they checked it.
 */
export function isHostAllowed(request: IncomingMessage, config: Config): boolean {
  if (config.trustProxy > 0) return true;
  const host = request.headers.host?.toLowerCase();
  if (host === undefined) return false;
  const name = host.replace(/:\d+$/, "");
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return host === config.publicUrl.host || name === "localhost" || name === config.host.toLowerCase();
}

/**
 * Where a browser should go that came by another name of this machine (localhost for 127.0.0.1): its changes would all
 * be refused there for their origin, and its cookies kept apart. Null for everything that is not such a page visit.
 */
export function canonicalPage(request: IncomingMessage, config: Config): string | null {
  const host = request.headers.host?.toLowerCase() ?? "";
  if (request.method !== "GET" || request.headers["sec-fetch-mode"] !== "navigate") return null;
  if (host === config.publicUrl.host || !isOwnLoopback(host, config.port)) return null;
  if (!isOwnLoopback(config.publicUrl.host, config.port)) return null;
  // Joined by hand: in a URL's constructor a path that begins with two slashes would name another host.
  return `${config.publicUrl.origin}${request.url ?? "/"}`;
}

function isOwnLoopback(host: string, port: number): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].some(
    (name) => host === `${name}:${port}` || (port === 80 && host === name),
  );
}

function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}
