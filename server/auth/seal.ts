import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** First byte of everything sealed, so that another algorithm can follow without guessing. */
const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

/** What was sealed cannot be opened: another key, another context, or it was changed. It says no more than that. */
export class SealError extends Error {
  override readonly name = "SealError";
}

export interface Sealer {
  /** JSON of `plain`, encrypted. `context` (`bot:<id>`) names its place: moved to another row it no longer opens. */
  seal(plain: object, context: string): Uint8Array<ArrayBuffer>;
  /** The value that was sealed under this context, still to be parsed. Throws SealError. */
  open(sealed: Uint8Array, context: string): unknown;
}

/**
 * AES-256-GCM under a key derived from the installation's secret. The derivation has a label of its own, so that the
 * key that signs sessions and the key that seals credentials tell nothing about each other.
 * Layout: version (1 byte), nonce (12, random), tag (16), cipher text.
 */
export function createSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "gatehouse/seal/1", 32));
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
      cipher.setAAD(additional(context));
      const text = Buffer.concat([cipher.update(JSON.stringify(plain), "utf8"), cipher.final()]);
      const sealed = new Uint8Array(headLength + text.length);
      sealed[0] = version;
      sealed.set(nonce, 1);
      sealed.set(cipher.getAuthTag(), 1 + nonceLength);
      sealed.set(text, headLength);
      return sealed;
    },
    open(sealed, context) {
      if (sealed.length <= headLength || sealed[0] !== version) throw new SealError("not a sealed value");
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(additional(context));
      decipher.setAuthTag(sealed.subarray(1 + nonceLength, headLength));
      try {
        const text = Buffer.concat([decipher.update(sealed.subarray(headLength)), decipher.final()]);
        return JSON.parse(text.toString("utf8"));
      } catch {
        // Neither the cause nor its text goes on: it could carry pieces of what was opened.
        throw new SealError("wrong key, wrong context or changed");
      }
    },
  };
}

/** The version is authenticated together with the context. */
function additional(context: string): Buffer {
  return Buffer.from(`${version}:${context}`, "utf8");
}
