import { startEmbedded } from "@/server/db/embedded";
import { createLogger } from "@/server/log";
import { DeskProcess } from "../simulators/desk-process";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import type { Stage } from "./stage";

/** From the start of the server's process to "ready": on an empty data directory, and again on the same. */
export const start: Piece = {
  name: "start",
  limitMs: 600_000,
  needsPages: true,
  async measure(stage) {
    const [first, second, firstBare, secondBare]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let run = 0; run < stage.runs; run += 1) {
      const [desk, bare] = [await stage.directory(), await stage.directory()];
      first.push(await startDesk(stage, desk));
      firstBare.push(await startDatabase(bare));
      second.push(await startDesk(stage, desk));
      secondBare.push(await startDatabase(bare));
    }
    const floor = (samples: number[]) => ({ what: "the embedded database alone", samples });
    return [
      toFigure({ what: "first start to ready", samples: first, floor: floor(firstBare) }),
      toFigure({ what: "second start to ready", samples: second, floor: floor(secondBare) }),
    ];
  },
};

async function startDesk(stage: Stage, directory: string): Promise<number> {
  const startedAt = performance.now();
  const desk = new DeskProcess(directory, 0, () => undefined);
  stage.own(() => desk.stop());
  await desk.ready();
  const ms = performance.now() - startedAt;
  await desk.stop();
  return ms;
}

async function startDatabase(directory: string): Promise<number> {
  const startedAt = performance.now();
  const server = await startEmbedded(directory, createLogger("error"));
  const ms = performance.now() - startedAt;
  await server.stop();
  return ms;
}
