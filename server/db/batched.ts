interface Waiting<K, V> {
  key: K;
  resolve: (value: V) => void;
  reject: (cause: unknown) => void;
}

/** More than this are not asked with one statement. */
const most = 200;

/**
 * Looks up by one statement what many ask at the same moment, each under a key of their own. Who comes while a
 * statement is under way is answered by the next one: nobody gets an answer from before they asked.
 */
export class Batched<Owner extends object, K, V> {
  private readonly queues = new WeakMap<Owner, Waiting<K, V>[]>();

  /** @param find answers the keys in their order. What it throws is thrown to all who were asked for with it. */
  constructor(private readonly find: (owner: Owner, keys: readonly K[]) => Promise<V[]>) {}

  ask(owner: Owner, key: K): Promise<V> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(owner);
      if (queue) return void queue.push({ key, resolve, reject });
      const begun = [{ key, resolve, reject }];
      this.queues.set(owner, begun);
      void this.run(owner, begun);
    });
  }

  private async run(owner: Owner, queue: Waiting<K, V>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      try {
        const values = await this.find(
          owner,
          batch.map(({ key }) => key),
        );
        for (const [at, { resolve, reject }] of batch.entries()) {
          const value = values[at];
          if (value === undefined) reject(new Error("a key was left without an answer"));
          else resolve(value);
        }
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    this.queues.delete(owner);
  }
}
