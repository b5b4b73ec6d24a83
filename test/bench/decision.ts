import { startDesk } from "../desk";
import { start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { Crowd } from "./crowd";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { rate, time } from "./sample";

const alone = 20;
const inBulk = 1_000;

/** Friend requests approved through the API, without pacing and undo, until the platform has confirmed each. */
export const decision: Piece = {
  name: "decision",
  limitMs: 1_200_000,
  async measure(stage) {
    const napcat = await startNapcat();
    stage.own(() => napcat.close());
    const test = await startDesk(await stage.database(), { pace: { writeGapMs: 0, readLimit: 4 } });
    stage.own(() => test.stop());
    await test.as(await test.operator("owner")).preferences.set({ patch: { undoSeconds: 0 } });
    await test.connect(napcat);
    const bare = await BareSocket.open(napcat);
    stage.own(() => bare.close());
    const crowd = new Crowd(napcat, test, await test.operator("moderator"));
    stage.own(() => crowd.close());

    const answer = (flag: string) => bare.call("set_friend_add_request", { flag, approve: true });
    const [each, eachBare, all, allBare]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let run = 0; run <= stage.runs; run += 1) {
      const isWarmUp = run === 0;
      stage.say(isWarmUp ? "warming up" : `run ${run}`);
      for (const { id } of await crowd.arrive(alone)) {
        const [flag = ""] = crowd.arriveUnseen(1);
        const ms = await time(() => crowd.approve(id));
        const msBare = await time(() => answer(flag));
        if (isWarmUp) continue;
        each.push(ms);
        eachBare.push(msBare);
      }
      const count = isWarmUp ? inBulk / 10 : inBulk;
      const items = await crowd.arrive(count);
      const flags = crowd.arriveUnseen(count);
      const ms = await time(() => crowd.approveAll(items));
      const msBare = (count / (await rate(count, 1, (at) => answer(flags[at - 1] ?? "")))) * 1_000;
      if (isWarmUp) continue;
      all.push(ms);
      allBare.push(msBare);
    }
    return [
      toFigure({
        what: "decide to confirmed",
        samples: each,
        floor: { what: "the answer on a bare socket", samples: eachBare },
      }),
      toFigure({
        what: `${inBulk.toLocaleString("en")} approved in bulk, until all are confirmed`,
        samples: all,
        floor: { what: `${inBulk.toLocaleString("en")} answers on a bare socket`, samples: allBare },
      }),
    ];
  },
};
