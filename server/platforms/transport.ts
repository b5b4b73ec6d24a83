import type { Row } from "./row";

/**
 * One transport. `input` is already parsed by the row. Answers the vendor's unwrapped data (OneBot's `data`), not yet
 * parsed; throws PlatformError and nothing else. The timeout is the caller's: abort with a TimeoutError (as
 * `AbortSignal.timeout` does) for `timeout`, with anything else for `aborted`.
 */
export type Send = (row: Row, input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;
