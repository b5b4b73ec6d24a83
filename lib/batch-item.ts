/** How one request of a bulk decision stands: its own state until it is decided, then its decision's. */
export const batchItemStates = [
  "queued",
  "held",
  "sending",
  "sent",
  "confirmed",
  "failed",
  "unknown",
  "refused",
  "cancelled",
  "elsewhere",
] as const;
export type BatchItemState = (typeof batchItemStates)[number];

/** The most requests one bulk decision takes. */
export const maximumItems = 1_000;
