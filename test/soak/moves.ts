import {
  again,
  batch,
  both,
  cancelBatch,
  choose,
  claim,
  decide,
  decideLate,
  handOver,
  look,
  onAny,
  onOwn,
  onWaiting,
  release,
  retryBatch,
  snooze,
  takeUpIgnored,
  undo,
  undoIgnore,
  wake,
} from "./acts";
import type { Turn } from "./turn";

/** One thing operators do. False: there was nothing to do it with. */
type Move = (turn: Turn) => Promise<boolean>;

interface Kind {
  /** How often, beside the others. */
  weight: number;
  /** Also done in the end, when what is open has to be decided. */
  isForLast: boolean;
  /** Needs to see everything that is open, and not only what waits. */
  isForOpen?: true;
  run: Move;
}

/** What operators do. */
export const moves: Readonly<Record<string, Kind>> = {
  decide: {
    weight: 40,
    isForLast: true,
    run: (turn) => onWaiting(turn, (row) => decide(turn, row, choose(turn, row))),
  },
  ignore: { weight: 4, isForLast: false, run: (turn) => onWaiting(turn, (row) => decide(turn, row, "ignore")) },
  doubleClick: {
    weight: 6,
    isForLast: true,
    run: (turn) =>
      onWaiting(turn, async (row) => {
        const verb = choose(turn, row);
        await both(decide(turn, row, verb), decide(turn, row, verb));
      }),
  },
  changeOfMind: {
    weight: 4,
    isForLast: true,
    // Both at once, in two tabs: one of them is too late.
    run: (turn) => onWaiting(turn, (row) => both(decide(turn, row, "approve"), decide(turn, row, "ignore"))),
  },
  again: { weight: 10, isForLast: false, isForOpen: true, run: again },
  batch: { weight: 5, isForLast: false, run: batch },
  cancelBatch: { weight: 2, isForLast: false, run: cancelBatch },
  retryBatch: { weight: 2, isForLast: false, run: retryBatch },
  snooze: { weight: 2, isForLast: false, run: (turn) => onWaiting(turn, (row) => snooze(turn, row)) },
  wake: { weight: 3, isForLast: true, run: wake },
  handOver: { weight: 2, isForLast: false, run: (turn) => onWaiting(turn, (row) => handOver(turn, row)) },
  undo: { weight: 8, isForLast: false, isForOpen: true, run: undo },
  undoIgnore: { weight: 1, isForLast: false, run: undoIgnore },
  look: { weight: 5, isForLast: false, isForOpen: true, run: look },
  takeUpIgnored: { weight: 2, isForLast: false, run: takeUpIgnored },
  claimAndDecide: {
    weight: 12,
    isForLast: false,
    run: (turn) =>
      onWaiting(turn, async (row) => {
        await claim(turn, row, turn.dice.next() < 0.4);
        await decide(turn, row, choose(turn, row));
      }),
  },
  finish: {
    weight: 8,
    isForLast: true,
    isForOpen: true,
    run: (turn) => onOwn(turn, (row) => decide(turn, row, choose(turn, row))),
  },
  decideLate: { weight: 3, isForLast: false, run: (turn) => onWaiting(turn, (row) => decideLate(turn, row)) },
  claimAndLeave: { weight: 6, isForLast: false, run: (turn) => onWaiting(turn, (row) => claim(turn, row, false)) },
  takeOver: { weight: 3, isForLast: false, run: (turn) => onWaiting(turn, (row) => claim(turn, row, true)) },
  release: { weight: 4, isForLast: true, run: release },
  note: {
    weight: 3,
    isForLast: false,
    isForOpen: true,
    run: (turn) =>
      onAny(turn, async ({ id }) => {
        await turn.api.requests.note.mutate({ id, text: "看过了" });
        turn.ledger.step("note");
      }),
  },
};
