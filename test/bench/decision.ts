import { startDesk } from "../desk";
import { start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { Crowd } from "./crowd";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { rate, time } from "./sample";

const alone = 20;
const atOnce = 100;

/** Friend requests approved through the API, without pacing, until the platform has confirmed each. */
export const decision: Piece = {
  name: "decision",
  limitMs: 300_000,
  async measure(stage) {
    const napcat = await startNapcat();
    stage.own(() => napcat.close());
    const test = await startDesk(await stage.database());
    stage.own(() => test.stop());
    await test.connect(napcat);
    const bare = await BareSocket.open(napcat);
    stage.own(() => bare.close());
    const crowd = new Crowd(napcat, test, await test.operator("moderator"));
    stage.own(() => crowd.close());

    const answer = (flag: string) => bare.call("set_friend_add_request", { flag, approve: true });
    const [each, eachBare, all, allBare]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let run = 0; run <= stage.runs; run += 1) {
      const isWarmUp = run === 0;
      for (const id of await crowd.arrive(alone)) {
        const [flag = ""] = crowd.arriveUnseen(1);
        const ms = await time(() => crowd.approve(id));
        const msBare = await time(() => answer(flag));
        if (isWarmUp) continue;
        each.push(ms);
        eachBare.push(msBare);
      }
      const ids = await crowd.arrive(atOnce);
      const flags = crowd.arriveUnseen(atOnce);
      const ms = await time(() => Promise.all(ids.map((id) => crowd.approve(id))));
      const msBare = (atOnce / (await rate(atOnce, 1, (at) => answer(flags[at - 1] ?? "")))) * 1_000;
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
        what: `${atOnce} decided at once, until all are confirmed`,
        samples: all,
        floor: { what: `${atOnce} answers on a bare socket`, samples: allBare },
      }),
    ];
  },
};
