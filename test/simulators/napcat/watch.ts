/** Lets a test wait for a state instead of sleeping: whoever changes something calls `touch`, waiters look again. */
export class Watch {
  private readonly waiters = new Set<{ look: () => boolean; reject: () => void }>();
  private isClosed = false;

  /** Something changed: every waiter looks again. */
  touch(): void {
    for (const waiter of [...this.waiters]) if (waiter.look()) this.waiters.delete(waiter);
  }

  /**
   * The first value of `probe` that is not undefined, now or after a later `touch`.
   * Rejects when the simulator closes first; the limit in time is the test runner's.
   */
  until<T>(what: string, probe: () => T | undefined): Promise<T> {
    const now = probe();
    if (now !== undefined) return Promise.resolve(now);
    if (this.isClosed) return Promise.reject(new Error(`The simulator is closed: ${what} cannot come any more.`));
    return new Promise((resolve, reject) => {
      this.waiters.add({
        look: () => {
          const value = probe();
          if (value === undefined) return false;
          resolve(value);
          return true;
        },
        reject: () => reject(new Error(`The simulator closed before: ${what}.`)),
      });
    });
  }

  close(): void {
    this.isClosed = true;
    for (const waiter of this.waiters) waiter.reject();
    this.waiters.clear();
  }
}
