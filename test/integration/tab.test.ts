import { type ClientRequest, createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApiHandler } from "@/server/api/handler";
import { sessionCookieName } from "@/server/auth/session";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { addBot, addOperator, addSession } from "../people";

/*
 * A tab as the network sees it: a stream of events over a socket, which ends when the browser closes the tab, whatever
 * the page could still send.
 */

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

/** Opens the stream of a tab; resolves once its first event is there. */
function open(cookie: string, tab: string): Promise<ClientRequest> {
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({ tab })));
  return new Promise((resolve, reject) => {
    const stream = get(`${url}/live?input=${input}`, { headers: { cookie }, agent: false }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (chunk.includes("resync")) resolve(stream);
      });
      // The test cuts it.
      response.on("error", () => undefined);
    });
    stream.on("error", reject);
  });
}

/** Asked again and again: that a tab has left is told to nobody before its grace is over. */
async function leftAt(tab: string): Promise<Date> {
  for (;;) {
    const row = await store.database.presence.findUnique({ where: { tab } });
    if (row?.leftAt) return row.leftAt;
  }
}

it("a tab whose socket is cut has left, and its lease is given back unless it returns", async () => {
  const mei = await addOperator(store.database, "moderator");
  const actor = await mei.actor();
  const token = { sid: await addSession(store.database, mei.id), sub: mei.id };
  const { secret } = test.desk.config;
  const cookie = `${sessionCookieName(test.desk.config)}=${await encode({ token, secret })}`;
  const botId = await addBot(store.database);
  const answers = { approve: true, deny: true, takesReason: true };
  const row = { id: uuid(), botId, kind: "friend", key: "k", applicantId: "1", handle: {}, raw: {}, answers };
  await store.database.request.create({ data: row });
  const tab = uuid();
  const age = () => store.database.$executeRaw`
    UPDATE "Presence" SET "leftAt" = "leftAt" - interval '11 s' WHERE "tab" = ${tab}::uuid`;
  const claims = () => store.database.claim.count({ where: { requestId: row.id } });

  const first = await open(cookie, tab);
  await test.as(actor).requests.claim({ id: row.id, tab });
  first.destroy();
  await leftAt(tab);
  // A reload: back before the grace is over.
  const second = await open(cookie, tab);
  await test.desk.presences.tick();
  expect(await claims()).toBe(1);
  expect(await store.database.presence.findUnique({ where: { tab } })).toMatchObject({ leftAt: null });
  second.destroy();
  await leftAt(tab);
  await age();
  await test.desk.presences.tick();
  expect(await claims()).toBe(0);
  expect(await store.database.presence.count({ where: { tab } })).toBe(0);
});
