import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "@/server/platforms/chat68/catalogue";
import { helperCodec } from "@/server/platforms/chat68/codec";
import { readHttp, unwrap } from "@/server/platforms/chat68/envelope";
import { readFrame } from "@/server/platforms/chat68/frame";
import { toInbounds } from "@/server/platforms/chat68/inbound";
import { drawMessageId, takeMessageId } from "@/server/platforms/chat68/message-id";
import { PlatformError } from "@/server/platforms/error";

const busy = { errorCode: 300, errorDesc: "很抱歉，服务繁忙" };
const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe("five shapes are success", () => {
  test.each([
    [
      "UserInfo",
      '{"commonResult":{"errCode":200},"userInfo":{"uid":"1"}}',
      { commonResult: { errCode: 200 }, userInfo: { uid: "1" } },
    ],
    ["UserInfo", '{"commonResult":{"errCode":"200"}}', { commonResult: { errCode: "200" } }],
    ["getGroups", "[]", []],
    ["sendMsg", '{"data":"success"}', "success"],
    ["deleteMsg", '{"data":"ok"}', "ok"],
    ["restart68", '{"data":"restarting"}', "restarting"],
    ["getApiUrl", '{"data":"https://webbiz.one.example"}', "https://webbiz.one.example"],
  ] as const)("%s %s", (name, body, expected) => {
    const row = catalogue[name];
    expect(unwrap(row, readHttp(row, 200, body))).toEqual(expected);
  });
});

describe("a failure never looks like a success", () => {
  test.each([200, 500])("an error at the top over HTTP, whatever its status (%i)", (status) => {
    const row = catalogue.ContactsApplyList;
    const error = thrown(() => unwrap(row, readHttp(row, status, JSON.stringify(busy))));
    expect(error).toMatchObject({ code: "platform_refused", text: busy.errorDesc, isCertain: true });
  });

  test("an error inside a frame of the socket, and one of unknown shape", () => {
    const row = catalogue.getGroups;
    for (const error of [busy, "no", 7, {}])
      expect(thrown(() => helperCodec.decode(row, { id: "1.1", type: "getGroups", data: [], error }))).toMatchObject({
        code: "platform_refused",
      });
  });

  test("a verdict other than 200 is a refusal with the platform's words", () => {
    const error = thrown(() =>
      unwrap(catalogue.GroupMemberShutup, { commonResult: { errCode: 403, errMsg: "no right" } }),
    );
    expect(error).toMatchObject({ code: "platform_refused", text: "no right" });
  });

  test("a write without a verdict is unknown, not done", () => {
    const error = thrown(() => unwrap(catalogue.GroupMemberShutup, {}));
    expect(error).toMatchObject({ code: "bad_answer", isCertain: false });
    expect(thrown(() => unwrap(catalogue.sendMsg, "fail"))).toMatchObject({ code: "result_unknown", isCertain: false });
  });

  test.each([
    [404, "Not Found", "unknown_operation"],
    [200, "<html>", "bad_answer"],
    [502, "{}", "bad_answer"],
  ] as const)("%i %s is %s", (status, body, code) => {
    expect(thrown(() => readHttp(catalogue.getGroups, status, body))).toMatchObject({ code });
  });
});

describe("frames", () => {
  test("the greeting answers no call", () => {
    expect(readFrame('{"message":"Hello"}')).toEqual({ type: "hello" });
  });

  test("a push is told by its operator, though its data has an id and a type", () => {
    const raw = { operator: "friendUpdate", data: { id: 389284, type: "friend", msgId: 9 } };
    expect(readFrame(JSON.stringify(raw))).toMatchObject({
      type: "push",
      inbounds: [{ type: "other", name: "friendUpdate.friend" }],
    });
  });

  test("a message id beyond 2^53 keeps its digits", () => {
    const frame = readFrame('{"operator":"msgNew","data":{"id":5,"type":"friend","msgId":90071992547409931}}');
    expect(frame).toMatchObject({ inbounds: [{ message: { id: "90071992547409931" } }] });
  });

  test("what a call encodes is answered under the same id, which is text and never the chat's", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1 }), (key, chat) => {
        const text = helperCodec.encode(catalogue.sendMsg, { id: chat, type: "group" }, key);
        const frame = readFrame(text);
        expect(frame.type === "answer" ? helperCodec.keyOf(frame.answer) : null).toBe(key);
      }),
    );
  });
});

test("random bytes throw nothing but our own error", () => {
  const rows = Object.values(catalogue);
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("utf8")),
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 200, max: 599 }), fc.constantFrom(...rows), (text, status, row) => {
      expect(() => readFrame(text)).not.toThrow();
      const error = thrown(() => unwrap(row, readHttp(row, status, text)));
      expect(error instanceof Error && !(error instanceof PlatformError)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...rows), (value, row) => {
      for (const run of [() => toInbounds(value), () => unwrap(row, value)]) {
        const error = thrown(run);
        expect(error instanceof Error && !(error instanceof PlatformError)).toBe(false);
      }
    }),
  );
});

describe("a message's own id", () => {
  test("has 11 digits and never starts with 0", () => {
    fc.assert(
      fc.property(fc.nat(89_999_999_999), (drawn) => {
        expect(drawMessageId((limit) => drawn % limit)).toMatch(/^[1-9]\d{10}$/);
      }),
    );
    expect(drawMessageId((limit) => limit - 1)).toBe("99999999999");
  });

  test("is never used twice: a taken one is drawn anew, a wanted one refused before anything is sent", async () => {
    const used = new Set(["10000000000"]);
    const reserve = (value: string) => Promise.resolve(!used.has(value) && used.add(value) !== undefined);
    const draws = [0, 0, 5];
    await expect(takeMessageId(reserve, undefined, () => draws.shift() ?? 9)).resolves.toBe("10000000005");
    const again = takeMessageId(reserve, "10000000005");
    await expect(again).rejects.toMatchObject({ code: "invalid_input", isSent: false });
    await expect(takeMessageId(() => Promise.reject(new Error("db")), undefined)).rejects.toMatchObject({
      code: "internal",
      isSent: false,
    });
  });
});
