import { once } from "node:events";
import { createServer, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MediaKind, mediaLimits } from "@/lib/media";
import type { Permission } from "@/lib/permissions";
import { openMedia } from "@/server/api/media";
import { sessionCookieName } from "@/server/auth/session";
import { sealMedia } from "@/server/desk/media";
import { MediaProxy } from "@/server/http/media";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { addBot, addOperator, addSession } from "../people";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const html = "<!doctype html><script>alert(1)</script>";
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

let store: TestDatabase;
let team: TestDesk;
let desk: Server;
let base: string;
let proxy: MediaProxy;
/** The bot's own server, and one that only happens to listen on the same machine. */
let own: Host;
let stranger: Host;
let botId: string;
let otherBotId: string;
let cookie: string;

interface Host {
  server: Server;
  url: string;
  asked: string[];
}

async function host(routes: Record<string, RequestListener>): Promise<Host> {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    const path = (incoming.url ?? "").split("?")[0] ?? "";
    asked.push(`${path} ${incoming.headers.cookie ?? ""}${incoming.headers.referer ?? ""}`);
    const route = routes[path];
    if (route) route(incoming, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const answer =
  (body: Buffer | string, headers: Record<string, string> = {}): RequestListener =>
  (_incoming, response) =>
    response.writeHead(200, headers).end(body);
const moved =
  (to: () => string): RequestListener =>
  (_incoming, response) =>
    response.writeHead(302, { location: to(), "set-cookie": "spy=1; Path=/" }).end();

async function seat(...grants: Parameters<typeof addOperator>[1][]): Promise<string> {
  const operator = await addOperator(store.database, ...grants);
  const { config } = team.desk;
  const sid = await addSession(store.database, operator.id);
  return `${sessionCookieName(config)}=${await encode({ token: { sid, sub: operator.id }, secret: config.secret })}`;
}

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  stranger = await host({ "/picture": answer(png) });
  own = await host({
    "/picture": answer(png, { "content-type": "text/html", "set-cookie": "spy=1", "x-powered-by": "spy" }),
    "/page.png": answer(html, { "content-type": "image/png" }),
    "/drawing.png": answer(svg, { "content-type": "image/svg+xml" }),
    "/zipped": answer(png, { "content-encoding": "gzip" }),
    "/announced": answer(png, { "content-length": String(mediaLimits.image + 1) }),
    "/endless": (_incoming, response) => {
      response.writeHead(200).write(png);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
      };
      response.on("drain", more);
      more();
    },
    "/silent": () => undefined,
    "/stuck": (_incoming, response) => response.writeHead(200).write(png.subarray(0, 10)),
    "/broken": (_incoming, response) => {
      response.writeHead(200, { "content-length": "500" }).write(Buffer.concat([png, Buffer.alloc(100)]));
      response.flushHeaders();
      setImmediate(() => response.destroy());
    },
    "/hop": moved(() => `${own.url}/picture`),
    "/round": moved(() => `${own.url}/round`),
    "/inside": moved(() => `${stranger.url}/picture`),
    "/metadata": moved(() => "http://169.254.169.254/latest/meta-data"),
    "/file-scheme": moved(() => "file:///etc/passwd"),
    "/report": answer(html, { "content-type": "text/html" }),
  });
  botId = await addBot(store.database, "Mine");
  otherBotId = await addBot(store.database, "Other");
  const connection = { baseUrl: `${own.url}/api/v1` };
  await store.database.bot.update({ where: { id: botId }, data: { platform: "im", connection } });
  cookie = await seat({ roleId: "moderator", botId });
  serve();
  desk = createServer((incoming, response) => void proxy.get(incoming, response, (incoming.url ?? "").slice(7)));
  await new Promise<void>((done) => desk.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await proxy.close();
  for (const server of [desk, own.server, stranger.server]) {
    server.closeAllConnections();
    server.close();
  }
  await team.stop();
  await store.drop();
});

function serve(options?: ConstructorParameters<typeof MediaProxy>[2]): void {
  proxy = new MediaProxy((incoming, token) => openMedia(team.desk, incoming, token), createLogger("silent"), options);
}

const sealed = (url: string, kind: MediaKind = "image", permission?: Permission, name?: string) =>
  sealMedia(team.desk, botId, url, kind, permission, name) ?? "none";

function get(path: string, headers: Record<string, string> = { cookie }) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer | null }>((resolve, reject) => {
    const asked = request(base + path, { headers, agent: false });
    asked.once("error", reject);
    asked.once("response", (response) => {
      const head = { status: response.statusCode ?? 0, headers: response.headers };
      // Null: it was torn off in the middle.
      buffer(response).then(
        (body) => resolve({ ...head, body }),
        () => resolve({ ...head, body: null }),
      );
    });
    asked.end();
  });
}

async function code(path: string, headers?: Record<string, string>): Promise<unknown> {
  const { status, body } = await get(path, headers);
  return [status, JSON.parse(String(body)).code];
}

