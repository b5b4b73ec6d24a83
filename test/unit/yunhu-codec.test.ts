import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";
import { catalogue } from "@/server/platforms/yunhu/catalogue";
import { readAnswer, toBody } from "@/server/platforms/yunhu/codec";
import { toInbound } from "@/server/platforms/yunhu/inbound";
import { decode, encode, type MessageName } from "@/server/platforms/yunhu/protobuf";
import { type Field, message } from "@/test/simulators/yunhu/bytes";

const book = catalogue["address-book-list"];
const list = catalogue["request-list"];
const status = message([1, 9_007_199_254_740_993n], [2, 1], [3, "success"]);
const answer = (body: Uint8Array | string, contentType = "", httpStatus = 200) => ({
  status: httpStatus,
  contentType,
  body: typeof body === "string" ? Buffer.from(body) : body,
});
const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};
/** A book of one entry with these fields. */
const bookOf = (...entry: Field[]) => message([1, status], [2, message([1, "用户"], [2, message(...entry)])]);
const firstEntry = (body: Buffer) => {
  const read = book.output.parse(readAnswer(book, { number: "" }, answer(body)));
  return read.data[0]?.data[0];
};

describe("the address book", () => {
  test("is asked for by field 2, as the document counts", () => {
    const { body } = toBody(book, { number: "123123" });
    expect(Buffer.from(body)).toEqual(Buffer.from([0x12, 0x06, ...Buffer.from("123123")]));
  });

  test("by the document's numbers field 2 is the name", () => {
    expect(firstEntry(bookOf([1, "5"], [2, "Ann"], [4, 100], [5, 1]))).toMatchObject({
      chat_id: "5",
      name: "Ann",
      remark: "",
      permisson_level: 100,
      noDisturb: true,
    });
  });

  test("by the newer numbers a remarked friend keeps the own name", () => {
    expect(firstEntry(bookOf([1, "5"], [2, "boss"], [8, "Ann"]))).toMatchObject({ name: "Ann", remark: "boss" });
    expect(firstEntry(bookOf([1, "5"], [8, "Ann"]))).toMatchObject({ name: "Ann", remark: "" });
    expect(firstEntry(bookOf([1, "5"], [2, "Ann"], [8, "Ann"]))).toMatchObject({ name: "Ann", remark: "" });
  });

  test("an unchanged book is not a book without friends", () => {
    const empty = message([1, status]);
    expect(readAnswer(book, { number: "" }, answer(empty))).toMatchObject({ data: [], isUnchanged: false });
    const unchanged = parseOutput(book, readAnswer(book, { number: "abc" }, answer(empty))).value;
    expect(unchanged).toMatchObject({ data: [], isUnchanged: true });
  });
});

describe("the list of requests", () => {
  test("is asked for with an empty body", () => {
    expect(toBody(list, {})).toEqual({ body: new Uint8Array(), contentType: "application/octet-stream" });
  });

  test("keeps every digit of an int64, and what is left out is 0 or empty", () => {
    const body = message([1, status], [2, message([18, 7], [3, "Ann"], [14, 9_223_372_036_854_775_807n])], [4, 1]);
    const read = list.output.parse(readAnswer(list, {}, answer(body)));
    expect(read.status.number).toBe("9007199254740993");
    expect(read.requests[0]).toMatchObject({ requestId: "7", result: 0, processedAt: "9223372036854775807", note: "" });
  });
});

describe("a failure never looks like a success", () => {
  test("0 and negative codes are refusals with the platform's words, in JSON and in protobuf", () => {
    for (const code of [0, -1, -9, 2]) {
      const words = JSON.stringify({ code, msg: "已添加" });
      expect(thrown(() => readAnswer(catalogue.apply, {}, answer(words)))).toMatchObject({
        code: "platform_refused",
        text: "已添加",
        isCertain: true,
      });
      const bytes = message([1, message([2, code], [3, "no"])]);
      expect(thrown(() => readAnswer(list, {}, answer(bytes)))).toMatchObject({ code: "platform_refused", text: "no" });
    }
  });

  test("an error in JSON where protobuf is expected is read as that, with its type told or not", () => {
    const words = '{"code":1003,"msg":"未登录"}';
    for (const contentType of ["application/json", ""])
      expect(thrown(() => readAnswer(list, {}, answer(words, contentType)))).toMatchObject({ code: "token_rejected" });
  });

  test("protobuf garbage, an empty answer and a page are one clear error", () => {
    for (const body of [Buffer.from([0xff, 0xff]), Buffer.alloc(0), Buffer.from("<html>"), Buffer.from("{}")])
      expect(thrown(() => readAnswer(list, {}, answer(body)))).toMatchObject({ code: "bad_answer" });
    expect(thrown(() => readAnswer(catalogue.apply, {}, answer("404 page", "", 404)))).toMatchObject({
      code: "unknown_operation",
    });
    expect(thrown(() => readAnswer(list, {}, answer("", "", 401)))).toMatchObject({ code: "token_rejected" });
  });

  test("JSON that says success is no list", () => {
    expect(thrown(() => readAnswer(list, {}, answer('{"code":1}')))).toMatchObject({ code: "bad_answer" });
  });
});

const names: MessageName[] = ["AddressBookRequest", "AddressBook", "RequestList", "Push", "PushedMessage", "Status"];
const isOurs = (error: unknown) => !(error instanceof Error) || error instanceof PlatformError;

test("random bytes throw nothing but our own error", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 60 }).map((rest) => message([1, status], [2, rest], [3, 1])),
    fc.json().map((text) => Buffer.from(text)),
  );
  const rows = Object.values(catalogue);
  fc.assert(
    fc.property(bytes, fc.constantFrom(...rows), fc.constantFrom(...names), (body, row, name) => {
      expect(isOurs(thrown(() => decode(name, body)))).toBe(true);
      expect(isOurs(thrown(() => parseOutput(row, readAnswer(row, { number: "" }, answer(body)))))).toBe(true);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(isOurs(thrown(() => toInbound(value, "5")))).toBe(true);
    }),
  );
});

test("what is encoded is decoded", () => {
  const requests = fc.array(
    fc.record({
      requestId: fc.integer({ min: 1, max: 2_147_483_647 }),
      name: fc.string({ minLength: 1, unit: "grapheme" }),
      inviteAt: fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String),
    }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(requests, (list) => {
      expect(decode("RequestList", encode("RequestList", { requests: list }))).toEqual({ requests: list });
    }),
  );
});
