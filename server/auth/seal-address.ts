import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { SealError } from "./seal";

const nonceLength = 12;
const tagLength = 16;

export interface AddressSealer {
  /** Always the same text for the same value: browsers keep what they fetched by it. */
  seal(plain: object): string;
  /** The value, still to be parsed. Throws SealError for whatever this desk did not seal. */
  open(sealed: string): unknown;
}

/**
 * Seals what goes into an address and comes back from a browser: AES-256-GCM whose nonce is a keyed hash of the plain
 * text, so that equal texts give equal addresses and no nonce is used for two different ones. That two sealed addresses
 * are equal is all that they tell. The keys are this purpose's own.
 */
export function createAddressSealer(secret: string): AddressSealer {
  const keyOf = (label: string) => Buffer.from(hkdfSync("sha256", secret, "", label, 32));
  const [key, nonceKey] = [keyOf("gatehouse/address/1"), keyOf("gatehouse/address-nonce/1")];
  return {
    seal(plain) {
      const text = JSON.stringify(plain);
      const nonce = createHmac("sha256", nonceKey).update(text).digest().subarray(0, nonceLength);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length <= nonceLength + tagLength) throw new SealError("not a sealed value");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]);
        return JSON.parse(text.toString("utf8"));
      } catch {
        throw new SealError("wrong key or changed");
      }
    },
  };
}
