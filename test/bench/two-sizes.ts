import { Pool } from "pg";
import { startDesk, type TestDesk } from "../desk";
import { type Figure, toFigure } from "./figure";
import { takeTurns } from "./sample";
import { execute, type Stage } from "./stage";

/** A desk over a table of some size, and a bare connection to the same database. */
export interface Sized {
  rows: number;
  test: TestDesk;
  pool: Pool;
}

/** One thing asked of both sizes. `bare` is the statement that fetches the like of it with no desk around. */
export interface Question {
  what: string;
  ask: (sized: Sized) => Promise<unknown>;
  bare: string;
  /** It is no aim, only told: no index serves it. */
  isTold?: true;
}

/** A running desk on a database of its own, filled by these statements and known to the planner. */
export async function openSized(stage: Stage, rows: number, fill: readonly string[]): Promise<Sized> {
  stage.say(`storing ${rows.toLocaleString("en")} rows`);
  const url = await stage.database();
  await execute(url, ...fill, "vacuum analyze");
  const test = await startDesk(url);
  stage.own(() => test.stop());
  const pool = new Pool({ connectionString: url, max: 1 });
  // A connection that is being closed when the server stops says so; nobody asks it anything any more.
  pool.on("error", () => undefined);
  stage.own(() => pool.end());
  return { rows, test, pool };
}

/** Each question of the small table over its bare statement, and of the large one over the small one. */
export async function compareSizes(
  stage: Stage,
  small: Sized,
  large: Sized,
  questions: readonly Question[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, ask, bare, isTold } of questions) {
    const plan = { runs: stage.runs, each: 10, warmUp: 5 };
    const [few = [], many = [], statement = []] = await takeTurns(plan, [
      () => ask(small),
      () => ask(large),
      () => small.pool.query(bare),
    ]);
    const [smallName, largeName] = [small.rows.toLocaleString("en"), large.rows.toLocaleString("en")];
    figures.push(
      toFigure({
        what: `${what}, ${smallName}`,
        samples: few,
        floor: { what: "its bare statement", samples: statement },
      }),
      toFigure({
        what: `${what}, ${largeName}`,
        samples: many,
        floor: { what: `with ${smallName}`, samples: few },
        ...(isTold ? {} : { aim: { text: "at most twice", isMet: ({ median, floor }) => median <= 2 * floor } }),
      }),
    );
  }
  return figures;
}
