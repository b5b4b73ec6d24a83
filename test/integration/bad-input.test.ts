import { gzipSync } from "node:zlib";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { errorCodes } from "@/lib/errors";
import { maxFrameBytes } from "@/server/platforms/driver";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import type { FrameFault, HttpFault } from "../hostile-front";
import { httpWays, pushWays, socketWays, type Way } from "../hostile-ways";

let store: TestDatabase;
let test: TestDesk;
let owner: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  owner = await test.operator("owner", null, "Ada");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

/** A bot of the desk that is connected this way. */
function open(start: () => Promise<Way>) {
  const opened = { botId: "" };
  let way: Way | null = null;
  beforeAll(async () => {
    way = await start();
    const { id } = await test.as(owner).bots.create({ name: `bot ${uuid()}`, ...way.bot });
    opened.botId = id;
    await connected(id);
  });
  afterAll(async () => {
    const { name } = await test.as(owner).bots.get({ id: opened.botId });
    await test.as(owner).bots.remove({ id: opened.botId, name });
    await test.desk.connections.refresh(opened.botId);
    await way?.close();
  });
  const running = (): Way => {
    if (way === null) throw new Error("not opened yet");
    return way;
  };
  return { opened, running };
}

const connected = (botId: string) =>
  until(test.desk, async () => (test.desk.connections.isConnected(botId) ? true : undefined));

/** One call: its answer, or the code it failed with; and what the record says where it leaves an event. */
async function call(botId: string, { operation, input }: Way["read"], signal?: AbortSignal) {
  const correlationId = uuid();
  const given = signal === undefined ? {} : { signal };
  const result = await test.desk.connections
    .invoke(botId, { actor: owner, correlationId, operation, input, ...given })
    .then(
      (answer) => ({ code: "ok", answer }),
      (error: { code: string }) => ({ code: error.code, answer: null }),
    );
  const events = await store.database.auditEvent.findMany({ where: { correlationId }, include: { outcome: true } });
  return { ...result, outcome: events[0]?.outcome?.outcome ?? null };
}

/** Waits for the line of the bot's log that tells of it. */
async function logged(botId: string, code: string, detail: Record<string, unknown> = {}): Promise<void> {
  await until(test.desk, async () => {
    const { items } = await test.as(owner).bots.log({ id: botId, limit: 100 });
    const isIt = (line: unknown) =>
      expect.objectContaining({ code, detail: expect.objectContaining(detail) }).asymmetricMatch(line);
    return items.some(isIt) || undefined;
  });
}

/** Fifty megabytes take their time: for those a write is enough. */
function kindsFor(code: string): ("read" | "write")[] {
  return code === "answer_too_large" ? ["write"] : ["read", "write"];
}

const late = () => new DOMException("late", "TimeoutError");
const bomb = gzipSync(Buffer.alloc(maxFrameBytes + 1));
const html = "<!doctype html><title>502 Bad Gateway</title>";

type Expected = "unreadable" | "connection_lost" | "answer_too_large" | "timeout";

