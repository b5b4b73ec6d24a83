import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DeskProcess } from "../simulators/desk-process";
import { DeskServer } from "./desk-server";
import { type Figure, toFigure } from "./figure";
import { LiveStream } from "./live-stream";
import type { Piece } from "./piece";
import type { Stage } from "./stage";
import { isBuilt } from "./start";

const operators = 50;

/**
 * What the server's process holds (resident set), its PostgreSQL not counted: the whole desk just after its start, and
 * the desk without pages before and after operators have come. The floor is a Node that does nothing.
 */
export const memory: Piece = {
  name: "memory",
  limitMs: 300_000,
  async measure(stage) {
    const figures: Figure[] = [];
    const nothing: number[] = [];
    for (let run = 0; run < stage.runs; run += 1) nothing.push(await ofNothing());
    const floor = { what: "an idle Node", samples: nothing };
    if (process.platform === "win32") stage.say("the whole desk is left out: there is no ps here");
    else if (isBuilt()) {
      const whole: number[] = [];
      for (let run = 0; run < stage.runs; run += 1) whole.push(await ofDesk(stage));
      figures.push(toFigure({ what: "the desk, idle", unit: "MB", samples: whole, floor }));
    } else stage.say("the whole desk is left out: the pages are not built (npm start builds them)");
    const [empty, full]: [number[], number[]] = [[], []];
    for (let run = 0; run < stage.runs; run += 1) {
      const part = stage.part();
      const server = await DeskServer.start(part);
      empty.push(await server.memory());
      for (let count = 0; count < operators; count += 1) {
        const stream = new LiveStream(server.url, await server.seat("moderator"));
        part.own(() => stream.close());
        await stream.open();
        await stream.readQueue();
      }
      full.push(await server.memory());
      // Before the next desk starts beside it.
      await part.end();
    }
    return [
      ...figures,
      toFigure({ what: "without pages, idle", unit: "MB", samples: empty, floor }),
      toFigure({
        what: `without pages, ${operators} operators`,
        unit: "MB",
        samples: full,
        floor: { what: "the same, nobody there", samples: empty },
      }),
    ];
  },
};

async function ofDesk(stage: Stage): Promise<number> {
  const desk = new DeskProcess(await stage.directory(), 0, () => undefined);
  stage.own(() => desk.stop());
  await desk.ready();
  const held = await residentOf(desk.pid);
  await desk.stop();
  return held;
}

async function ofNothing(): Promise<number> {
  const script = "console.log(process.memoryUsage.rss())";
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script]);
  return Number(stdout) / 2 ** 20;
}

/** In MB, as the system counts it. */
async function residentOf(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1_024;
}
