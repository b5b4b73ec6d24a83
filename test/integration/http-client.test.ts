import { createServer, type RequestListener, type Server } from "node:http";
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
  await expect(client({ maxBytes: 1000 }).post(url, call())).rejects.toMatchObject({ code: "answer_too_large" });
});

test("a server that closes mid-body is a lost connection, and the call may have been carried out", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half", () => response.destroy());
  });
  await expect(client().post(url, call())).rejects.toMatchObject({ code: "connection_lost", isSent: true });
});

test("a server that accepts and never answers ends with the caller's time", async () => {
  const timeout = new AbortController();
  const url = await serve(() => timeout.abort(new DOMException("late", "TimeoutError")));
  await expect(client().post(url, call(timeout.signal))).rejects.toMatchObject({ code: "timeout", isSent: true });
});

test("a call given up before it began was certainly not sent", async () => {
  const url = await serve((_request, response) => response.end());
  await expect(client().post(url, call(AbortSignal.abort()))).rejects.toMatchObject({ code: "aborted", isSent: false });
});

test("a redirect is an answer and is not followed", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  await expect(client().post(url, call())).resolves.toMatchObject({ status: 302 });
  expect(asked).toEqual(["/"]);
});

test("the metadata service of a cloud is not dialled, by address or by name", async () => {
  const resolve = () => Promise.resolve([{ address: "169.254.169.254", family: 4 }]);
  for (const url of ["http://169.254.169.254/", "http://innocent.example/"])
    await expect(client({ resolve }).post(new URL(url), call())).rejects.toMatchObject({
      code: "destination_refused",
      isSent: false,
    });
});
