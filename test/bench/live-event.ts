import { type Napcat, start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { DeskServer } from "./desk-server";
import { type Figure, toFigure } from "./figure";
import { Operators } from "./operators";
import type { Piece } from "./piece";
import { type Asked, now, Screen } from "./screen";
import type { Stage } from "./stage";

const eventsARun = 20;
const warmUps = 5;
const manyOperators = 50;

/** The page asks at once and again when what followed has been gathered; when it is silent for so long it has all, ms. */
const silenceMs = 600;

/**
 * From an event at the simulator to its row in the document of a real browser, with one operator at the desk and with
 * 50. The other 49 hold their live streams open and ask, with their own sessions, what the page was seen to ask upon an
 * event. One event at a time.
 */
export const liveEvent: Piece = {
  name: "live-event",
  limitMs: 600_000,
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
    const door = new Door(stage, napcat, bare, screen);
    const alone = await door.measure(null);

    const { asked, sample } = await door.learn();
    stage.say(`upon an event the page asks: ${asked.map(describe).join(", ")}`);
    const cookies: string[] = [];
    while (cookies.length < manyOperators - 1) cookies.push(await server.seat("moderator"));
    const operators = await Operators.open(stage, { url: server.url, cookies, asked, sample });
    return [...alone, ...(await door.measure(operators))];
  },
};

const describe = ({ path, afterMs }: Asked) =>
  `${path.replace(/^\/api\/trpc\/|\?.*$/g, "")} after ${Math.round(afterMs)} ms`;

interface Seen {
  bare: number;
  screen: number;
  facts: number[];
  rows: number[];
}

/** Where people ask to be let in. */
class Door {
  private persons = 70_000_000;

  constructor(
    private readonly stage: Stage,
    private readonly napcat: Napcat,
    private readonly bare: BareSocket,
    private readonly screen: Screen,
  ) {}

  async measure(operators: Operators | null): Promise<Figure[]> {
    for (let count = 0; count < warmUps; count += 1) await this.arrive(operators);
    const seen: Seen[] = [];
    for (let count = 0; count < this.stage.runs * eventsARun; count += 1) seen.push(await this.arrive(operators));
    const floor = { what: "event on a bare socket", samples: seen.map(({ bare }) => bare) };
    const who = operators ? `${manyOperators} operators` : "1 operator";
    const aim = { text: "p99 under 150 ms", isMet: ({ p99 }: { p99: number }) => p99 < 150 };
    const screen = {
      what: `event to row in the browser, ${who}`,
      samples: seen.map((each) => each.screen),
      floor,
      aim,
    };
    if (!operators) return [toFigure(screen)];
    return [
      toFigure(screen),
      toFigure({ what: "the other 49: event to fact", samples: seen.flatMap(({ facts }) => facts), floor }),
      toFigure({ what: "the other 49: event to row read", samples: seen.flatMap(({ rows }) => rows), floor }),
    ];
  }

  /** What the page asks the API upon one event, which is about the request `sample`. */
  async learn(): Promise<{ asked: Asked[]; sample: string }> {
    let asked: Asked[] = [];
    const ears = this.screen.listen();
    await this.arrive(null);
    asked = ears.end();
    const sample = asked.map(({ body }) => /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(body)?.[0]).find(Boolean);
    if (sample === undefined) throw new Error("the page asked for no request by its id");
    const first = asked[0]?.afterMs ?? 0;
    // From the fact on, which is what the others wait for.
    return { asked: asked.map((each) => ({ ...each, afterMs: each.afterMs - first })), sample };
  }

  /** One friend request; resolves when everybody has its row and nobody asks any more. */
  private async arrive(operators: Operators | null): Promise<Seen> {
    this.persons += 1;
    const userId = String(this.persons);
    const onScreen = await this.screen.expect(userId);
    const others = await operators?.expect(userId);
    const quiet = this.screen.rest(silenceMs);
    let startedAt = 0;
    const pushed = new Promise<number>((resolve) => {
      this.bare.onEvent = (text) => {
        if (text.includes(userId)) resolve(now() - startedAt);
      };
    });
    startedAt = now();
    this.napcat.inbox.arriveFriend({ userId, nickname: `Person ${userId}`, second: this.persons });
    const bare = await pushed;
    const screen = (await onScreen()) - startedAt;
    const report = await others?.();
    await quiet;
    const after = (times: number[] = []) => times.map((at) => at - startedAt);
    return { bare, screen, facts: after(report?.facts), rows: after(report?.rows) };
  }
}
