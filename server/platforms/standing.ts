import type { LinkHooks } from "./driver";
import { PlatformError } from "./error";

/** Failures that the log tells under their own name: they say what to do, and not only that it did not work. */
const named = ["token_rejected", "signed_out_there", "wrong_account"] as const;

/**
 * How the connection to one account stands, told to its owner's hooks: every state, and in the log each change once, so
 * that an outage of a night is one line and not a thousand.
 */
export class Standing {
  readonly #hooks: Pick<LinkHooks, "state" | "log" | "account">;
  #accountId: string | null;
  #isConnected = false;
  #toldFailure: string | null = null;

  /** @param accountId the account it is known to be; null: the first one met. */
  constructor(hooks: Pick<LinkHooks, "state" | "log" | "account">, accountId: string | null) {
    this.#hooks = hooks;
    this.#accountId = accountId;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get accountId(): string | null {
    return this.#accountId;
  }

  /** Is this our account? The first one met becomes it where none was known. */
  isOurs(found: string): boolean {
    if (this.#accountId === null) {
      this.#accountId = found;
      this.#hooks.log("info", "account_known", { account: found });
      this.#hooks.account(found);
    }
    return this.#accountId === found;
  }

  /** Throws `wrong_account` for one that is not ours. */
  meet(found: string): void {
    if (this.isOurs(found)) return;
    throw new PlatformError("wrong_account", { isSent: true, detail: { expected: this.#accountId, found } });
  }

  /** It stands; told where it did not before. */
  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#toldFailure = null;
    this.#hooks.log("info", "connected", { account: this.#accountId });
    this.#hooks.state({ isConnected: true });
  }

  /** It is lost, or could not be made. */
  failed(error: PlatformError): void {
    const wasConnected = this.#isConnected;
    this.#isConnected = false;
    this.#hooks.state({ isConnected: false, error });
    if (!wasConnected && this.#toldFailure === error.code) return;
    this.#toldFailure = error.code;
    const own = named.find((code) => code === error.code);
    const detail = { ...error.detail, error: error.code, text: error.text };
    this.#hooks.log("error", own ?? (wasConnected ? "disconnected" : "connect_failed"), detail);
  }

  /** Another connection of the same account takes its place at once: no failure, and no line in the log. */
  replaced(error: PlatformError): void {
    if (this.#isConnected) this.#hooks.state({ isConnected: false, error });
    this.#isConnected = false;
  }

  /** We end it ourselves: nothing is told. */
  end(): void {
    this.#isConnected = false;
  }
}
