import { LiveStream } from "./live-stream";
import { type Asked, now } from "./screen";

/** What the program is told. `asked`, `sample`: see test/bench/operators.ts, which alone starts it. */
export type Order =
  | { type: "open"; url: string; cookies: string[]; asked: Asked[]; sample: string }
  | { type: "expect"; words: string }
  | { type: "ready" };

/** What it answers: when each operator heard of the request and when they had its row, on the clock of `now`. */
export interface Report {
  of: Order["type"];
  fault: string | null;
  facts: number[];
  rows: number[];
}

let streams: LiveStream[] = [];
let asked: Asked[] = [];
let sample = "";
const known = new Set<string>();

const done = (of: Order["type"]): Report => ({ of, fault: null, facts: [], rows: [] });

async function open(order: Extract<Order, { type: "open" }>): Promise<Report> {
  ({ asked, sample } = order);
  streams = order.cookies.map((cookie) => new LiveStream(order.url, cookie));
  await Promise.all(streams.map((stream) => stream.open()));
  return done("open");
}

/** Resolves when every operator has heard of one new request, asked all that a page asks thereupon, and has its row. */
async function expect(words: string): Promise<Report> {
  const report = done("expect");
  let id = "";
  await Promise.all(
    streams.map(async (stream) => {
      id = await new Promise<string>((resolve) => {
        stream.onFact = (fact) => {
          if (fact.topic === "request" && !known.has(fact.id)) resolve(fact.id);
        };
      });
      const heardAt = now();
      report.facts.push(heardAt);
      let rowAt: number | null = null;
      await Promise.all(
        asked.map(async ({ path, body, afterMs }) => {
          await new Promise<void>((resolve) => setTimeout(resolve, afterMs));
          const text = await stream.post(path, body.replaceAll(sample, id));
          if (text.includes(words)) rowAt ??= now();
        }),
      );
      if (rowAt === null) throw new Error("the row was in no answer");
      report.rows.push(rowAt);
    }),
  );
  known.add(id);
  return report;
}

process.on("message", (order: Order) => {
  const answer = order.type === "open" ? open(order) : order.type === "expect" ? expect(order.words) : done("ready");
  Promise.resolve(answer).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ ...done(order.type), fault: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
