import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { time } from "./sample";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The whole project type-checked from nothing, as an editor does when it is opened. The floor is its compiler's start. */
export const typeCheck: Piece = {
  name: "type-check",
  limitMs: 600_000,
  async measure(stage) {
    const run = async (...options: string[]) => {
      await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root });
    };
    const [whole, start]: [number[], number[]] = [[], []];
    for (let count = 0; count < stage.runs; count += 1) {
      whole.push(await time(() => run("--noEmit", "--incremental", "false")));
      start.push(await time(() => run("--version")));
    }
    return [
      toFigure({
        what: "the whole project, cold",
        samples: whole,
        floor: { what: "the compiler's start", samples: start },
        aim: { text: "under 10 s on two cores", isMet: ({ median }) => median < 10_000 },
      }),
    ];
  },
};
