import { beforeEach, describe, expect, it } from "vitest";
import type { ErrorCode } from "@/lib/errors";
import { Circuit, failureLimit, firstPauseMs, longestPauseMs } from "@/server/gateway/circuit";
import { PlatformError } from "@/server/platforms/error";
import { HandClock } from "../hand-clock";

let clock: HandClock;
let told: string[];
/** What the next look finds; null: an answer. */
let found: ErrorCode | null;
let looks: number;
let circuit: Circuit;

beforeEach(() => {
  clock = new HandClock();
  told = [];
  found = null;
  looks = 0;
  circuit = new Circuit({
    clock,
    random: () => 0,
    look: async () => {
      looks += 1;
      if (found !== null) throw new PlatformError(found, { isSent: true });
    },
    opened: ({ error, seconds }) => told.push(`${error} ${seconds}`),
    closed: () => told.push("closed"),
  });
});

async function fail(code: ErrorCode = "timeout"): Promise<void> {
  clock.advance(1);
  await expect(circuit.run(() => Promise.reject(new PlatformError(code, { isSent: true })))).rejects.toMatchObject({
    code,
  });
}

async function open(): Promise<void> {
  for (let times = 0; times < failureLimit; times++) await fail();
}

/** Lets a look that has begun come to its end. */
const settled = () => new Promise((done) => setImmediate(done));

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await settled();
}

describe("a platform that does not answer", () => {
  it("is sent nothing after so many failures in a row, and who asks is told when it is tried again", async () => {
    await open();
    clock.advance(3_000);
    const sent: string[] = [];
    const call = circuit.run(async () => sent.push("sent"));
    await expect(call).rejects.toMatchObject({ code: "circuit_open", isSent: false, detail: { seconds: 12 } });
    expect(() => circuit.refuse()).toThrow("circuit_open");
    expect(sent).toEqual([]);
    expect(told).toEqual(["timeout 15"]);
    expect(circuit.openMs).toBe(3_000);
  });

  it("goes on being asked as long as it answers now and then, with a refusal too", async () => {
    for (let times = 0; times < 20; times++) {
      for (let failures = 1; failures < failureLimit; failures++) await fail("bad_answer");
      await fail(times % 2 === 0 ? "platform_refused" : "token_rejected");
    }
    expect(circuit.isOpen).toBe(false);
  });

  it("has failed once when many calls that were under way together fail together", async () => {
    const all = Array.from({ length: 50 }, () =>
      circuit.run(async () => {
        await Promise.resolve();
        throw new PlatformError("connection_lost", { isSent: true });
      }),
    );
    clock.advance(1);
    await Promise.allSettled(all);
    expect(circuit.isOpen).toBe(false);
  });

  it("is not blamed for what we gave up ourselves", async () => {
    for (let times = 0; times < 20; times++)
      for (const code of ["aborted", "shutting_down", "not_connected"] as const) await fail(code);
    expect(circuit.isOpen).toBe(false);
  });

  it("is looked at once, not by everybody who waits, and lets all through when it answers", async () => {
    await open();
    await pass(firstPauseMs - 1);
    expect(looks).toBe(0);
    await pass(1);
    expect(looks).toBe(1);
    expect(told).toEqual(["timeout 15", "closed"]);
    await expect(circuit.run(async () => "through")).resolves.toBe("through");
    expect(clock.waits).toEqual([]);
  });

  it("answers a look with a refusal: it is there", async () => {
    await open();
    found = "platform_refused";
    await pass(firstPauseMs);
    expect(circuit.isOpen).toBe(false);
  });

  it("stays alone for twice as long after each look that fails, but never for ever", async () => {
    found = "timeout";
    await open();
    const waits: number[] = [];
    for (let times = 0; times < 7; times++) {
      waits.push(clock.waits[0] ?? 0);
      await pass(clock.waits[0] ?? 0);
    }
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, longestPauseMs, longestPauseMs]);
    expect(looks).toBe(7);
  });

  it("that answers looks only is left alone again at the first call, for longer", async () => {
    await open();
    await pass(firstPauseMs);
    await fail();
    expect(clock.waits).toEqual([2 * firstPauseMs]);
    await pass(2 * firstPauseMs);
    await circuit.run(async () => "answered");
    for (let failures = 1; failures < failureLimit; failures++) await fail();
    expect(circuit.isOpen).toBe(false);
  });

  it("that is connected anew is asked again at once, and a look from before settles nothing", async () => {
    let answer = () => {};
    const slow = new Circuit({
      clock,
      random: () => 0,
      look: () =>
        new Promise<void>((done) => {
          answer = done;
        }),
      closed: () => told.push("closed"),
    });
    const failing = () => slow.run(() => Promise.reject(new PlatformError("timeout", { isSent: true })));
    for (let times = 0; times < failureLimit; times++) {
      clock.advance(1);
      await failing().catch(() => undefined);
    }
    clock.advance(firstPauseMs);
    slow.reset();
    expect(slow.isOpen).toBe(false);
    answer();
    await settled();
    expect(told).toEqual([]);
    expect(clock.waits).toEqual([]);
  });

  it("is looked at by many bots at different moments", () => {
    const at = [0, 0.5, 0.99].map((share) => {
      const own = new HandClock();
      const one = new Circuit({ clock: own, random: () => share, look: async () => undefined });
      return { own, one };
    });
    return Promise.all(
      at.map(async ({ own, one }) => {
        for (let times = 0; times < failureLimit; times++) {
          own.advance(1);
          await one.run(() => Promise.reject(new PlatformError("timeout", { isSent: true }))).catch(() => undefined);
        }
        return own.waits[0];
      }),
    ).then((waits) => expect(new Set(waits).size).toBe(3));
  });
});
