import type { ErrorCode, ErrorDetail } from "@/lib/errors";

/** Answers by which the platform itself says that it did not do it. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "token_rejected",
  "signed_out_there",
  "platform_refused",
  "unknown_operation",
  "rejected_input",
  "not_carried_out",
]);

/** The one error that leaves server/platforms. It never holds a token, a URL with a query or a stack of the other side. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly code: ErrorCode;
  /** The platform's own words, shown to the operator as they are. */
  readonly text: string | null;
  /** False: it certainly did not reach the platform. True: it may have. */
  readonly isSent: boolean;
  /** Values for the text of the code, such as the `field` that has an unexpected shape. */
  readonly detail: ErrorDetail;

  constructor(
    code: ErrorCode,
    options: { isSent: boolean; text?: string | null; detail?: ErrorDetail; cause?: unknown },
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.text = options.text ?? null;
    this.isSent = options.isSent;
    this.detail = options.detail ?? {};
  }

  /** True: it was certainly not carried out (never sent, or the platform said no). False: for a write the result is unknown. */
  get isCertain(): boolean {
    return !this.isSent || refusals.has(this.code);
  }
}
