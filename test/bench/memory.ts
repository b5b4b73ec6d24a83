import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DeskServer } from "./desk-server";
import { toFigure } from "./figure";
import { LiveStream } from "./live-stream";
import type { Piece } from "./piece";

const operators = 50;

/** What a page of the queue asks when it is opened. */
const opening = ["requests.list", "requests.counts"];

/**
 * What the desk's process holds (resident set), its PostgreSQL not counted: just after its start, and when operators
 * have come, each with a live stream open and the queue read. The floor is a Node that does nothing.
 */
export const memory: Piece = {
  name: "memory",
  limitMs: 600_000,
  needsPages: true,
  async measure(stage) {
    if (process.platform === "win32") throw new Error("there is no ps here");
    const [nothing, idle, busy]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < stage.runs; run += 1) {
      nothing.push(await ofNothing());
      const part = stage.part();
      const server = await DeskServer.start(part);
      idle.push(await server.memory());
      for (let count = 0; count < operators; count += 1) {
        const stream = new LiveStream(server.url, await server.seat("moderator"));
        part.own(() => stream.close());
        await stream.open();
        for (const path of opening) await stream.post(`/api/trpc/${path}?batch=1`, '{"0":{"json":{"state":"open"}}}');
      }
      busy.push(await server.memory());
      // Before the next desk starts beside it.
      await part.end();
    }
    return [
      toFigure({ what: "idle", unit: "MB", samples: idle, floor: { what: "an idle Node", samples: nothing } }),
      toFigure({
        what: `with ${operators} operators`,
        unit: "MB",
        samples: busy,
        floor: { what: "nobody there", samples: idle },
      }),
    ];
  },
};

async function ofNothing(): Promise<number> {
  const script = "console.log(process.memoryUsage.rss())";
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script]);
  return Number(stdout) / 2 ** 20;
}
