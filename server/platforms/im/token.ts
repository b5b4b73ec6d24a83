import { z } from "zod";
import { parseJson } from "../json";

/** Visible ASCII, as a header carries it. */
export const Token = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[\x21-\x7e]+$/, "visible ASCII characters without blanks");

const Claims = z.looseObject({ id: z.union([z.string(), z.number()]).nullish(), iat: z.number().nullish() });

/** What a token says of itself, unchecked: whose it is and when it was made. Nulls for what is no JWT. */
export function readClaims(token: string): { accountId: string | null; madeAt: number | null } {
  try {
    const claims = Claims.parse(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
    return {
      accountId: claims.id === null || claims.id === undefined ? null : String(claims.id),
      madeAt: claims.iat ?? null,
    };
  } catch {
    return { accountId: null, madeAt: null };
  }
}

export interface TokenKeeperOptions {
  token: string;
  save(credentials: { token: string }): Promise<void>;
  /** A token could not be stored; the connection goes on with it. */
  failed(cause: unknown): void;
}

/**
 * The account's one current token. Every answer carries a fresh one that takes its place. Of two calls under way at once
 * the newer token stays, in whatever order their answers arrive; what is stored is stored one at a time, in order.
 */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  #token: string;
  #stored: string;
  /** Which call's answer brought the current token. */
  #from = 0;
  #calls = 0;
  #saving: Promise<void> | null = null;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    this.#token = options.token;
    this.#stored = options.token;
  }

  get current(): string {
    return this.#token;
  }

  /** A call begins: the token to send, and the number by which its answer is told from those of other calls. */
  begin(): { token: string; call: number } {
    return { token: this.#token, call: ++this.#calls };
  }

  /** Takes over what the answer of `call` brought, unless it is older than what we have or another account's. */
  take(token: string, call: number): void {
    if (token === this.#token || !Token.safeParse(token).success) return;
    const [ours, next] = [readClaims(this.#token), readClaims(token)];
    // A proxy that mixes answers up must not make this bot another account.
    if (ours.accountId !== null && next.accountId !== null && ours.accountId !== next.accountId) return;
    // The server's clock counts whole seconds; within one, the call that was sent later has the newer token.
    const later = next.madeAt === null || ours.madeAt === null ? 0 : next.madeAt - ours.madeAt;
    if (later < 0 || (later === 0 && call < this.#from)) return;
    this.#token = token;
    this.#from = call;
    this.#saving ??= this.#save();
  }

  /** Resolves when nothing is left to store. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  async #save(): Promise<void> {
    while (this.#stored !== this.#token) {
      // Tokens that were replaced while an older one was being stored are skipped: only the newest is worth it.
      const token = this.#token;
      try {
        await this.#options.save({ token });
      } catch (cause) {
        this.#options.failed(cause);
      }
      this.#stored = token;
    }
    this.#saving = null;
  }
}
