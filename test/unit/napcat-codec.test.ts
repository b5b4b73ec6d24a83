import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Correlator } from "@/server/platforms/correlator";
import { PlatformError } from "@/server/platforms/error";
import { excerpt } from "@/server/platforms/excerpt";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { onebotCodec } from "@/server/platforms/napcat/codec";
import { Answer, hiddenFailure, unwrap } from "@/server/platforms/napcat/envelope";
import { readFrame } from "@/server/platforms/napcat/frame";

const read = catalogue.get_status;
const write = catalogue.set_group_add_request;
const never = () => new AbortController().signal;

function answer(extra: object): Answer {
  return Answer.parse({ status: "ok", retcode: 0, data: null, message: "", wording: "", echo: null, ...extra });
}

describe("reading frames", () => {
  test("random text and random JSON never throw", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(["answer", "event", "fault"]).toContain(readFrame(text).type);
      }),
      { numRuns: 1_000 },
    );
  });

  test("random events with known names never throw", () => {
    const event = fc.record(
      {
        post_type: fc.constantFrom("request", "notice", "meta_event", "message", "message_sent", "x"),
        self_id: fc.oneof(fc.nat(), fc.string(), fc.constant(null)),
        request_type: fc.constantFrom("friend", "group", "x"),
        notice_type: fc.constantFrom(
          ...["friend_add", "group_increase", "group_decrease", "group_ban", "group_admin", "group_card", "notify"],
          ...["essence", "group_upload", "group_recall", "friend_recall", "group_msg_emoji_like", "bot_offline", "x"],
        ),
        message_type: fc.constantFrom("private", "group", "x"),
        message: fc.jsonValue(),
        message_id: fc.jsonValue(),
        duration: fc.jsonValue(),
        target_id: fc.jsonValue(),
        likes: fc.jsonValue(),
        meta_event_type: fc.constantFrom("heartbeat", "lifecycle"),
        sub_type: fc.oneof(fc.constantFrom("add", "invite", "connect", "ban", "poke", "title"), fc.jsonValue()),
        user_id: fc.jsonValue(),
        group_id: fc.jsonValue(),
        flag: fc.jsonValue(),
        status: fc.jsonValue(),
        interval: fc.jsonValue(),
      },
      { requiredKeys: ["post_type"] },
    );
    fc.assert(
      fc.property(event, (value) => {
        expect(["event", "fault"]).toContain(readFrame(JSON.stringify(value)).type);
      }),
    );
  });

  test("random answers settle a call with data or with our own error", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.integer(),
        fc.string(),
        fc.boolean(),
        async (data, retcode, status, isWrite) => {
          const correlator = new Correlator(onebotCodec, () => undefined, 1);
          const sent = correlator.send(isWrite ? write : read, {}, { signal: never() }).then(
            () => true,
            (error: unknown) => error instanceof PlatformError,
          );
          expect(correlator.receive(answer({ data, retcode, status, echo: "1.1" }))).toBe("settled");
          expect(await sent).toBe(true);
        },
      ),
    );
  });
});

describe("matching answers to calls", () => {
  function open(generation = 1) {
    const written: string[] = [];
    const correlator = new Correlator(onebotCodec, (text) => written.push(text), generation);
    return { written, correlator };
  }

  test("an answer that arrives before the write returns still finds its call", async () => {
    const correlator: Correlator<Answer> = new Correlator(
      onebotCodec,
      (text) => correlator.receive(answer({ echo: JSON.parse(text).echo, data: { online: true } })),
      1,
    );
    await expect(correlator.send(read, {}, { signal: never() })).resolves.toEqual({ online: true });
  });

  test("answers out of order reach their own calls", async () => {
    const { correlator, written } = open();
    const one = correlator.send(read, {}, { signal: never() });
    const two = correlator.send(read, {}, { signal: never() });
    const [first, second] = written.map((text) => JSON.parse(text).echo);
    correlator.receive(answer({ echo: second, data: 2 }));
    correlator.receive(answer({ echo: first, data: 1 }));
    await expect(Promise.all([one, two])).resolves.toEqual([1, 2]);
  });

  test("a reply that arrives after the timeout is dropped, and so is a second reply", async () => {
    const { correlator } = open();
    const timeout = new AbortController();
    const sent = correlator.send(write, {}, { signal: timeout.signal });
    timeout.abort(new DOMException("late", "TimeoutError"));
    await expect(sent).rejects.toMatchObject({ code: "timeout", isSent: true, isCertain: false });
    expect(correlator.receive(answer({ echo: "1.1" }))).toBe("late");
    expect(correlator.size).toBe(0);
  });

  test("a reply meant for an older socket answers no call of this one", async () => {
    const { correlator } = open(2);
    const sent = correlator.send(read, {}, { signal: never() });
    expect(correlator.receive(answer({ echo: "1.1", data: "old" }))).toBe("foreign");
    expect(correlator.receive(answer({ echo: null, data: "nobody's" }))).toBe("foreign");
    correlator.receive(answer({ echo: "2.1", data: "ours" }));
    await expect(sent).resolves.toBe("ours");
  });

  test("a closing socket leaves no call waiting, and none of them is said to have failed for certain", async () => {
    const { correlator } = open();
    const sent = [write, read].map((row) => correlator.send(row, {}, { signal: never() }));
    correlator.close(new PlatformError("connection_lost", { isSent: false }));
    for (const each of sent) await expect(each).rejects.toMatchObject({ code: "connection_lost", isSent: true });
    await expect(correlator.send(read, {}, { signal: never() })).rejects.toMatchObject({
      code: "not_connected",
      isSent: false,
    });
  });

  test("a call that was given up before it was sent is certainly not sent", async () => {
    const { correlator, written } = open();
    await expect(correlator.send(write, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
      isSent: false,
    });
    expect(written).toEqual([]);
  });

  test("a write that fails rejects its call at once", async () => {
    const correlator = new Correlator<Answer>(onebotCodec, (_text, done) => done(new Error("EPIPE")), 1);
    await expect(correlator.send(read, {}, { signal: never() })).rejects.toMatchObject({ code: "connection_lost" });
    expect(correlator.size).toBe(0);
  });
});

