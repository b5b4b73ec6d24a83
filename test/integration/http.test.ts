import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { fileCallPath } from "@/lib/file";
import type { Config } from "@/server/config";
import { clientAddress } from "@/server/http/address";
import { maximumFileBody } from "@/server/http/body";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { createLogger } from "@/server/log";

const botId = "0190aaaa-0000-7000-8000-000000000001";
const token = "a-metrics-token-of-the-test";
const loopbackKey = "the-key-of-this-process";
const log = createLogger("silent");
const listener = new Listener(log, { isDev: false });
let config: Config;
let base: string;
let isDatabaseUp = true;
let seen: IncomingMessage | null = null;

beforeAll(async () => {
  const port = await listener.listen("127.0.0.1", 0);
  base = `http://127.0.0.1:${port}`;
  config = {
    ...{ port, host: "127.0.0.1", publicUrl: new URL(base), dataDir: "/nonexistent", databaseUrl: null },
    ...{ secret: "x".repeat(32), trustProxy: 0, logLevel: "silent", metricsToken: token },
  };
  open({});
});
afterAll(() => listener.close());

/** The listener with a page and an API that remember the request, tell its body's size and do nothing else. */
function open(changes: Partial<Config>): void {
  const metrics = new Metrics(async () => ({ queue: { waiting: 3 }, bots: { connected: 1 } }));
  metrics.call({ platform: "napcat", endpoint: "get_status", outcome: "OK", durationMs: 12 });
  metrics.decision("approve", "confirmed");
  listener.open({
    config: { ...config, ...changes },
    ...{ metrics, loopbackKey },
    checks: { database: () => isDatabaseUp, worker: () => true },
    api: async (request, response) => {
      seen = request;
      let size = 0;
      for await (const chunk of request) size += Buffer.from(chunk).byteLength;
      response.end(`api ${size}`);
    },
    exportAudit: async (_request, response) => response.end("export"),
    exportMembers: async (_request, response) => response.end("members"),
    media: async (_request, response) => response.end("media"),
    upload: async (_request, response) => response.end("upload"),
    page: async (request, response) => {
      seen = request;
      response.end("page");
    },
    oneBot: {
      refuseSocket: (id, headers) => (id !== botId ? 404 : headers.authorization === "Bearer good" ? null : 401),
      acceptSocket: (_id, socket) => {
        socket.on("message", (data) => socket.send(String(data)));
        return true;
      },
      acceptPost: (id, headers, body) =>
        id !== botId
          ? { status: 404 }
          : headers["x-signature"]
            ? { status: 200, body: String(body.byteLength) }
            : { status: 401 },
    },
  });
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Node's own request: fetch does not let a test set Host, Origin and the like. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${base}${path}`, {
      method: options.method ?? "GET",
      headers: options.headers ?? {},
      agent: false,
    });
    request.once("error", reject);
    request.once("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.once("error", reject);
      response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.end(options.body);
  });
}

describe("every answer", () => {
  it("carries the safety headers, and a page a policy with a nonce of its own, told to Next as well", async () => {
    const first = await ask("/requests");
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers["content-security-policy"]))?.[1];
    expect(seen?.headers["x-nonce"]).toBe(nonce);
    expect(seen?.headers["content-security-policy"]).toBe(first.headers["content-security-policy"]);
    const policy = String(first.headers["content-security-policy"]);
    const script = policy.split("; ").find((directive) => directive.startsWith("script-src "));
    expect(script).toBe(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    for (const directive of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"]) {
      expect(policy).toContain(directive);
    }
    expect(first.headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(first.headers["strict-transport-security"]).toBeUndefined();
    const second = await ask("/requests");
    expect(second.headers["content-security-policy"]).not.toBe(policy);
  });

  it("promises https only where the public address is https", async () => {
    open({ publicUrl: new URL("https://desk.example.org") });
    const answer = await ask("/requests");
    open({});
    expect(answer.headers["strict-transport-security"]).toContain("max-age=");
  });
});

