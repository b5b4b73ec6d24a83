import { systemActor } from "@/lib/actor";
import { startDesk } from "../desk";
import { start as startNapcat } from "../simulators/napcat";
import { BareSocket } from "./bare-socket";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { takeTurns } from "./sample";
import type { Stage } from "./stage";

const aim = {
  text: "at most 3 ms over the floor",
  isMet: ({ median, floor }: { median: number; floor: number }) => median - floor <= 3,
};

/** A call through the gateway against the same call on a bare socket to the same simulator. */
export const deskCall: Piece = {
  name: "desk-call",
  limitMs: 120_000,
  async measure(stage: Stage) {
    const napcat = await startNapcat();
    stage.own(() => napcat.close());
    const test = await startDesk(await stage.database());
    stage.own(() => test.stop());
    const { connections } = test.desk;
    const botId = await test.connect(napcat);
    const bare = await BareSocket.open(napcat);
    stage.own(() => bare.close());
    napcat.world.addFriend({ userId: "20001", nickname: "Friend" });

    const invoke = (operation: string, input: unknown) =>
      connections.invoke(botId, { actor: systemActor, correlationId: test.desk.correlation(), operation, input });
    const message = { user_id: "20001", message: [{ type: "text", data: { text: "good evening" } }] };
    const plan = { runs: stage.runs, each: 200 };
    const [read = [], bareRead = []] = await takeTurns(plan, [
      () => invoke("get_login_info", {}),
      () => bare.call("get_login_info"),
    ]);
    const [write = [], bareWrite = []] = await takeTurns(plan, [
      () => invoke("send_private_msg", message),
      () => bare.call("send_private_msg", message),
    ]);
    return [
      toFigure({ what: "a read", samples: read, floor: { what: "bare socket", samples: bareRead }, aim }),
      toFigure({
        what: "a write, two rows in the record",
        samples: write,
        floor: { what: "bare socket", samples: bareWrite },
        aim,
      }),
    ];
  },
};
