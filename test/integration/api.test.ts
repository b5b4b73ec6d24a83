import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { maximumBatch } from "@/lib/batch";
import { createApiHandler } from "@/server/api/handler";
import type { AppRouter } from "@/server/api/router";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let test: TestDesk;
let server: Server;
let url: string;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  server = createServer(createApiHandler(test.desk)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  // A TCP server that listens has an address of this shape.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.throttle.deleteMany();
});

/** One call as a browser makes it, and the whole answer. */
async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-gatehouse-address": "192.0.2.7", ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

describe("the API over HTTP", () => {
  it("answers a batch as long as the clients make them, and no longer", async () => {
    const many = (count: number) => fetch(`${url}/${Array(count).fill("setup.status").join(",")}?batch=1`);
    expect((await many(maximumBatch)).status).toBe(200);
    expect((await many(maximumBatch + 1)).status).toBe(400);
  });

  it("takes a query by POST, so that no token stands in an address", async () => {
    const asked: string[] = [];
    const client = createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url,
          transformer: superjson,
          methodOverride: "POST",
          fetch: (to, init) => {
            asked.push(`${init?.method} ${to}`);
            // tRPC's own type of the same object allows undefined where fetch's leaves the key out.
            return fetch(to, init as RequestInit);
          },
        }),
      ],
    });
    await expect(client.invite.preview.query({ token: "t0ken" })).rejects.toMatchObject({ message: "invite_invalid" });
    expect(asked).toEqual([`POST ${url}/invite.preview?batch=1`]);
  });

  it("changes nothing by GET, whatever method the caller claims", async () => {
    const input = encodeURIComponent(JSON.stringify({ json: { locale: "en" } }));
    const headers = { "x-http-method-override": "POST" };
    expect((await fetch(`${url}/account.setLocale?input=${input}`, { headers })).status).toBe(405);
  });

  it.each(["PUT", "PATCH", "DELETE", "OPTIONS"])("has no %s", async (method) => {
    const answer = await fetch(`${url}/setup.status`, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  });

  it.each(["__proto__", "constructor", "session.__proto__", "toString", "session.constructor.name"])(
    "knows no procedure of the name %s",
    async (path) => {
      expect((await fetch(`${url}/${path}`)).status).toBe(404);
    },
  );

  it.each([
    ["U+0000", "a\\u0000b"],
    ["half a character", "a\\ud800"],
  ])("calls %s a fault of the input, not of the desk", async (_name, text) => {
    const { status } = await post("invite.preview", `{"json":{"token":"${text}"}}`);
    expect(status).toBe(400);
  });

  it.each([
    ["a content type it does not read", "{}", { "content-type": "text/plain" }],
    ["what is no JSON", "{", {}],
    ["a lie about its transformer", '{"json":{"token":"x"},"meta":{"values":{"__proto__.x":["Date"]}}}', {}],
    ["nesting without end", `{"json":{"token":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`, {}],
    ["a body too large", JSON.stringify({ json: { token: "x".repeat(300_000) } }), {}],
  ])("refuses %s with a closed code and no word of an exception", async (_name, body, headers) => {
    const { status, text } = await post("setup.create", body, headers);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    const error = JSON.parse(text).error.json;
    expect(error.message).toBe("invalid_input");
    expect(Object.keys(error.data).sort()).toEqual(["code", "desk", "httpStatus"]);
    expect(text).not.toMatch(/stack|node_modules|prisma|select /i);
  });
});

describe("a stranger who hammers on what is open to everybody", () => {
  const attempt = () =>
    post(
      "invite.accept",
      JSON.stringify({ json: { name: "N", email: "n@example.org", password: "a long password", token: "wrong" } }),
    );

  it("has to wait, and cannot write the record full", async () => {
    const before = await store.database.auditEvent.count();
    const answers: string[] = [];
    for (let count = 0; count < 120; count += 1) answers.push((await attempt()).text);
    expect(answers[0]).toContain("invite_invalid");
    expect(answers.at(-1)).toContain("throttled");
    const written = await store.database.auditEvent.findMany({ skip: before, include: { outcome: true } });
    // One that had begun is an event and a count of the first; others are a count alone.
    const counted = await store.database.auditRepeat.count({ where: { id: { notIn: written.map(({ id }) => id) } } });
    expect(written.length + counted).toBeLessThan(60);
    expect(written.map((event) => event.outcome?.error)).toContain("throttled");
  });
});
