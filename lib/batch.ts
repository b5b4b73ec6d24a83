/** Calls that one HTTP request may carry. The clients split at it, the server refuses more: each call costs work. */
export const maximumBatch = 20;
