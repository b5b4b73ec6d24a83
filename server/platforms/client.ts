import type { z } from "zod";
import { PlatformError } from "./error";
import type { Catalogue, Row } from "./row";
import type { Send } from "./transport";

/** A typed call of one operation of catalogue `C`. */
export type Call<C extends Catalogue> = <N extends keyof C & string>(
  name: N,
  input: z.input<C[N]["input"]>,
  options?: { signal?: AbortSignal },
) => Promise<z.output<C[N]["output"]>>;

/** The dotted path of the first fault, or "" for the whole value. */
function fieldOf(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join(".") ?? "";
}

/** Parses a caller's input by the row. Throws `invalid_input`, naming the field; nothing has been sent then. */
export function parseInput(row: Row, input: unknown): unknown {
  const result = row.input.safeParse(input);
  if (result.success) return result.data;
  throw new PlatformError("invalid_input", {
    isSent: false,
    detail: { operation: row.operation, field: fieldOf(result.error), fault: result.error.issues[0]?.message ?? "" },
    cause: result.error,
  });
}

/**
 * Parses the platform's answer by the row. A read of unexpected shape throws `bad_answer`, naming the field; a write
 * has happened whatever its answer looks like, so it is returned as it came, with `hasDrift`.
 */
export function parseOutput(row: Row, data: unknown): { value: unknown; hasDrift: boolean } {
  const result = row.output.safeParse(data);
  if (result.success) return { value: result.data, hasDrift: false };
  if (row.risk === "write" || row.risk === "destructive") return { value: data, hasDrift: true };
  throw new PlatformError("bad_answer", {
    isSent: true,
    detail: { operation: row.operation, field: fieldOf(result.error), fault: result.error.issues[0]?.message ?? "" },
    cause: result.error,
  });
}

/** A typed client straight over a transport, for trying a connection. The desk's calls go through server/gateway instead. */
export function createCall<C extends Catalogue>(catalogue: C, send: Send, signal: AbortSignal): Call<C> {
  const call = async (name: string, input: unknown, options?: { signal?: AbortSignal }): Promise<unknown> => {
    const row = catalogue[name];
    if (row === undefined) throw new PlatformError("unknown_operation", { isSent: false, detail: { operation: name } });
    const data = await send(row, parseInput(row, input), { signal: options?.signal ?? signal });
    return parseOutput(row, data).value;
  };
  // The compiler cannot follow a name to its row's types through a lookup by string; parseInput and parseOutput enforce them.
  return call as Call<C>;
}
