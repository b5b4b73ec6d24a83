/** What the tabs of one browser tell each other: where somebody looks now (null: nowhere), and that all should say so. */
export type TabMessage = { type: "look"; tab: string; place: string | null } | { type: "ask" };

export interface TabChannel {
  post(message: TabMessage): void;
  /** Answers the way to stop. */
  hear(listener: (message: TabMessage) => void): () => void;
}

/** Resolves `lead` for one tab of the browser at a time, until `signal` ends its turn: the next one then gets it. */
export type Election = (signal: AbortSignal, lead: (turn: AbortSignal) => Promise<void>) => Promise<void>;

/** How tabs know of each other that they are there: one that ends with its process says no word. */
export interface TabLife {
  /** This tab is there until `signal`, or until its process ends. */
  hold(tab: string, signal: AbortSignal): void;
  /** Resolves when that tab is there no longer. Rejects with `signal`. */
  ended(tab: string, signal: AbortSignal): Promise<void>;
}

/**
 * One tab of the browser speaks for all: without it every tab would tell the same news. It is silent about a place that
 * somebody looks at in any of the tabs.
 */
export class Tabs {
  readonly #places = new Map<string, string>();
  /** Whose end is waited for. */
  readonly #watched = new Set<string>();
  readonly #ending = new AbortController();
  readonly #silence: () => void;
  #place: string | null = null;
  #isSpeaker = false;

  constructor(
    private readonly tab: string,
    private readonly channel: TabChannel,
    elect: Election,
    private readonly life: TabLife,
  ) {
    life.hold(tab, this.#ending.signal);
    this.#silence = channel.hear((message) => this.#take(message));
    elect(this.#ending.signal, async (turn) => {
      // Whoever takes over has not heard what the others said before it was opened.
      this.#isSpeaker = true;
      channel.post({ type: "ask" });
      await new Promise<void>((resolve) => {
        if (turn.aborted) resolve();
        turn.addEventListener("abort", () => resolve());
      });
      this.#isSpeaker = false;
    }).catch(() => {
      // Its turn never came: the tab was closed while it waited.
    });
  }

  /** Where somebody looks in this tab now; null when it is hidden or not in front. */
  look(place: string | null): void {
    this.#place = place;
    this.#note(this.tab, place);
    this.channel.post({ type: "look", tab: this.tab, place });
  }

  /** Is it for this tab to tell of something at this place? */
  mayTell(place: string): boolean {
    return this.#isSpeaker && ![...this.#places.values()].includes(place);
  }

  get isSpeaker(): boolean {
    return this.#isSpeaker;
  }

  close(): void {
    this.look(null);
    this.#ending.abort();
    this.#silence();
  }

  #take(message: TabMessage): void {
    if (message.type === "look") {
      this.#note(message.tab, message.place);
      if (message.place !== null) this.#watch(message.tab);
    } else this.channel.post({ type: "look", tab: this.tab, place: this.#place });
  }

  #watch(tab: string): void {
    if (this.#watched.has(tab)) return;
    this.#watched.add(tab);
    this.life.ended(tab, this.#ending.signal).then(
      () => {
        this.#watched.delete(tab);
        this.#note(tab, null);
      },
      () => {
        // This tab was closed first.
      },
    );
  }

  #note(tab: string, place: string | null): void {
    if (place === null) this.#places.delete(tab);
    else this.#places.set(tab, place);
  }
}

/** A lock of its own says that a tab is there: a browser gives it free with the tab, however that ends. */
const life: TabLife = {
  hold: (tab, signal) => {
    const over = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    navigator.locks
      .request(lockOf(tab), { signal }, () => over)
      .catch(() => {
        // It was closed before it had it.
      });
  },
  ended: (tab, signal) => navigator.locks.request(lockOf(tab), { mode: "shared", signal }, () => undefined),
};

function lockOf(tab: string): string {
  return `gatehouse.notify ${tab}`;
}

/** The browser's own: a channel all tabs of this origin hear, and a lock one of them holds. */
export function openTabs(tab: string): Tabs {
  const channel = new BroadcastChannel("gatehouse.notify");
  const listeners = new Set<(message: TabMessage) => void>();
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    for (const listener of listeners) listener(data);
  };
  return new Tabs(
    tab,
    {
      post: (message) => channel.postMessage(message),
      hear: (listener) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          channel.close();
        };
      },
    },
    (signal, lead) => navigator.locks.request("gatehouse.notify", { signal }, () => lead(signal)),
    life,
  );
}
