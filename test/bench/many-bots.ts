import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Accounts, openBare } from "./accounts";
import { DeskServer } from "./desk-server";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { time } from "./sample";

const bots = 500;
const windowMs = 10_000;

/** How long they may be away and coming back, ms: a limit for a hang. */
const backLimitMs = 120_000;

/**
 * The whole desk with many NapCat bots of which each hears an event a second: what its process holds and how busy it is
 * (100 % is one core), what its database has to do meanwhile, and how long until all are back when their platform was
 * away. The floor are as many bare sockets that read the same frames, in the benchmark's own process.
 */
export const manyBots: Piece = {
  name: "many-bots",
  limitMs: 1_800_000,
  needsPages: true,
  async measure(stage) {
    if (process.platform !== "linux") throw new Error("there is no /proc here");
    const accounts = new Accounts(1);
    stage.own(() => accounts.kill());
    await accounts.start();

    const [bare, bareBack]: [number[], number[]] = [[], []];
    for (let run = 0; run < stage.runs; run += 1) {
      let close = () => {};
      bareBack.push(await time(async () => (close = await openBare(accounts, bots))));
      const before = process.cpuUsage();
      await wait(windowMs);
      const { user, system } = process.cpuUsage(before);
      bare.push((user + system) / 10 / windowMs);
      close();
    }

    const server = await DeskServer.start(stage);
    const alone = [await server.memory()];
    stage.say(`adding ${bots} bots`);
    const owner = server.api(await server.seat("owner"));
    for (let at = 0; at < bots; at += 1)
      await owner.bots.create.mutate({
        name: `Account ${at}`,
        platform: "napcat",
        connection: { transport: "forward", wsUrl: accounts.url(at) },
        token: "bench-token-of-500-bots",
      });
    const [held, busy, written, back]: [number[], number[], number[], number[]] = [[], [], [], []];
    await server.connected(bots, backLimitMs);
    // What a start brings with it is not what 500 bots cost.
    await wait(windowMs);
    for (let run = 0; run < stage.runs; run += 1) {
      stage.say(`run ${run + 1}`);
      const [cpu, commits] = [await cpuMs(server.pid), await server.commits()];
      await wait(windowMs);
      busy.push(((await cpuMs(server.pid)) - cpu) / (windowMs / 100));
      written.push(((await server.commits()) - commits) / (windowMs / 1_000));
      held.push(await server.memory());
      await accounts.kill();
      await server.connected(0, backLimitMs);
      await accounts.start();
      back.push(await time(() => server.connected(bots, backLimitMs)));
      await wait(windowMs);
    }
    const sockets = `${bots} bare sockets`;
    return [
      toFigure({
        what: `memory with ${bots} bots`,
        unit: "MB",
        samples: held,
        floor: { what: "no bots", samples: alone },
      }),
      toFigure({
        what: "busy at an event a second each",
        unit: "%",
        samples: busy,
        floor: { what: sockets, samples: bare },
      }),
      toFigure({ what: "transactions of its database meanwhile", unit: "1/s", samples: written }),
      toFigure({
        what: "all are back",
        samples: back,
        floor: { what: `${sockets} dialled at once`, samples: bareBack },
      }),
    ];
  },
};

/** How long the process has been computing so far, ms. */
async function cpuMs(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // After the name, which may hold blanks: state is the 3rd field, utime and stime the 14th and 15th, in hundredths.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
