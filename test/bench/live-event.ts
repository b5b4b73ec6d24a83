import { type Napcat, start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { DeskServer } from "./desk-server";
import { type Figure, toFigure } from "./figure";
import { Operators } from "./operators";
import type { Piece } from "./piece";
import { type Asked, eventId, newestId, now, Screen } from "./screen";
import type { Stage } from "./stage";

const eventsARun = 10;
const warmUps = 5;
const manyOperators = 50;

/** The page asks at once and again when what followed has been gathered; when it is silent for so long it has all, ms. */
const silenceMs = 600;

/**
 * From an event at the simulator to the document of a real browser, with one operator at the desk and with 50: to its
 * row where nothing was shown before, and to the offer of a new row where rows are shown, which stand still until the
 * offer is taken. The other 49 hold their live streams open and ask, with their own sessions, what the page was seen to
 * ask upon such an event. One event at a time.
 */
export const liveEvent: Piece = {
  name: "live-event",
  limitMs: 900_000,
  needsPages: true,
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
    const screen = await Screen.open(stage, server.url, await server.seat("moderator"));

    const figures: Figure[] = [];
    let operators: Operators | null = null;
    for (const who of ["1 operator", `${manyOperators} operators`]) {
      if (operators === null && figures.length > 0) {
        const cookies: string[] = [];
        while (cookies.length < manyOperators - 1) cookies.push(await server.seat("moderator"));
        operators = await Operators.open(stage, { url: server.url, cookies });
        // Who comes to the desk is told to all who are there.
        await screen.rest(silenceMs);
      }
      const door = new Door(stage, { napcat, server, bare, screen, operators });
      figures.push(...(await door.measure(who)));
    }
    return figures;
  },
};

interface Parts {
  napcat: Napcat;
  server: DeskServer;
  bare: BareSocket;
  screen: Screen;
  operators: Operators | null;
}

interface Seen {
  bare: number;
  screen: number;
  facts: number[];
  answers: number[];
}

const isMet = ({ p99 }: { p99: number }) => p99 < 150;
const aim = { text: "p99 under 150 ms", isMet };
let persons = 70_000_000;

/** Where people ask to be let in. */
class Door {
  /** The request that was shown last; none: nothing is shown. */
  private newest = "";

  constructor(
    private readonly stage: Stage,
    private readonly parts: Parts,
  ) {}

  async measure(who: string): Promise<Figure[]> {
    const rows = await this.repeat();
    this.newest = await this.fill();
    const offers = await this.repeat();
    await this.parts.server.forget(this.newest);
    await this.parts.screen.empty();
    const floor = { what: "event on a bare socket", samples: [...rows, ...offers].map(({ bare }) => bare) };
    const figures = [
      toFigure({ what: `row in an empty list, ${who}`, samples: rows.map(({ screen }) => screen), floor, aim }),
      toFigure({ what: `offer above a full one, ${who}`, samples: offers.map(({ screen }) => screen), floor, aim }),
    ];
    if (!this.parts.operators) return figures;
    const all = [...rows, ...offers];
    return [
      ...figures,
      toFigure({ what: "the other 49: fact heard", samples: all.flatMap(({ facts }) => facts), floor }),
      toFigure({ what: "the other 49: answers read", samples: all.flatMap(({ answers }) => answers), floor }),
    ];
  }

  private async repeat(): Promise<Seen[]> {
    const asked = await this.learn();
    const seen: Seen[] = [];
    for (let count = 0; count < warmUps; count += 1) await this.arrive(asked);
    for (let count = 0; count < this.stage.runs * eventsARun; count += 1) seen.push(await this.arrive(asked));
    return seen;
  }

  /** What the page asks the API upon one event. */
  private async learn(): Promise<Asked[]> {
    const newest = this.newest;
    const { id, asked } = await this.arrive([]);
    const first = asked[0]?.afterMs ?? 0;
    const calls = asked.map(({ path, body, afterMs }) => ({
      path,
      body: newest === "" ? body.replaceAll(id, eventId) : body.replaceAll(id, eventId).replaceAll(newest, newestId),
      afterMs: afterMs - first,
    }));
    this.stage.say(`the page asks: ${calls.map(describe).join("; ")}`);
    return calls;
  }

  /** One request that stays in the list. */
  private async fill(): Promise<string> {
    const { userId, send } = this.next();
    const seen = await this.parts.screen.expectRow(userId);
    send();
    await seen();
    await this.parts.screen.rest(silenceMs);
    return await this.parts.server.requestOf(userId);
  }

  /** One friend request; resolves when everybody has seen it, nobody asks any more, and all is ready for the next. */
  private async arrive(others: Asked[]): Promise<Seen & { id: string; asked: Asked[] }> {
    const { screen, server, bare, operators } = this.parts;
    const { userId, send } = this.next();
    const isOffered = this.newest !== "";
    const onScreen = await (isOffered ? screen.expectOffer() : screen.expectRow(userId));
    const report = others.length > 0 ? await operators?.expect(others, this.newest) : undefined;
    const ears = screen.listen();
    const quiet = screen.rest(silenceMs);
    let startedAt = 0;
    const pushed = new Promise<number>((resolve) => {
      bare.onEvent = (text) => {
        if (text.includes(userId)) resolve(now() - startedAt);
      };
    });
    startedAt = now();
    send();
    const bareMs = await pushed;
    const screenMs = (await onScreen()) - startedAt;
    const seen = await report?.();
    await quiet;
    const asked = ears.end();
    const id = await server.requestOf(userId);
    if (isOffered) {
      await screen.take(userId);
      await server.forget(this.newest);
      this.newest = id;
    } else {
      await server.forget(id);
      await screen.empty();
    }
    await screen.rest(silenceMs);
    const after = (times: number[] = []) => times.map((at) => at - startedAt);
    return { id, asked, bare: bareMs, screen: screenMs, facts: after(seen?.facts), answers: after(seen?.answers) };
  }

  private next(): { userId: string; send: () => void } {
    persons += 1;
    const person = { userId: String(persons), nickname: `Person ${persons}`, second: persons };
    return { userId: person.userId, send: () => void this.parts.napcat.inbox.arriveFriend(person) };
  }
}

const describe = ({ path, afterMs }: Asked) =>
  `${path.replace(/^\/api\/trpc\/|\?.*$/g, "")} after ${Math.round(afterMs)} ms`;
