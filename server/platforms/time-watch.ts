import type { LinkHooks } from "./driver";

/** A difference that people notice: requests of the last minutes would seem to be from the future, or long gone. */
const tolerance = 5 * 60_000;

/**
 * Compares the other side's clock with ours wherever it tells the time, and says so in the bot's log: once when they are
 * more than five minutes apart, and again only after they have agreed meanwhile. Which of the two is wrong nobody can say.
 * @returns to be told each time of theirs, ms since 1970; what is no time is passed over.
 */
export function createTimeWatch(hooks: Pick<LinkHooks, "log">, now: () => number = Date.now): (theirs: number) => void {
  let isTold = false;
  return (theirs) => {
    if (!Number.isFinite(theirs)) return;
    const difference = theirs - now();
    const isApart = Math.abs(difference) > tolerance;
    if (isApart && !isTold) hooks.log("warn", "clock_differs", { seconds: Math.round(difference / 1_000) });
    isTold = isApart;
  };
}
