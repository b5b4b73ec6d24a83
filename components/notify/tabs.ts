/** What the tabs of one browser tell each other: where somebody looks now (null: nowhere), and that all should say so. */
export type TabMessage = { type: "look"; tab: string; place: string | null } | { type: "ask" };

export interface TabChannel {
  post(message: TabMessage): void;
  /** Answers the way to stop. */
  hear(listener: (message: TabMessage) => void): () => void;
}

/** Resolves `lead` for one tab of the browser at a time, until `signal` ends its turn: the next one then gets it. */
export type Election = (signal: AbortSignal, lead: (turn: AbortSignal) => Promise<void>) => Promise<void>;

/**
 * One tab of the browser speaks for all: without it every tab would tell the same news. It is silent about a place that
 * somebody looks at in any of the tabs.
 */
export class Tabs {
  readonly #places = new Map<string, string>();
  readonly #ending = new AbortController();
  readonly #silence: () => void;
  #place: string | null = null;
  #isSpeaker = false;

  constructor(
    private readonly tab: string,
    private readonly channel: TabChannel,
    elect: Election,
  ) {
    this.#silence = channel.hear((message) => this.#take(message));
    elect(this.#ending.signal, async (turn) => {
      // Whoever takes over has not heard what the others said before, nor that one of them is gone: a tab that ends with
      // its process says no word.
      this.#isSpeaker = true;
      this.#places.clear();
      this.#note(this.tab, this.#place);
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
    if (message.type === "look") this.#note(message.tab, message.place);
    else this.channel.post({ type: "look", tab: this.tab, place: this.#place });
  }

  #note(tab: string, place: string | null): void {
    if (place === null) this.#places.delete(tab);
    else this.#places.set(tab, place);
  }
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
  );
}