/** What a server does to a call over HTTP, and what it then is to the operator. */
const httpFaults: Record<string, { fault: HttpFault; code: Expected }> = {
  "an answer cut off in its middle": {
    code: "unreadable",
    fault: async (response, answered) => {
      const { body, contentType } = await answered();
      response.writeHead(200, { "content-type": contentType }).end(body.subarray(0, Math.ceil(body.length / 2)));
    },
  },
  "a server that closes in the middle of its answer": {
    code: "connection_lost",
    fault: async (response, answered) => {
      const { body } = await answered();
      response.writeHead(200, { "content-length": body.length }).write(body.subarray(0, 3), () => response.destroy());
    },
  },
  "a server that hangs up instead of answering": {
    code: "connection_lost",
    fault: (response) => void response.destroy(),
  },
  "an answer too large to be kept": {
    code: "answer_too_large",
    fault: (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  },
  "a page with status 200": {
    code: "unreadable",
    fault: (response) => void response.writeHead(200, { "content-type": "text/html" }).end(html),
  },
  "a page of a proxy": {
    code: "unreadable",
    fault: (response) => void response.writeHead(502, { "content-type": "text/html" }).end(html),
  },
  "bytes that mean nothing": {
    code: "unreadable",
    fault: (response) => void response.writeHead(200).end(Buffer.from([0x0a, 0xff, 0xff, 0x00, 0xfe, 0x80])),
  },
  "JSON that is no answer": { code: "unreadable", fault: (response) => void response.writeHead(200).end('"42"') },
  "nothing at all": { code: "unreadable", fault: (response) => void response.writeHead(200).end() },
};

describe.each(Object.entries(httpWays))("%s", (_name, start) => {
  const { opened, running } = open(start);

  describe.each(Object.entries(httpFaults))("%s", (_what, { fault, code }) => {
    it.each(kindsFor(code))("to a %s is one clear error, in the log, and the next call works", async (kind) => {
      const [way, { botId }] = [running(), opened];
      way.front.httpFault = { path: way[kind].path, fault };
      const { code: found, outcome } = await call(botId, way[kind]);
      way.front.httpFault = null;
      const expected = code === "unreadable" ? way.unreadable : code;
      // 68chat's helper has answered something, and not that it did it.
      expect(found === "result_unknown" && kind === "write" ? expected : found).toBe(expected);
      expect(errorCodes).toContain(found);
      // A write may have been carried out, whatever the answer looks like.
      expect(outcome).toBe(kind === "write" ? "UNKNOWN" : null);
      await logged(botId, "call_failed", { operation: way[kind].operation, error: found });
      expect(await call(botId, way[kind])).toMatchObject({ code: "ok" });
    });
  });

  it.each(["read", "write"] as const)(
    "a %s that is never answered ends with its time, and a late answer is nobody's",
    async (kind) => {
      const [way, { botId }] = [running(), opened];
      const time = new AbortController();
      let answerLate = () => {};
      const fault: HttpFault = async (response, answered) => {
        const { status, body } = await answered();
        answerLate = () => void response.writeHead(status).end(body);
        time.abort(late());
      };
      way.front.httpFault = { path: way[kind].path, fault };
      const { code, outcome } = await call(botId, way[kind], time.signal);
      way.front.httpFault = null;
      expect(code).toBe("timeout");
      expect(outcome).toBe(kind === "write" ? "UNKNOWN" : null);
      await logged(botId, "call_failed", { operation: way[kind].operation, error: "timeout" });
      answerLate();
      expect(await call(botId, way[kind])).toMatchObject({ code: "ok" });
    },
  );

  it("an id beyond 2^53 keeps its digits", async () => {
    const [way, { botId }] = [running(), opened];
    if (way.id === "") return;
    const fault: HttpFault = async (response, answered) => {
      const { status, contentType, body } = await answered();
      const text = body.toString().replaceAll(new RegExp(`(id":\\s*)"?${way.id}"?`, "gi"), "$19007199254740993");
      response.writeHead(status, { "content-type": contentType }).end(text);
    };
    way.front.httpFault = { path: way.read.path, fault };
    const { code, answer } = await call(botId, way.read);
    way.front.httpFault = null;
    expect(code).toBe("ok");
    expect(JSON.stringify(answer)).toContain('"9007199254740993"');
  });

  it("a clock an hour off is in the log, and changes nothing else", async () => {
    const [way, { botId }] = [running(), opened];
    const fault: HttpFault = async (response, answered) => {
      const { status, contentType, body } = await answered();
      const date = new Date(Date.now() - 3_600_000).toUTCString();
      response.writeHead(status, { "content-type": contentType, date }).end(body);
    };
    way.front.httpFault = { path: way.read.path, fault };
    expect(await call(botId, way.read)).toMatchObject({ code: "ok" });
    way.front.httpFault = null;
    await logged(botId, "clock_differs");
    expect(test.desk.connections.isConnected(botId)).toBe(true);
  });
});

const big = "x".repeat(maxFrameBytes + 1);

/** The key by which a frame answers a call, changed. */
function underKey(text: string, change: (frame: Record<string, unknown>, name: "echo" | "id") => object): string {
  // Only answers are spoilt, and they are objects.
  const frame = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(change(frame, "echo" in frame ? "echo" : "id"));
}

interface SocketFault {
  fault: FrameFault;
  code: "timeout" | "bad_answer" | "connection_lost" | "answer_too_large";
  /** What the log says of the frame itself. */
  log: string | null;
}

/** What a server does to the answer of a call over a socket. */
const socketFaults: Record<string, SocketFault> = {
  "an answer cut off in its middle": {
    ...{ code: "timeout", log: "bad_json" },
    fault: (text) => [text.slice(0, text.length / 2)],
  },
  "a page": { code: "timeout", log: "bad_json", fault: () => [html] },
  "bytes that mean nothing": { code: "timeout", log: "bad_shape", fault: () => [Buffer.from([0x0a, 0xff, 0x00])] },
  "a frame that is no object": { code: "timeout", log: "bad_shape", fault: () => ["[]", "42", "null", '"x"'] },
  "an answer to what nobody asked": {
    ...{ code: "timeout", log: "foreign_reply" },
    fault: (text) => [underKey(text, (frame, name) => ({ ...frame, [name]: "somebody else's" }))],
  },
  "an answer of another shape": {
    ...{ code: "bad_answer", log: "bad_shape" },
    fault: (text) => [underKey(text, (frame, name) => ({ [name]: frame[name], status: 7, type: 7 }))],
  },
  "a server that hangs up instead of answering": { code: "connection_lost", log: "disconnected", fault: () => "close" },
  "an answer too large to be kept": { code: "answer_too_large", log: "frame_too_large", fault: () => [big] },
};

describe.each(Object.entries(socketWays))("%s", (_name, start) => {
  const { opened, running } = open(start);
  const isAnswer = (kind: "read" | "write") => (text: string) => text.includes(running()[kind].mark ?? "");

  describe.each(Object.entries(socketFaults))("%s", (_what, { fault, code, log }) => {
    it.each(kindsFor(code))("to a %s is one clear error, in the log, and the next call works", async (kind) => {
      const [way, { botId }] = [running(), opened];
      const time = new AbortController();
      const before = way.front.count;
      way.front.frameFault = { matches: isAnswer(kind), fault };
      const called = call(botId, way[kind], time.signal);
      await way.front.spoiled(before + 1);
      if (log !== null) await logged(botId, log);
      if (code === "timeout") time.abort(late());
      const { code: found, outcome } = await called;
      expect(found).toBe(code);
      expect(outcome).toBe(kind === "write" ? "UNKNOWN" : null);
      await logged(botId, "call_failed", { operation: way[kind].operation, error: code });
      await connected(botId);
      expect(await call(botId, way[kind])).toMatchObject({ code: "ok" });
    });
  });

  it("an answer that comes twice, or after the time, is nobody's and in the log", async () => {
    const [way, { botId }] = [running(), opened];
    way.front.frameFault = { matches: isAnswer("read"), fault: (text) => [text, text] };
    expect(await call(botId, way.read)).toMatchObject({ code: "ok" });
    await logged(botId, "late_reply");
    const [time, before] = [new AbortController(), way.front.count];
    let held = "";
    way.front.frameFault = {
      matches: isAnswer("write"),
      fault: (text) => {
        held = text;
        return [];
      },
    };
    const called = call(botId, way.write, time.signal);
    await way.front.spoiled(before + 1);
    time.abort(late());
    expect(await called).toMatchObject({ code: "timeout", outcome: "UNKNOWN" });
    way.front.inject(held);
    await until(test.desk, async () => {
      const { items } = await test.as(owner).bots.log({ id: botId, limit: 100 });
      return items.filter((line) => line.code === "late_reply").length >= 2 || undefined;
    });
    expect(await call(botId, way.read)).toMatchObject({ code: "ok" });
  });

  it("an id beyond 2^53 keeps its digits", async () => {
    const [way, { botId }] = [running(), opened];
    const fault = (text: string) => [
      text.replaceAll(new RegExp(`(id":\\s*)"?${way.id}"?`, "gi"), "$19007199254740993"),
    ];
    way.front.frameFault = { matches: isAnswer("read"), fault };
    const { code, answer } = await call(botId, way.read);
    expect(code).toBe("ok");
    expect(JSON.stringify(answer)).toContain('"9007199254740993"');
  });
});

describe.each(Object.entries(pushWays))("what %s pushes", (_name, start) => {
  const { opened, running } = open(start);

  it("may be anything: it is in the log, the connection stays, and calls work", async () => {
    const [way, { botId }] = [running(), opened];
    await way.front.attached();
    for (const frame of ["{", html, "[]", "42", "null", Buffer.from([0x0a, 0xff, 0xff]), Buffer.alloc(0)])
      way.front.inject(frame);
    await logged(botId, "bad_shape");
    expect(await call(botId, way.read)).toMatchObject({ code: "ok" });
    expect(test.desk.connections.isConnected(botId)).toBe(true);
  });
});
