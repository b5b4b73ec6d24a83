/** How long an act runs before a line shows it, and before it can be cancelled, ms. */
export const lineAfterMs = 400;
export const cancelAfterMs = 2_000;

export interface RunningActs {
  /** Something runs long enough to be shown. */
  isShown: boolean;
  /** Acts that run long enough to be cancelled, the oldest first. */
  late: readonly { id: number; cancel: () => void }[];
}

const nothing: RunningActs = { isShown: false, late: [] };

/** The acts under way in this tab. Every act's timers are its own and end with it. */
export class ActRegister {
  private last = 0;
  private readonly running = new Map<
    number,
    { cancel: () => void; isShown: boolean; isLate: boolean; timers: ReturnType<typeof setTimeout>[] }
  >();
  private readonly listeners = new Set<() => void>();
  private now = nothing;

  /** Notes that an act began. Returns what notes its end. */
  begin(cancel: () => void): () => void {
    this.last += 1;
    const id = this.last;
    const act = { cancel, isShown: false, isLate: false, timers: [] as ReturnType<typeof setTimeout>[] };
    const after = (ms: number, change: () => void) => {
      const timer = setTimeout(() => {
        change();
        this.tell();
      }, ms);
      act.timers.push(timer);
    };
    after(lineAfterMs, () => {
      act.isShown = true;
    });
    after(cancelAfterMs, () => {
      act.isLate = true;
    });
    this.running.set(id, act);
    return () => {
      for (const timer of act.timers) clearTimeout(timer);
      if (this.running.delete(id) && act.isShown) this.tell();
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): RunningActs => this.now;

  /** The server draws none. */
  readonly readNothing = (): RunningActs => nothing;

  private tell(): void {
    const acts = [...this.running];
    this.now = {
      isShown: acts.some(([, { isShown }]) => isShown),
      late: acts.flatMap(([id, { isLate, cancel }]) => (isLate ? [{ id, cancel }] : [])),
    };
    for (const listener of this.listeners) listener();
  }
}

export const runningActs = new ActRegister();
