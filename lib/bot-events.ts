/** The closed codes of a bot's log. Each has a text in both message catalogues under `botEvents.<code>`. */
export const botEventCodes = [
  // connection
  "connecting",
  "connected",
  "disconnected",
  "reconnect_scheduled",
  "replaced",
  "silent",
  "circuit_opened",
  "circuit_closed",
  "connect_failed",
  "cannot_open",
  "token_rejected",
  "signed_out_there",
  "credentials_not_saved",
  "wrong_account",
  "wrong_role",
  // account
  "account_known",
  "account_online",
  "account_offline",
  // what arrived and could not be used
  "bad_json",
  "bad_shape",
  "frame_too_large",
  "bad_signature",
  "post_too_large",
  "request_unknown_kind",
  "late_reply",
  "foreign_reply",
  "call_failed",
  "clock_differs",
  // the desk's side
  "enabled",
  "disabled",
  "edited",
  "poll_failed",
  "twin_seen",
] as const;

export type BotEventCode = (typeof botEventCodes)[number];
