import { LiveStream } from "./live-stream";
import { type Asked, eventId, newestId, now, soonMs } from "./screen";

/** What the program is told by test/bench/operators.ts, which alone starts it. `newest`: the newest request by now. */
export type Order =
  | { type: "open"; url: string; cookies: string[] }
  | { type: "expect"; asked: Asked[]; newest: string }
  | { type: "ready" };

/** What it answers: when each operator heard of the request, on the clock of `now`. */
export interface Report {
  of: Order["type"];
  fault: string | null;
  facts: number[];
  /** When each had an answer to what a page asks at once. */
  answers: number[];
}

let streams: LiveStream[] = [];
const known = new Set<string>();

const done = (of: Order["type"]): Report => ({ of, fault: null, facts: [], answers: [] });

async function open(order: Extract<Order, { type: "open" }>): Promise<Report> {
  streams = order.cookies.map((cookie) => new LiveStream(order.url, cookie));
  await Promise.all(streams.map((stream) => stream.open()));
  return done("open");
}

/** Resolves when every operator has heard of one new request, and asked all that a page asks thereupon. */
async function expect({ asked, newest }: Extract<Order, { type: "expect" }>): Promise<Report> {
  const report = done("expect");
  let id = "";
  await Promise.all(
    streams.map(async (stream) => {
      id = await new Promise<string>((resolve) => {
        stream.onFact = (fact) => {
          if (fact.topic === "request" && !known.has(fact.id)) resolve(fact.id);
        };
      });
      report.facts.push(now());
      await Promise.all(
        asked.map(async ({ path, body, afterMs }) => {
          await new Promise<void>((resolve) => setTimeout(resolve, afterMs));
          await stream.post(path, body.replaceAll(eventId, id).replaceAll(newestId, newest));
          if (afterMs < soonMs) report.answers.push(now());
        }),
      );
    }),
  );
  known.add(id);
  return report;
}

process.on("message", (order: Order) => {
  const answer = order.type === "open" ? open(order) : order.type === "expect" ? expect(order) : done("ready");
  Promise.resolve(answer).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ ...done(order.type), fault: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
