import { inspect } from "node:util";
import { expect, test } from "vitest";
import { SealedAnswers, sealedForMs } from "@/server/desk/sealed-answer";
import { HandClock } from "@/test/hand-clock";

const gone = expect.objectContaining({ code: "reveal_gone" });

function kept(clock = new HandClock()) {
  const answers = new SealedAnswers(clock);
  return { answers, clock, token: answers.keep("ada", { key: "s3cret-of-the-account" }) };
}

test("an answer is opened once, by its owner, with its token", () => {
  const { answers, token, clock } = kept();
  expect(answers.take("ada", token)).toEqual({ key: "s3cret-of-the-account" });
  expect(() => answers.take("ada", token)).toThrow(gone);
  expect(clock.waits).toEqual([]);
});

test("somebody else's try opens nothing and takes nothing away", () => {
  const { answers, token } = kept();
  expect(() => answers.take("bram", token)).toThrow(gone);
  const [id = ""] = token.split(".");
  for (const other of ["", id, `${id}.`, `${id}.${"A".repeat(43)}`, `.${token}`])
    expect(() => answers.take("ada", other)).toThrow(gone);
  expect(answers.take("ada", token)).toEqual({ key: "s3cret-of-the-account" });
});

test("after a minute it is gone, looked at or not", () => {
  const { answers, token, clock } = kept();
  clock.advance(sealedForMs - 1);
  const later = answers.keep("ada", 2);
  clock.advance(1);
  expect(() => answers.take("ada", token)).toThrow(gone);
  expect(answers.take("ada", later)).toBe(2);
});

test("another process, which a restart makes, knows nothing of it", () => {
  const { answers, token, clock } = kept();
  expect(() => new SealedAnswers(clock).take("ada", token)).toThrow(gone);
  answers.clear();
  expect(clock.waits).toEqual([]);
  expect(() => answers.take("ada", token)).toThrow(gone);
});

test("what is kept in memory does not show it, and it is not kept without end", () => {
  const { answers, token } = kept();
  expect(inspect(answers, { depth: 9, showHidden: true })).not.toContain("s3cret");
  for (let more = 0; more < 100; more += 1) answers.keep("ada", more);
  expect(() => answers.take("ada", token)).toThrow(gone);
});