describe("a mutation", () => {
  const post = (headers: Record<string, string>) =>
    ask("/api/trpc/requests.decide", { method: "POST", headers, body: "{}" });

  it("from our own origin passes", async () => {
    expect((await post({ origin: base })).status).toBe(200);
  });
  it("from another origin is refused with the closed code", async () => {
    for (const origin of ["https://evil.example", `${base}.evil.example`, base.replace("http:", "https:"), "null"]) {
      const answer = await post({ origin, "sec-fetch-site": "cross-site" });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({
        code: "wrong_origin",
        error: { json: { data: { desk: { code: "wrong_origin" } } } },
      });
    }
  });
  it("without an origin passes only where the browser vouches for the same origin", async () => {
    expect((await post({})).status).toBe(403);
    expect((await post({ "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await post({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await post({ origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(200);
  });
  it("of a page's own route is held to the same", async () => {
    expect((await ask("/api/auth/callback/credentials", { method: "POST", body: "x" })).status).toBe(403);
    expect((await ask("/anything", { method: "DELETE", headers: { origin: "https://evil.example" } })).status).toBe(
      403,
    );
  });
});

describe("a body over 1 MiB", () => {
  const large = Buffer.alloc(1024 * 1024 + 1);

  it("is refused by its announced size, and by its real one", async () => {
    const announced = await ask("/api/trpc/x", {
      method: "POST",
      headers: { origin: base, "content-length": String(large.length) },
      body: large,
    }).catch(String);
    const chunked = await ask("/api/trpc/x", {
      method: "POST",
      headers: { origin: base, "transfer-encoding": "chunked" },
      body: large,
    }).catch(String);
    // A client still writing may see the connection close before it reads the answer.
    for (const answer of [announced, chunked]) {
      if (typeof answer === "string") expect(answer).toMatch(/EPIPE|ECONNRESET|socket hang up/);
      else expect(answer.status).toBe(413);
    }
  });
  it("at the limit passes", async () => {
    const answer = await ask("/api/trpc/x", { method: "POST", headers: { origin: base }, body: large.subarray(1) });
    expect(answer.body).toBe("api 1048576");
  });
  it("passes for the one call that carries files, up to a limit of its own", async () => {
    const post = (size: number) =>
      ask(`${fileCallPath}?batch=1`, { method: "POST", headers: { origin: base }, body: Buffer.alloc(size) });
    expect((await post(large.length)).body).toBe(`api ${large.length}`);
    const answer = await post(maximumFileBody + 1).catch(String);
    if (typeof answer === "string") expect(answer).toMatch(/EPIPE|ECONNRESET|socket hang up/);
    else expect(answer.status).toBe(413);
  });
  it("of an event post answers 413", async () => {
    const answer = await ask(`/onebot/${botId}`, {
      method: "POST",
      headers: { "x-signature": "s" },
      body: large,
    }).catch(String);
    if (typeof answer === "string") expect(answer).toMatch(/EPIPE|ECONNRESET|socket hang up/);
    else expect(answer.status).toBe(413);
  });
});

describe("the client's address", () => {
  it("is the socket's, whatever the headers say, and our own headers cannot be forged", async () => {
    await ask("/requests", {
      headers: {
        "x-forwarded-for": "203.0.113.9",
        "x-gatehouse-address": "203.0.113.9",
        "x-nonce": "mine",
        "content-security-policy": "none",
      },
    });
    expect(seen?.headers["x-gatehouse-address"]).toBe("127.0.0.1");
    expect(seen?.headers["x-nonce"]).not.toBe("mine");
    const raw = seen?.rawHeaders ?? [];
    expect(raw.filter((_, at) => raw[at - 1]?.toLowerCase() === "x-gatehouse-address")).toEqual(["127.0.0.1"]);
  });

  it("is the browser's where our own pages ask for it, which they show by the key of this process", async () => {
    const asked = async (headers: Record<string, string>) => {
      await ask("/api/trpc/session.get", { headers });
      expect(seen?.headers["x-gatehouse-loopback"]).toBeUndefined();
      return seen?.headers["x-gatehouse-address"];
    };
    const address = { "x-gatehouse-address": "203.0.113.9" };
    expect(await asked({ ...address, "x-gatehouse-loopback": loopbackKey })).toBe("203.0.113.9");
    expect(await asked({ ...address, "x-gatehouse-loopback": "guessed" })).toBe("127.0.0.1");
    expect(await asked({ ...address, "x-gatehouse-loopback": "" })).toBe("127.0.0.1");
    const nonsense = { "x-gatehouse-address": "not an address", "x-gatehouse-loopback": loopbackKey };
    expect(await asked(nonsense)).toBe("127.0.0.1");
  });

  const cases = [
    [0, "203.0.113.9", "10.0.0.1"],
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "forged, 198.51.100.7, 203.0.113.9", "203.0.113.9"],
    [2, "198.51.100.1, 203.0.113.9, 10.1.1.1", "203.0.113.9"],
    [1, "[2001:db8::1]:443", "2001:db8::1"],
    [1, "203.0.113.9:5678", "203.0.113.9"],
    [1, "not an address", "10.0.0.1"],
    [1, undefined, "10.0.0.1"],
  ] as const;
  it.each(cases)("with %s trusted proxies and X-Forwarded-For %s is %s", (count, forwarded, expected) => {
    const request = { socket: { remoteAddress: "::ffff:10.0.0.1" }, headers: { "x-forwarded-for": forwarded } };
    // The two fields of a request that the address is read from.
    expect(clientAddress(request as unknown as IncomingMessage, count)).toBe(expected);
  });
});

describe("the host", () => {
  it("must be ours: a stranger's name that points here is refused", async () => {
    const answer = await ask("/requests", { headers: { host: "rebound.evil.example" } });
    expect(answer.status).toBe(421);
    expect(answer.body).toContain("PUBLIC_URL");
  });
  it("of another name of this machine sends a page visit to the right one, and nothing else", async () => {
    const host = `localhost:${config.port}`;
    const visit = await ask("/requests?state=open", { headers: { host, "sec-fetch-mode": "navigate" } });
    expect([visit.status, visit.headers.location]).toEqual([307, `${base}/requests?state=open`]);
    expect((await ask("/requests", { headers: { host } })).status).toBe(200);
    const slashes = await ask("//evil.example/x", { headers: { host, "sec-fetch-mode": "navigate" } });
    expect(new URL(String(slashes.headers.location)).origin).toBe(base);
  });
});

describe("health", () => {
  it("is told for the process and, with what is missing, for the parts", async () => {
    expect((await ask("/healthz")).status).toBe(200);
    expect(JSON.parse((await ask("/readyz")).body)).toEqual({ status: "ready", missing: [] });
    isDatabaseUp = false;
    const answer = await ask("/readyz");
    isDatabaseUp = true;
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toEqual({ status: "not ready", missing: ["database"] });
  });
});

describe("metrics", () => {
  it("tell calls, decisions, queue, bots and the event loop to this machine", async () => {
    const { body } = await ask("/metrics");
    expect(body).toContain('gatehouse_calls_total{platform="napcat",endpoint="get_status",outcome="OK"} 1');
    expect(body).toContain('gatehouse_decisions_total{verb="approve",state="confirmed"} 1');
    expect(body).toContain('gatehouse_queue{state="waiting"} 3');
    expect(body).toContain('gatehouse_bots{truth="connected"} 1');
    expect(body).toContain("nodejs_eventloop_lag_seconds");
  });
  it("are closed to what a proxy forwards, and open to the token", async () => {
    const forwarded = { "x-forwarded-for": "203.0.113.9" };
    expect((await ask("/metrics", { headers: forwarded })).status).toBe(404);
    expect((await ask("/metrics", { headers: { ...forwarded, authorization: "Bearer wrong" } })).status).toBe(404);
    expect((await ask("/metrics", { headers: { ...forwarded, authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe("a platform dialling in", () => {
  const url = () => `${base.replace("http", "ws")}/onebot/${botId}`;

  it("posts events without an origin", async () => {
    const signed = await ask(`/onebot/${botId}`, { method: "POST", headers: { "x-signature": "s" }, body: "{}" });
    expect([signed.status, signed.body]).toEqual([200, "2"]);
    expect((await ask(`/onebot/${botId}`, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await ask(`/onebot/${botId}`)).status).toBe(405);
    expect((await ask("/onebot/nobody", { method: "POST", body: "{}" })).status).toBe(404);
  });
  it("opens a socket with its token, and is refused before the upgrade without", async () => {
    const socket = new WebSocket(url(), { headers: { authorization: "Bearer good" } });
    await new Promise((resolve) => socket.once("open", resolve));
    const echo = new Promise((resolve) => socket.once("message", (data) => resolve(String(data))));
    socket.send("hello");
    expect(await echo).toBe("hello");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.close();
    await closed;
    const refused = new WebSocket(url(), { headers: { authorization: "Bearer bad" } });
    const error = await new Promise<Error>((resolve) => refused.once("error", resolve));
    expect(error.message).toContain("401");
  });
  it("cannot upgrade anything else", async () => {
    const refused = new WebSocket(`${base.replace("http", "ws")}/_next/hmr`, { origin: base });
    const error = await new Promise<Error>((resolve) => refused.once("error", resolve));
    expect(error.message).toContain("404");
  });
});

describe("before it is opened, and after", () => {
  it("a starting desk is alive and answers everything else 503", async () => {
    const starting = new Listener(log, { isDev: false });
    const port = await starting.listen("127.0.0.1", 0);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/requests`)).status).toBe(503);
    await starting.close();
  });
  it("a port that is taken is a clear line", async () => {
    await expect(new Listener(log, { isDev: false }).listen("127.0.0.1", config.port)).rejects.toThrow(
      new RegExp(`^PORT: ${config.port} on 127.0.0.1 is taken[^\\n]*$`),
    );
  });
  it("closing ends streams and idle connections", async () => {
    const other = new Listener(log, { isDev: false });
    const port = await other.listen("127.0.0.1", 0);
    const idle = connect(port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    const ended = new Promise((resolve) => idle.once("close", resolve));
    await other.close();
    await ended;
  });
});
