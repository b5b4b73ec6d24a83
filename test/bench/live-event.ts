import { type Napcat, start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { DeskServer } from "./desk-server";
import { type Figure, toFigure } from "./figure";
import { LiveStream } from "./live-stream";
import type { Piece } from "./piece";
import type { Stage } from "./stage";

const eventsARun = 20;

/** From an event at the simulator to every operator's stream, and to the row each of them reads thereupon. */
export const liveEvent: Piece = {
  name: "live-event",
  limitMs: 300_000,
  async measure(stage) {
    const napcat = await startNapcat();
    stage.own(() => napcat.close());
    const server = await DeskServer.start(stage);
    await server.api(await server.seat("owner")).bots.create.mutate({
      name: "Front door",
      platform: "napcat",
      connection: { transport: "forward", wsUrl: napcat.wsUrl },
      token: napcat.token,
    });
    await napcat.connected("forward");
    await napcat.calls.wait("get_login_info");
    const bare = await BareSocket.open(napcat);
    stage.own(() => bare.close());
    const room = new Room(napcat, bare);
    const figures: Figure[] = [];
    for (const size of [1, 50]) {
      await room.fill(stage, server, size);
      figures.push(...(await room.measure(stage)));
    }
    return figures;
  },
};

/** What one event came to: ms until the bare socket had it, each stream, and each operator's list. */
interface Seen {
  bare: number;
  facts: number[];
  rows: number[];
}

/** The operators who listen. */
class Room {
  private readonly streams: LiveStream[] = [];
  private readonly known = new Set<string>();
  private persons = 20_000;

  constructor(
    private readonly napcat: Napcat,
    private readonly bare: BareSocket,
  ) {}

  async fill(stage: Stage, server: DeskServer, size: number): Promise<void> {
    while (this.streams.length < size) {
      const stream = new LiveStream(server.url, await server.seat("moderator"));
      stage.own(() => stream.close());
      await stream.open();
      this.streams.push(stream);
    }
  }

  async measure(stage: Stage): Promise<Figure[]> {
    const seen: Seen[] = [];
    for (let count = 0; count < 5; count += 1) await this.arrive(false);
    // Apart, because operators who read take the time of those who still wait for the fact.
    for (let count = 0; count < stage.runs * eventsARun; count += 1) seen.push(await this.arrive(false));
    const read: Seen[] = [];
    for (let count = 0; count < stage.runs * eventsARun; count += 1) read.push(await this.arrive(true));
    const who = `${this.streams.length} operator${this.streams.length === 1 ? "" : "s"}`;
    const isMet = ({ p99 }: { p99: number }) => p99 < 150;
    const floor = (all: Seen[]) => ({ what: "event on a bare socket", samples: all.map(({ bare }) => bare) });
    return [
      toFigure({ what: `event to fact, ${who}`, samples: seen.flatMap(({ facts }) => facts), floor: floor(seen) }),
      toFigure({
        what: `event to row read, ${who}`,
        samples: read.flatMap(({ rows }) => rows),
        floor: floor(read),
        aim: { text: "p99 under 150 ms", isMet },
      }),
    ];
  }

  /** One friend request; resolves when every operator has heard of it twice, of its arrival and of its name. */
  private async arrive(isRead: boolean): Promise<Seen> {
    this.persons += 1;
    const userId = String(this.persons);
    const seen: Seen = { bare: Number.NaN, facts: [], rows: [] };
    let startedAt = 0;
    const since = () => performance.now() - startedAt;
    const pushed = new Promise<void>((resolve) => {
      this.bare.onEvent = (text) => {
        if (!text.includes(userId)) return;
        seen.bare = since();
        resolve();
      };
    });
    const heard = this.streams.map(
      (stream) =>
        new Promise<void>((resolve, reject) => {
          let arrived: string | null = null;
          let row: Promise<unknown> = Promise.resolve();
          stream.onFact = (fact) => {
            if (fact.topic !== "request" || this.known.has(fact.id)) return;
            if (arrived === null) {
              arrived = fact.id;
              seen.facts.push(since());
              if (isRead) row = stream.readQueue().then((text) => this.note(seen, text, fact.id, since()));
            } else row.then(() => resolve(), reject);
          };
        }),
    );
    startedAt = performance.now();
    this.napcat.inbox.arriveFriend({ userId, nickname: `Person ${userId}`, second: this.persons });
    await Promise.all([pushed, ...heard]);
    await this.forget();
    return seen;
  }

  private note(seen: Seen, text: string, id: string, ms: number): void {
    if (!text.includes(id)) throw new Error("the row was not on the page");
    seen.rows.push(ms);
  }

  /** The next event starts from silence: what is known by now is not taken for news. */
  private async forget(): Promise<void> {
    const page = (await this.streams[0]?.readQueue()) ?? "";
    for (const [id] of page.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g)) this.known.add(id);
  }
}
