import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { createHttpClient, type HttpClient } from "@/server/platforms/http-client";

let servers: Server[] = [];
let clients: HttpClient[] = [];

afterEach(async () => {
  for (const client of clients) await client.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
  clients = [];
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`);
}

function client(options: Parameters<typeof createHttpClient>[0] = {}): HttpClient {
  const made = createHttpClient(options);
  clients.push(made);
  return made;
}

const call = (signal = new AbortController().signal) => ({ headers: {}, body: "{}", signal });

test("an answer over the limit is refused as that", async () => {
  const url = await serve((_request, response) => response.end("x".repeat(2000)));
  await expect(client({ maxBytes: 1000 }).send(url, call())).rejects.toMatchObject({ code: "answer_too_large" });
});

test("a server that closes mid-body is a lost connection, and the call may have been carried out", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half", () => response.destroy());
  });
  await expect(client().send(url, call())).rejects.toMatchObject({ code: "connection_lost", isSent: true });
});

test("a server that accepts and never answers ends with the caller's time", async () => {
  const timeout = new AbortController();
  const url = await serve(() => timeout.abort(new DOMException("late", "TimeoutError")));
  await expect(client().send(url, call(timeout.signal))).rejects.toMatchObject({ code: "timeout", isSent: true });
});

test("a call given up before it began was certainly not sent", async () => {
  const url = await serve((_request, response) => response.end());
  await expect(client().send(url, call(AbortSignal.abort()))).rejects.toMatchObject({ code: "aborted", isSent: false });
});

test("a redirect is an answer and is not followed", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  await expect(client().send(url, call())).resolves.toMatchObject({ status: 302 });
  expect(asked).toEqual(["/"]);
});

test("the metadata service of a cloud is not dialled, by address or by name", async () => {
  const resolve = () => Promise.resolve([{ address: "169.254.169.254", family: 4 }]);
  for (const url of ["http://169.254.169.254/", "http://innocent.example/"])
    await expect(client({ resolve }).send(new URL(url), call())).rejects.toMatchObject({
      code: "destination_refused",
      isSent: false,
    });
});

test("reads follow each other on kept connections, and what changes something has one of its own", async () => {
  const ports: (number | undefined)[] = [];
  const url = await serve((request, response) => {
    ports.push(request.socket.remotePort);
    response.end("{}");
  });
  const one = client();
  for (let times = 0; times < 20; times++) await one.send(url, { ...call(), isRead: true });
  // Now and then the last answer's connection is not free yet.
  expect(new Set(ports.splice(0)).size).toBeLessThan(10);
  for (let times = 0; times < 20; times++) await one.send(url, call());
  expect(new Set(ports).size).toBe(20);
});

test("a thousand calls at once do not open a thousand connections, and all are answered", async () => {
  let most = 0;
  let open = 0;
  const url = await serve((request, response) => {
    open += 1;
    most = Math.max(most, open);
    request.resume().on("end", () => {
      open -= 1;
      response.end("{}");
    });
  });
  const one = client();
  await Promise.all(Array.from({ length: 1_000 }, (_, each) => one.send(url, { ...call(), isRead: each % 2 === 0 })));
  // Two pools, one of reads.
  expect(most).toBeLessThanOrEqual(48);
});

test("a kept connection that the server has closed does not spoil the next read", async () => {
  const sockets: Socket[] = [];
  const url = await serve((request, response) => {
    sockets.push(request.socket);
    response.end("{}");
  });
  const one = client();
  await one.send(url, { ...call(), isRead: true });
  const closed = new Promise((done) => sockets[0]?.once("close", done));
  sockets[0]?.end();
  await closed;
  await expect(one.send(url, { ...call(), isRead: true })).resolves.toMatchObject({ status: 200 });
});

const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

test.each(Object.entries(compress))(
  "a body that nobody asked to be compressed with %s is read",
  async (name, press) => {
    const url = await serve((_request, response) => {
      response.setHeader("content-encoding", name).end(press('{"code":0}'));
    });
    const { body } = await client().send(url, call());
    expect(body.toString()).toBe('{"code":0}');
  },
);

test.each(Object.entries(compress))("a few bytes of %s do not become gigabytes", async (name, press) => {
  const bomb = press(Buffer.alloc(5_000_000));
  const url = await serve((_request, response) => {
    response.setHeader("content-encoding", name).end(bomb);
  });
  await expect(client({ maxBytes: 1_000_000 }).send(url, call())).rejects.toMatchObject({ code: "answer_too_large" });
});

test("what is not compressed as it says, or in a way nobody knows, is a bad answer", async () => {
  for (const [encoding, body] of [
    ["gzip", "{}"],
    ["gzip", gzipSync("{}").subarray(0, 12)],
    ["zip", "{}"],
  ] as const) {
    const url = await serve((_request, response) => {
      response.setHeader("content-encoding", encoding).end(body);
    });
    await expect(client().send(url, call())).rejects.toMatchObject({ code: "bad_answer", isSent: true });
  }
});
