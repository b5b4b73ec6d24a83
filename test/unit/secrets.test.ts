import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mask } from "@/server/audit/mask";
import { redact } from "@/server/audit/redact";
import { createLogger } from "@/server/log";
import { catalogues } from "@/server/platforms/catalogues";
import { PlatformError } from "@/server/platforms/error";
import type { Row } from "@/server/platforms/row";
import { pathsOf, planted, shaped, wireSchema } from "../row-values";

const rows = Object.values(catalogues).flatMap((catalogue): Row[] => Object.values(catalogue));
const plain = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme-ascii" });
const secret = fc.stringMatching(/^[A-Za-z0-9]{24}$/);

/** Names that mean a secret. */
const word = /pass(word|wd)?$|token|secret|cookie|client_?key|rkey|skey|csrf|bkn|captcha|credential|authorization/i;

/** What is named like a secret and is none. */
const harmless: Readonly<Record<string, string>> = {
  "napcat.fetch_emoji_like output cookie": "marks the next page of a list",
  "chat68.UserInfo output userInfo.bfPassword": "whether the account has one",
  "chat68.UserInfo output bfPassword": "whether the account has one",
  "im.get.captcha.image output captcha": "a picture to be shown to whoever asked for it",
  "im.post.login.basic output needUpdatePassword": "whether the account has one",
  "im.post.register.basic output needUpdatePassword": "whether the account has one",
  "im.post.login.email output needUpdatePassword": "whether the account has one",
  "im.post.login.mobile output needUpdatePassword": "whether the account has one",
};

describe("what a row calls secret", () => {
  test.each(["input", "output"] as const)("is all of its %s that is named like a secret", (side) => {
    const forgotten = rows.flatMap((row) =>
      pathsOf(wireSchema(row, side))
        .filter((path) => word.test(path.split(".").at(-1) ?? ""))
        .filter((path) => !row.secrets[side].some((known) => path === known || path.startsWith(`${known}.`)))
        .map((path) => `${row.id} ${side} ${path}`),
    );
    expect(forgotten.filter((each) => harmless[each] === undefined)).toEqual([]);
  });

  const withSecrets = rows.flatMap((row) =>
    (["input", "output"] as const).flatMap((side) =>
      row.secrets[side].map((path) => ({ name: `${row.id} ${side} ${path}`, row, side, path })),
    ),
  );

  test.each(withSecrets)("survives nowhere: $name", ({ row, side, path }) => {
    fc.assert(
      fc.property(shaped(wireSchema(row, side), plain), secret, (value, hidden) => {
        const full = planted(value, path, hidden);
        expect(JSON.stringify(full)).toContain(hidden);
        // The record, at the depth of an operation's own input and of the console's.
        expect(JSON.stringify(redact(full, row.secrets[side]))).not.toContain(hidden);
        const inner = row.secrets[side].map((each) => `input.${each}`);
        expect(JSON.stringify(redact({ input: full }, inner))).not.toContain(hidden);
        // The console, which shows what goes out and what comes back.
        expect(JSON.stringify(mask(full, row.secrets[side]))).not.toContain(hidden);
      }),
      { numRuns: 15 },
    );
  });
});

test("a log line about a failed call holds nothing of what was sent", () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLogger("info", destination);
  const hidden = "zzSecretzz";
  const cause = new Error(`fetch http://me:${hidden}@127.0.0.1/ws?t=1&access_token=${hidden} failed`);
  log.warn({ err: new PlatformError("connection_lost", { isSent: true, cause }) }, "failed");
  log.warn({ call: { input: { token: hidden, password: hidden } } }, "failed");
  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toContain(hidden);
});
