import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Assets } from "@/server/http/asset";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { createLogger } from "@/server/log";
import { finishAssets } from "../../scripts/asset.mjs";

const script = `console.log("${"what a page runs ".repeat(200)}")`;
const style = ".row { color: red }\n".repeat(200);
const hinted = `//# allFunctionsCalledOnLoad\n${script}`;
const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-assets-"));
const listener = new Listener(createLogger("silent"), { isDev: false });
let port: number;

beforeAll(async () => {
  mkdirSync(path.join(folder, "chunks"));
  writeFileSync(path.join(folder, "chunks/page.js"), script);
  writeFileSync(path.join(folder, "chunks/page.css"), style);
  await finishAssets(folder);
  writeFileSync(path.join(folder, "chunks/late.js"), script);
  port = await listener.listen("127.0.0.1", 0);
  const answer = (what: string) => async (_request: unknown, response: { end(text: string): unknown }) =>
    response.end(what);
  listener.open({
    config: {
      ...{
        port,
        host: "127.0.0.1",
        publicUrl: new URL(`http://127.0.0.1:${port}`),
        dataDir: folder,
        databaseUrl: null,
      },
      ...{ secret: "x".repeat(32), trustProxy: 0, logLevel: "silent", metricsToken: null },
    },
    metrics: new Metrics(async () => ({ queue: {}, bots: {} })),
    checks: {},
    ...{ api: answer("api"), exportAudit: answer("audit"), exportMembers: answer("members"), media: answer("media") },
    ...{ upload: answer("upload"), page: answer("page"), assets: new Assets(folder) },
    oneBot: { refuseSocket: () => 404, acceptSocket: () => false, acceptPost: () => ({ status: 404 }) },
  });
  // What a build that is under way does to a desk that runs.
  rmSync(path.join(folder, "chunks"), { recursive: true });
});
afterAll(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function ask(
  asked: string,
  { accept, method = "GET" }: { accept?: string; method?: string } = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const headers = {
      range: "bytes=9-2",
      origin: `http://127.0.0.1:${port}`,
      ...(accept === undefined ? {} : { "accept-encoding": accept }),
    };
    const request = httpRequest({ host: "127.0.0.1", port, path: asked, method, headers, agent: false });
    request.once("error", reject);
    request.once("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.end();
  });
}

describe("the pages' scripts and styles", () => {
  it.each([
    ["gzip, deflate", "gzip", gunzipSync],
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["br;q=0, GZIP;q=0.5", "gzip", gunzipSync],
    ["gzip;q=0", undefined, (body: Buffer) => body],
    [undefined, undefined, (body: Buffer) => body],
  ])("come as the browser takes them: %s", async (accept, encoding, open) => {
    const { status, headers, body } = await ask("/_next/static/chunks/page.js", accept === undefined ? {} : { accept });
    expect([status, headers["content-encoding"], headers.vary]).toEqual([200, encoding, "accept-encoding"]);
    expect(open(body).toString()).toBe(hinted);
    expect(headers["content-length"]).toBe(String(body.byteLength));
  });

  it("are kept by the browser, and looked at by nobody as something else", async () => {
    const { headers, body } = await ask("/_next/static/chunks/page.css?v=1", { accept: "gzip" });
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-type"]).toBe("text/css; charset=utf-8");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(gunzipSync(body).toString()).toBe(style);
  });

  it("are told of without being sent", async () => {
    const { status, headers, body } = await ask("/_next/static/chunks/page.js", { accept: "gzip", method: "HEAD" });
    expect([status, headers["content-encoding"], body.byteLength]).toEqual([200, "gzip", 0]);
  });

  it.each([
    ["GET", "/_next/static/chunks/late.js"],
    ["GET", "/_next/static/chunks/page.js.gz"],
    ["GET", "/_next/static/chunks/../chunks/page.js"],
    ["GET", "/_next/static/chunks%2fpage.js"],
    ["GET", "/_next/static/__proto__"],
    ["POST", "/_next/static/chunks/page.js"],
  ])("are nothing else: %s %s is left to the pages", async (method, asked) => {
    expect((await ask(asked, { method })).body.toString()).toBe("page");
  });
});

it("a build is finished twice without being changed twice", async () => {
  const file = path.join(folder, "again.js");
  writeFileSync(file, script);
  await finishAssets(folder);
  await finishAssets(folder);
  expect(readFileSync(file, "utf8")).toBe(hinted);
});
