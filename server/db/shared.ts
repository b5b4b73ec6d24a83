interface Turn<T> {
  now: Promise<T>;
  /** Asked for while `now` was under way; begins when that is over. */
  next: Promise<T> | null;
}

/**
 * Reads that many ask for at the same moment, done once: when something changes, every screen reads the same again.
 * Nobody is given an answer to a question that was put to the database before they asked: who comes while a read is
 * under way shares the one after it. Nothing is kept: without askers there is nothing in memory.
 */
export class Shared<T> {
  private readonly owners = new WeakMap<object, Map<string, Turn<T>>>();

  /**
   * @param owner the database that is read.
   * @param key everything the answer depends on, what the asker may see included.
   * @param run reads. What it throws is thrown to all who share it.
   */
  read(owner: object, key: string, run: () => Promise<T>): Promise<T> {
    let turns = this.owners.get(owner);
    if (!turns) {
      turns = new Map();
      this.owners.set(owner, turns);
    }
    const turn = turns.get(key);
    if (!turn) return begin(turns, key, run);
    const again = () => begin(turns, key, run);
    turn.next ??= turn.now.then(again, again);
    return turn.next;
  }
}

function begin<T>(turns: Map<string, Turn<T>>, key: string, run: () => Promise<T>): Promise<T> {
  const turn: Turn<T> = { now: run(), next: null };
  turns.set(key, turn);
  const end = () => {
    if (turn.next === null) turns.delete(key);
  };
  turn.now.then(end, end);
  return turn.now;
}