describe("what a platform's address leads to", () => {
  it("is shown under what it is, whatever its server calls it, and nothing else goes on", async () => {
    const { status, headers, body } = await get(sealed(`${own.url}/picture?rkey=secret`));
    expect([status, body?.equals(png)]).toEqual([200, true]);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "cache-control": "private, max-age=86400",
      "content-disposition": "inline",
      vary: "cookie",
    });
    expect(headers["content-security-policy"]).toMatch(/default-src 'none'; sandbox/);
    expect(Object.keys(headers).filter((name) => /cookie|powered/.test(name))).toEqual([]);
    expect(own.asked).toContain("/picture ");
  });

  it("has one address for a day that tells nothing of the platform's, and another for another permission", () => {
    const url = `${own.url}/picture?rkey=secret`;
    const path = sealed(url);
    expect(sealed(url)).toBe(path);
    expect(sealed(url, "image", "groups.view")).not.toBe(path);
    expect(Buffer.from(path.slice(7), "base64url").toString("latin1")).not.toMatch(/rkey|secret|127|messages/);
    expect(sealMedia(team.desk, botId, "javascript:alert(1)", "image")).toBeNull();
    expect(sealMedia(team.desk, botId, null, "image")).toBeNull();
  });

  it("is for who is signed in and may see it on that bot", async () => {
    const path = sealed(`${own.url}/picture`);
    expect(await code(path, {})).toEqual([401, "signed_out"]);
    expect(await code(path, { cookie: await seat({ roleId: "moderator", botId: otherBotId }) })).toEqual([
      404,
      "not_found",
    ]);
    const forged = `${path.slice(0, -4)}AAAA`;
    expect(await code(forged)).toEqual([404, "not_found"]);
    expect(await code("/media/")).toEqual([404, "not_found"]);
    const gone = sealMedia(team.desk, otherBotId, `${own.url}/picture`, "image") ?? "";
    const owner = await seat("owner");
    await store.database.bot.delete({ where: { id: otherBotId } });
    expect(await code(gone, { cookie: owner })).toEqual([404, "not_found"]);
  });

  it("is not shown when it is a page or a drawing that could hold a script", async () => {
    for (const path of ["/page.png", "/drawing.png", "/zipped"])
      expect(await code(sealed(own.url + path)), path).toEqual([415, "media_refused"]);
    expect(await code(sealed(`${own.url}/picture`, "video"))).toEqual([415, "media_refused"]);
  });

  it("is not fetched from a neighbour of this machine, directly or by a redirect", async () => {
    const before = stranger.asked.length;
    for (const url of [
      `${stranger.url}/picture`,
      `${own.url}/inside`,
      `${own.url}/metadata`,
      stranger.url.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
      stranger.url.replace("127.0.0.1", "2130706433"),
      "http://10.0.0.1/x",
      "http://[fd00::1]/x",
      "http://100.64.0.1/x",
    ])
      expect(await code(sealed(url)), url).toEqual([403, "destination_refused"]);
    // A name is judged by where it leads, at the moment of dialling.
    expect(await code(sealed(stranger.url.replace("127.0.0.1", "localhost")))).toEqual([403, "destination_refused"]);
    expect(stranger.asked.length).toBe(before);
  });

  it("may be one redirect away and not for ever", async () => {
    expect((await get(sealed(`${own.url}/hop`))).status).toBe(200);
    expect(await code(sealed(`${own.url}/round`))).toEqual([410, "media_gone"]);
    expect(await code(sealed(`${own.url}/file-scheme`))).toEqual([410, "media_gone"]);
    expect(await code(sealed(`${own.url}/missing`))).toEqual([410, "media_gone"]);
    expect(own.asked.filter((line) => line.startsWith("/round")).length).toBe(4);
    expect(own.asked.filter((line) => line.includes("spy"))).toEqual([]);
  });

  it("is torn off past its limit, and not begun when it says that it is too large", async () => {
    expect(await code(sealed(`${own.url}/announced`))).toEqual([413, "media_too_large"]);
    expect(await get(sealed(`${own.url}/endless`))).toMatchObject({ status: 200, body: null });
    expect(await get(sealed(`${own.url}/broken`))).toMatchObject({ status: 200, body: null });
  });

  it("is handed on as a file under its name, whatever is in it, and never shown", async () => {
    const { status, headers, body } = await get(sealed(`${own.url}/report`, "file", "files.view", '报告 "1".html'));
    expect([status, String(body)]).toEqual([200, html]);
    expect(headers).toMatchObject({
      "content-type": "application/octet-stream",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="__ _1_.html"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%221%22.html`,
    });
  });

  it("is given up when it does not begin in time, and its place goes to who waits", async () => {
    await proxy.close();
    serve({ limits: { headMs: 300, turns: { image: 1, audio: 1, video: 1, file: 1 } } });
    const answers = await Promise.all([
      code(sealed(`${own.url}/silent`)),
      code(sealed(`${own.url}/stuck`)),
      get(sealed(`${own.url}/picture`)).then(({ status }) => status),
    ]);
    expect(answers).toEqual([[504, "timeout"], [504, "timeout"], 200]);
  });

  it("ends with the desk", async () => {
    const isAsked = once(own.server, "request");
    const asked = code(sealed(`${own.url}/silent?2`));
    await isAsked;
    await proxy.close();
    expect(await asked).toEqual([503, "shutting_down"]);
    expect(await code(sealed(`${own.url}/picture`))).toEqual([503, "shutting_down"]);
    serve();
  });
});
