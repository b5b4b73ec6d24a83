/**
 * The closed codes an operator can meet. Each has three texts in both message catalogues under `errors.<code>`:
 * what happened, what was not done, what to do next.
 */
export const errorCodes = [
  // access
  "signed_out",
  "forbidden",
  "bad_credentials",
  "throttled",
  "wrong_origin",
  "setup_done",
  "setup_token",
  "invite_invalid",
  "email_taken",
  "weak_password",
  "last_owner",
  // input
  "invalid_input",
  "not_found",
  "name_mismatch",
  "reveal_gone",
  // queue
  "conflict",
  "already_decided",
  "not_offered",
  "twin_unresolved",
  "claimed",
  "claim_lost",
  "cannot_take",
  "undo_late",
  "reason_required",
  "placeholder_left",
  "nothing_to_retry",
  "member_obstacle",
  // bots
  "bot_disabled",
  "bot_exists",
  "destination_refused",
  "credentials_unreadable",
  "operation_off",
  "not_possible",
  "not_a_member",
  // platform
  "name_not_found",
  "connection_refused",
  "unreachable",
  "tls_failed",
  "token_rejected",
  "signed_out_there",
  "not_onebot",
  "wrong_account",
  "not_connected",
  "held_elsewhere",
  "timeout",
  "aborted",
  "connection_lost",
  "circuit_open",
  "answer_too_large",
  "bad_answer",
  "platform_refused",
  "unknown_operation",
  "rejected_input",
  "not_carried_out",
  "found_undone",
  "decided_otherwise",
  "partly_done",
  "result_unknown",
  // pictures, sounds and files
  "media_gone",
  "media_refused",
  "media_too_large",
  "file_too_large",
  "upload_gone",
  // ours
  "not_recorded",
  "shutting_down",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What crosses the wire beside a code: values for its text, never a secret, a URL with a token or a stack. */
export type ErrorDetail = Record<string, string | number | boolean | null>;

/** The one error of ours. Its message is the code; texts are made from the catalogues where it is shown. */
export class DeskError extends Error {
  override readonly name = "DeskError";
  constructor(
    readonly code: ErrorCode,
    readonly detail: ErrorDetail = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
