import { PlatformError } from "./error";

/** One call of an act that takes several. `name` is what of the act it carries out. */
export interface Step {
  name: string;
  run(): Promise<unknown>;
}

function codeOf(error: unknown): string {
  // Errors of ours carry a closed code; what has none is a fault of this program.
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "internal";
}

/** What became of the step that failed: was it certainly not carried out? */
function outcomeOf(error: unknown): "failed" | "unknown" {
  return error instanceof PlatformError && error.isCertain ? "failed" : "unknown";
}

/**
 * Carries out an act that takes several calls, in order. When the first one fails its error is thrown as it is: nothing
 * was done, or nobody knows. When a later one fails, `partly_done` says what was done before it and what is left, with
 * the words of the platform and whether the step that failed may have been carried out all the same (`outcome`): then the
 * act as a whole neither failed nor succeeded.
 */
export async function inSteps(steps: readonly Step[]): Promise<void> {
  const done: string[] = [];
  for (const [index, step] of steps.entries()) {
    try {
      await step.run();
      done.push(step.name);
    } catch (error) {
      if (done.length === 0) throw error;
      const left = steps.slice(index).map(({ name }) => name);
      throw new PlatformError("partly_done", {
        isSent: true,
        text: error instanceof PlatformError ? error.text : null,
        detail: { done: done.join(", "), left: left.join(", "), error: codeOf(error), outcome: outcomeOf(error) },
        cause: error,
      });
    }
  }
}

/** Reads what an act depends on. When that fails nothing of the act has been sent, whatever became of the reading. */
export async function beforehand<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    throw new PlatformError(error.code, { isSent: false, text: error.text, detail: error.detail, cause: error });
  }
}
