/**
 * Why Gatehouse cannot start, in words for the person at the terminal: printed as they are, one line each, without a
 * stack. Never holds a password: connection strings are named by their host only.
 */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly lines: readonly string[];

  constructor(lines: string | readonly string[], options?: ErrorOptions) {
    const list = typeof lines === "string" ? [lines] : lines;
    super(list.join("\n"), options);
    this.lines = list;
  }
}
