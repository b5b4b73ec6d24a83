import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A secret to hand out once: 256 random bits, fit for an address. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. It is random, so a plain hash is enough: there is no dictionary of them. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token.trim()).digest("hex");
}

/** Compares two hashes in constant time. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