describe("what an answer means", () => {
  test.each([
    [200, "platform_refused", "No such request"],
    [1200, "platform_refused", "No such request"],
    [200, "unknown_operation", "不支持的Api get_x"],
    [1404, "unknown_operation", "unknown"],
    [400, "rejected_input", "schema"],
    [1400, "rejected_input", "schema"],
    [1403, "token_rejected", "token验证失败"],
    [200, "result_unknown", "Error: Timeout: NTEvent serviceAndMethod"],
  ])("retcode %i is %s, although HTTP says 200", (retcode, code, words) => {
    const failed = answer({ status: "failed", retcode, wording: words });
    expect(() => unwrap(write, failed)).toThrow(expect.objectContaining({ code, text: words, isSent: true }));
  });

  test("retcode 200 is not taken for success even when the status says ok", () => {
    expect(() => unwrap(read, answer({ retcode: 200 }))).toThrow(PlatformError);
    expect(() => unwrap(read, answer({ status: "failed", retcode: 0 }))).toThrow(PlatformError);
  });

  test("a timeout inside NapCat leaves the result open, a refusal does not", () => {
    const thrown = (words: string) => {
      try {
        return unwrap(write, answer({ status: "failed", retcode: 200, message: words }));
      } catch (error) {
        return error;
      }
    };
    expect(thrown("Timeout: x")).toMatchObject({ isCertain: false });
    expect(thrown("No such request")).toMatchObject({ isCertain: true });
  });

  test.each([
    [{ valid: false, message: "不是好友" }, "不是好友"],
    [{ result: 1, errMsg: "no" }, "no"],
    [{ result: "5" }, ""],
    [{ result: { retCode: 3, retMsg: "no" } }, "no"],
    [{ result: { wording: "no right" }, errCode: 0 }, "no right"],
    [{ errCode: "-1", errMsg: "no" }, "no"],
    [{ ok: false }, ""],
    [{ errCode: 0, result: { wording: "", errorCode: 11 } }, ""],
    [{ retCode: 5, retMsg: "", clientWording: "no such folder" }, "no such folder"],
    [{ result: 0, errMsg: "", transGroupFileResult: { result: { retCode: 2, retMsg: "no" } } }, "no"],
    [{ result: 0, errMsg: "", transGroupFileResult: { result: { retCode: 0 }, failFileIdList: ["f"] } }, ""],
  ])("%j is a failure inside a success", (data, words) => {
    expect(hiddenFailure(data)).toBe(words);
    expect(() => unwrap(write, answer({ data }))).toThrow(
      expect.objectContaining({ code: "not_carried_out", text: words || null, isCertain: true }),
    );
    expect(() => unwrap(read, answer({ data }))).toThrow(
      expect.objectContaining({ code: "platform_refused", text: words || null }),
    );
  });

  test.each([
    null,
    {},
    { result: 0, errMsg: "" },
    { result: "0" },
    { result: { wording: "" } },
    { message_id: 5 },
    { ok: true },
    { result: 0, transGroupFileResult: { result: { retCode: 0 }, successFileIdList: ["f"], failFileIdList: [] } },
    { groupCode: "1", resultCode: 0, extInfo: {} },
    "x",
    [],
  ])("%j is none", (data) => {
    expect(hiddenFailure(data)).toBeNull();
  });
});

describe("what is shown of an unreadable frame", () => {
  test("never the token, nor a named secret, nor more than 200 characters", () => {
    const token = "s3cret-Token";
    expect(excerpt(`{"a":"${token}","access_token":"zzz","Cookie": "k=v"}`, [token])).toBe(
      '{"a":"[redacted]","access_token":"[redacted]","Cookie": "[redacted]"}',
    );
    expect(excerpt("Authorization: Bearer abc def", [])).toBe("Authorization: Bearer [redacted] def");
    expect(excerpt(`${"x".repeat(195)}${token}`, [token])).not.toContain("s3c");
    expect(excerpt("😀".repeat(300), []).length).toBeLessThanOrEqual(200);
  });
});
