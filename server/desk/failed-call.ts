import type { ErrorCode } from "@/lib/errors";
import type { PlatformError } from "@/server/platforms/error";
import type { SentRequest } from "./console";

/** What there is to see of a call that went wrong. */
export interface CallTrace {
  /** The event of the call. */
  eventId: string;
  /** As it is recorded: `UNKNOWN` where it may have been carried out all the same. */
  outcome: "FAILED" | "UNKNOWN";
  /** The platform's own words. */
  text: string | null;
  /** What had gone out, secrets masked; null when nothing had. */
  request: SentRequest | null;
}

/** An operator's call that went wrong on its way or over there: the error as it was, and what had gone out until then. */
export class FailedCall extends Error {
  override readonly name = "FailedCall";

  /** Private, so that no log of an exception writes down what somebody sent. */
  readonly #trace: CallTrace;

  constructor(
    readonly error: PlatformError,
    trace: CallTrace,
  ) {
    super(error.code, { cause: error });
    this.#trace = trace;
  }

  get trace(): CallTrace {
    return this.#trace;
  }

  get code(): ErrorCode {
    return this.error.code;
  }
}
