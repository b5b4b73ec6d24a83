import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogues } from "@/server/platforms/catalogues";
import { catalogue as chat68 } from "@/server/platforms/chat68/catalogue";
import { helperCodec } from "@/server/platforms/chat68/codec";
import { readFrame as readChat68 } from "@/server/platforms/chat68/frame";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { readFrame as readIm } from "@/server/platforms/im/inbound";
import { readClaims } from "@/server/platforms/im/token";
import { decompressed } from "@/server/platforms/inflate";
import { catalogue as napcat } from "@/server/platforms/napcat/catalogue";
import { onebotCodec } from "@/server/platforms/napcat/codec";
import { readFrame as readNapcat } from "@/server/platforms/napcat/frame";
import type { Row } from "@/server/platforms/row";
import { catalogue as yunhu } from "@/server/platforms/yunhu/catalogue";
import { readAnswer } from "@/server/platforms/yunhu/codec";
import { decode, encode } from "@/server/platforms/yunhu/protobuf";
import { shaped, wireSchema } from "../row-values";
import { type Field, message } from "../simulators/yunhu/bytes";

/** Lets our own error pass and nothing else. */
function survives(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
  }
}

const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("0", "-1", "1e9", "9007199254740993", "\u0000"),
);
const rows = Object.values(catalogues).flatMap((catalogue): Row[] => Object.values(catalogue));

describe("every operation", () => {
  test.each(rows.map((row): [string, Row] => [row.id, row]))(
    "%s reads what is nearly right, or nothing like it, without a fault of its own",
    (_id, row) => {
      fc.assert(
        fc.property(fc.oneof(shaped(wireSchema(row, "output"), odd), fc.jsonValue(), fc.anything()), (answer) => {
          survives(() => parseOutput(row, answer));
        }),
        { numRuns: 10 },
      );
      fc.assert(
        fc.property(fc.oneof(shaped(wireSchema(row, "input"), odd), fc.jsonValue()), (input) => {
          survives(() => parseInput(row, input));
        }),
        { numRuns: 10 },
      );
    },
  );
});

const key = fc.stringMatching(/^[1-9]\d{0,3}\.[1-9]\d{0,5}$/);

describe("what goes out over a socket", () => {
  test("of NapCat is read back as the same action, parameters and echo", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Row>(...Object.values(napcat)),
        fc.dictionary(fc.string(), fc.jsonValue()),
        key,
        (row, input, echo) => {
          const frame: unknown = JSON.parse(onebotCodec.encode(row, input, echo));
          expect(frame).toEqual(JSON.parse(JSON.stringify({ action: row.operation, params: input, echo })));
          const answer = JSON.stringify({ status: "ok", retcode: 0, data: null, echo });
          const read = readNapcat(answer);
          expect(read.type === "answer" && onebotCodec.keyOf(read.answer)).toBe(echo);
        },
      ),
    );
  });

  test("of 68chat is read back under the same id", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Row>(...Object.values(chat68)),
        fc.dictionary(fc.string(), fc.jsonValue()),
        key,
        (row, body, id) => {
          const frame = JSON.parse(helperCodec.encode(row, body, id));
          expect(frame).toMatchObject({ id, data: JSON.parse(JSON.stringify(body)) });
          const read = readChat68(JSON.stringify({ id, type: frame.type, data: {} }));
          expect(read.type === "answer" && helperCodec.keyOf(read.answer)).toBe(id);
        },
      ),
    );
  });

  test("an answer that cannot be read keeps its key, whatever else it holds", () => {
    fc.assert(
      fc.property(key, fc.jsonValue(), (own, junk) => {
        const napcatFrame = readNapcat(JSON.stringify({ echo: own, status: junk, retcode: "x" }));
        expect(napcatFrame).toMatchObject({ type: "fault", key: own });
        expect(readChat68(JSON.stringify({ id: own, type: 7, data: junk }))).toMatchObject({ type: "fault", key: own });
      }),
    );
  });
});

test("frames of any bytes are one of the known kinds on every socket", () => {
  const texts = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString()),
    fc.json(),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const read of [readNapcat, readChat68, (each: string) => readIm(each, "5")])
        expect(read(text).type).toMatch(/^(answer|event|fault|hello|push|ping)$/);
      readClaims(text);
    }),
    { numRuns: 500 },
  );
});

const name = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" });

describe("Yunhu's protobuf", () => {
  const status = message([2, 1]);
  const entryOf = (fields: Field[]) => {
    const body = message([1, status], [2, message([1, "x"], [2, message(...fields)])]);
    const row = yunhu["address-book-list"];
    return row.output.parse(readAnswer(row, { number: "" }, { status: 200, contentType: "", body })).data[0]?.data[0];
  };

  test("names and remarks are kept by both numberings", () => {
    fc.assert(
      fc.property(name, name, (own, remark) => {
        expect(
          entryOf([
            [1, "5"],
            [2, own],
          ]),
        ).toMatchObject({ name: own, remark: "" });
        const newer = entryOf([
          [1, "5"],
          [2, remark],
          [8, own],
        ]);
        expect(newer).toMatchObject({ name: own, remark: remark === own ? "" : remark });
      }),
    );
  });

  test("a push is decoded as it was encoded, and what follows it is passed over", () => {
    fc.assert(
      fc.property(name, name, fc.uint8Array({ maxLength: 40 }), (seq, cmd, rest) => {
        const bytes = Buffer.concat([encode("Push", { info: { seq, cmd } }), message([2, rest])]);
        expect(decode("Push", bytes)).toEqual({ info: { seq, cmd } });
      }),
    );
  });

  test("an int64 keeps every digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }), (number) => {
        expect(decode("Status", message([1, number]))).toEqual({ number: String(number) });
      }),
    );
  });
});

test("a compressed body is what it was, and any bytes that claim to be one are our own error", async () => {
  const press = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 500 }),
      fc.constantFrom("gzip", "deflate", "br"),
      async (bytes, encoding) => {
        // One of the three names above.
        const made = press[encoding as keyof typeof press](bytes);
        expect(await decompressed(made, encoding, 1_000)).toEqual(Buffer.from(bytes));
        const error: unknown = await decompressed(Buffer.from(bytes), encoding, 1_000).catch((cause: unknown) => cause);
        expect(Buffer.isBuffer(error) || error instanceof PlatformError).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});
