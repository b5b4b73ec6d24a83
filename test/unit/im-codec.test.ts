import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlatformError } from "@/server/platforms/error";
import { addressOf, socketAddress } from "@/server/platforms/im/address";
import { catalogue } from "@/server/platforms/im/catalogue";
import { unwrap } from "@/server/platforms/im/envelope";
import { encodeForm, toFields } from "@/server/platforms/im/form";
import { readFrame, toInbound } from "@/server/platforms/im/inbound";
import { readClaims, TokenKeeper } from "@/server/platforms/im/token";
import { typingFrame } from "@/server/platforms/im/typing";
import type { Row } from "@/server/platforms/row";

const base = "http://im.example:8081/api/v1";
const rows: Row[] = Object.values(catalogue);

function token(accountId: number, madeAt: number, mark: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part({ id: accountId, iat: madeAt })}.s${mark}`;
}

/** Only our own error may leave a codec. */
function survives(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
  }
}

describe("a form", () => {
  test("is read by somebody else's reader as it was written, line breaks and quotes included", async () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.startsWith("\uFEFF"));
    const value = fc.oneof(text, fc.constantFrom("a\nb", "a\r\nb", "\r\n--", "--\r\n\r\n", '"', "=&%0A"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("toId", "members", "body"), value)), async (fields) => {
        const { contentType, body } = encodeForm(fields);
        const form = await new Response(new Uint8Array(body), {
          headers: { "content-type": contentType },
        }).formData();
        expect([...form]).toEqual(fields.map(([name, each]) => [name, each.toWellFormed()]));
      }),
    );
  });

  test("names a list's entries alike, without brackets, and leaves out what is not given", () => {
    expect(toFields({ groupId: "1", members: ["2", "3"], reason: undefined, isManager: 0 })).toEqual([
      ["groupId", "1"],
      ["members", "2"],
      ["members", "3"],
      ["isManager", "0"],
    ]);
  });

  test("does not carry what it cannot: nothing is sent", () => {
    for (const value of [{ a: 1 }, Number.NaN, [["1"]]])
      expect(() => toFields({ value })).toThrow(expect.objectContaining({ code: "invalid_input", isSent: false }));
  });
});

describe("an address", () => {
  test.each(rows.map((row) => [row.operation, row] as const))(
    "%s: the row's whole path after the base",
    (_name, row) => {
      for (const each of [base, `${base}/`, "http://im.example:8081"]) {
        const { pathname } = addressOf(each, row, {});
        expect(pathname).toBe(`${each === "http://im.example:8081" ? "" : "/api/v1"}${row.route.path}`);
      }
    },
  );

  test("half a path deletes a friend: it is refused", () => {
    const row = catalogue["delete.friends.groups.members"];
    for (const path of [
      "/friends/",
      "/friends//members",
      "friends",
      "",
      "/friends/../friends",
      "/friends?x",
      "/friends#",
    ]) {
      const half = { ...row, route: { ...row.route, path } };
      expect(() => addressOf(base, half, {})).toThrow(expect.objectContaining({ isSent: false }));
    }
  });

  test("of a GET carries the input, of all else nothing", () => {
    expect(addressOf(base, catalogue["get.chatGroups.common"], { toId: "7" }).search).toBe("?toId=7");
    for (const row of rows.filter(({ route }) => route.method !== "GET"))
      expect(addressOf(base, row, { toId: "7", password: "secret" }).search).toBe("");
  });

  test("of the socket is not doubled", () => {
    expect(socketAddress(base, "a.b+c").href).toBe(
      "ws://im.example:8081/api/v1/ws?t=a.b%2Bc&platform=h5&protocol=json",
    );
    expect(socketAddress("https://im.example/api/v1/", "t").href).toMatch(/^wss:\/\/im\.example\/api\/v1\/ws\?/);
  });
});

describe("answers and pushes", () => {
  const read = catalogue["get.me.info"];
  const write = catalogue["post.friends.add"];
  const fault = (row: Row, status: number, body: string) => {
    try {
      unwrap(row, status, body);
    } catch (error) {
      if (error instanceof PlatformError) return [error.code, error.isCertain, error.text];
      throw error;
    }
    return null;
  };

  test("any bytes give a result or one of our own errors", () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString()),
    );
    fc.assert(
      fc.property(body, fc.integer({ min: 100, max: 599 }), (text, status) => {
        survives(() => unwrap(write, status, text));
        expect(["ping", "event", "fault"]).toContain(readFrame(text, null).type);
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => survives(() => toInbound(value, "5"))));
    fc.assert(
      fc.property(fc.string(), (text) => {
        readClaims(text);
      }),
    );
  });

  test("code 1 has the server's words, 401 means to sign in again, a broken answer leaves a write in doubt", () => {
    const no = '{"code":1,"result":{},"message":"申请不存在"}';
    expect(fault(write, 200, no)).toEqual(["platform_refused", true, "申请不存在"]);
    expect(fault(write, 200, '{"code":"1","message":null}')).toEqual(["platform_refused", true, null]);
    expect(fault(write, 401, '{"code":1,"message":"登录超时"}')).toEqual(["signed_out_there", true, "登录超时"]);
    expect(fault(catalogue["post.login.basic"], 401, no)).toEqual(["platform_refused", true, "申请不存在"]);
    expect(fault(write, 500, '{"code":1,"message":"db"}')).toEqual(["result_unknown", false, "db"]);
    expect(fault(read, 500, '{"code":1,"message":"db"}')).toEqual(["platform_refused", true, "db"]);
    expect(fault(write, 415, "")).toEqual(["rejected_input", true, null]);
    expect(fault(write, 404, "404 page not found")).toEqual(["unknown_operation", true, null]);
    for (const body of ["<html>", "", "null", "[]", '{"result":1}', '{"code":null}', '{"code":0'])
      expect(fault(write, 200, body)).toEqual(["bad_answer", false, null]);
    expect(unwrap(write, 200, '{"code":0}')).toBeNull();
    expect(unwrap(read, 200, '{"code":"0","result":{"id":9007199254740993}}')).toEqual({ id: "9007199254740993" });
  });

  test("401 is a signed-out account for every operation of one, and of none that nobody is signed in for", () => {
    const codes = rows.map((row) => [row.isAnonymous === true, fault(row, 401, "")?.[0]]);
    expect(new Set(codes.map(String))).toEqual(new Set(["false,signed_out_there", "true,platform_refused"]));
  });

  test("an application is told in two spellings, and its ids are not believed", () => {
    for (const type of ["addFreind", "addFriend", "joinGroup"])
      expect(toInbound({ fromId: 1, toId: 2, ope: "system", type }, "2")).toEqual({ type: "requests_changed" });
    expect(toInbound({ id: 0, ope: "friend", type: "read", isRead: true }, "2")).toEqual({
      type: "other",
      name: "friend.read",
    });
    expect(readFrame('{"type":"ping"}', null)).toEqual({ type: "ping" });
  });

  test("typing keeps the digits of an id, and they travel as a number", () => {
    expect(typingFrame({ toId: "9007199254740993", status: "finish" })).toBe(
      '{"toId":9007199254740993,"ope":"friend","type":"input","status":"finish"}',
    );
  });
});

describe("the token", () => {
  const keep = (first: string, save: (next: { token: string }) => Promise<void> = async () => undefined) => {
    const failures: unknown[] = [];
    return { failures, keeper: new TokenKeeper({ token: first, save, failed: (cause) => failures.push(cause) }) };
  };

  test("the newest stays, in whatever order answers arrive", async () => {
    const answers = fc.array(fc.record({ madeAt: fc.integer({ min: 1, max: 4 }), rank: fc.integer() }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (list) => {
        const saved: string[] = [];
        const { keeper } = keep(token(1, 0, 0), async (next) => void saved.push(next.token));
        const calls = list.map(({ madeAt, rank }) => {
          const { call } = keeper.begin();
          return { call, rank, madeAt, token: token(1, madeAt, call) };
        });
        for (const each of [...calls].sort((a, b) => a.rank - b.rank)) keeper.take(each.token, each.call);
        const newest = [...calls].sort((a, b) => a.madeAt - b.madeAt || a.call - b.call).at(-1);
        expect(keeper.current).toBe(newest?.token);
        await keeper.saved();
        expect(saved.at(-1)).toBe(newest?.token);
        const ages = saved.map((each) => readClaims(each).madeAt ?? 0);
        expect(ages).toEqual([...ages].sort((a, b) => a - b));
      }),
    );
  });

  test("two are never stored at once, and one that could not be stored keeps no later one from it", async () => {
    const begun: string[] = [];
    const gates: ((error?: Error) => void)[] = [];
    const { keeper, failures } = keep(token(1, 0, 0), (next) => {
      begun.push(next.token);
      return new Promise((done, fail) => gates.push((error) => (error ? fail(error) : done())));
    });
    const [one, two, three] = [token(1, 1, 1), token(1, 2, 2), token(1, 3, 3)];
    for (const each of [one, two, three]) keeper.take(each, keeper.begin().call);
    expect(begun).toEqual([one]);
    gates[0]?.(new Error("the database is away"));
    await Promise.resolve();
    const saved = keeper.saved();
    await new Promise(setImmediate);
    expect(begun).toEqual([one, three]);
    gates[1]?.();
    await saved;
    expect(failures).toHaveLength(1);
    expect(keeper.current).toBe(three);
  });

  test("another account's, and what is no header's text, is not taken over", () => {
    const { keeper } = keep(token(1, 0, 0));
    for (const foreign of [token(2, 9, 9), "", "two words", "a\r\nb", "x".repeat(5000)]) keeper.take(foreign, 1);
    expect(keeper.current).toBe(token(1, 0, 0));
  });
});
