/**
 * One piece of work done again and again: when woken, and at least after the pause it asks for. Never two at once; a
 * call that comes while it runs is one more run, not several. Owns its timer.
 */
export class Loop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  private isOver = false;

  /** @param work answers after how many ms to run again if nobody wakes it before. It must not throw. */
  constructor(private readonly work: () => Promise<number>) {}

  get isStopped(): boolean {
    return this.isOver;
  }

  /** Runs now, or once more when what is under way is done. */
  wake(): void {
    if (this.isOver) return;
    if (this.running) {
      this.isAskedAgain = true;
      return;
    }
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.running = this.work().then((pauseMs) => {
      this.running = null;
      if (this.isOver) return;
      if (this.isAskedAgain) {
        this.isAskedAgain = false;
        this.wake();
      } else this.timer = setTimeout(() => this.wake(), pauseMs);
    });
  }

  /** Runs no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.isOver = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }
}
