import { decode } from "next-auth/jwt";
import { z } from "zod";

/** All that the cookie says. Everything else is read from the database, so that it can be taken away at once. */
export const Token = z.object({ sid: z.uuid(), sub: z.uuid() });
export type Token = z.infer<typeof Token>;

const Opened = Token.extend({ exp: z.number() });

/** How many opened tokens are kept. */
const maximumKept = 1_000;

/** Opens next-auth's sealed token. Null: forged, sealed with another secret, outdated, or not of our shape. */
export type OpenToken = (sealed: string, secret: string) => Promise<Token | null>;

export const openToken: OpenToken = async (sealed, secret) => toToken(await unseal(sealed, secret));

/**
 * Remembers what was in the last tokens: opening one derives a key anew each time, which costs more than the rest of a
 * call. Kept by who is alone in the process; this folder runs twice, and keeps nothing.
 */
export function rememberTokens(): OpenToken {
  const opened = new Map<string, z.infer<typeof Opened>>();
  return async (sealed, secret) => {
    const key = `${secret}\n${sealed}`;
    const known = opened.get(key);
    const token = known ?? (await unseal(sealed, secret));
    if (token && !known) {
      const [oldest] = opened.keys();
      if (opened.size >= maximumKept && oldest !== undefined) opened.delete(oldest);
      opened.set(key, token);
    }
    return toToken(token);
  };
}

/** One that was opened while it was good may have run out since. */
function toToken(token: z.infer<typeof Opened> | null): Token | null {
  return token === null || token.exp * 1_000 <= Date.now() ? null : { sid: token.sid, sub: token.sub };
}

async function unseal(sealed: string, secret: string): Promise<z.infer<typeof Opened> | null> {
  try {
    return Opened.parse(await decode({ token: sealed, secret }));
  } catch {
    return null;
  }
}

/** The value of one cookie in a Cookie header; null when it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
