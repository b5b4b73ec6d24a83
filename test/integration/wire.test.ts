import { afterEach, expect, test } from "vitest";
import type { HttpCall } from "@/components/api";
import { toCurl } from "@/components/console/curl";
import { catalogue as chat68 } from "@/server/platforms/chat68/catalogue";
import { open as openChat68 } from "@/server/platforms/chat68/driver";
import { parseInput } from "@/server/platforms/client";
import type { Link } from "@/server/platforms/driver";
import { catalogue as im } from "@/server/platforms/im/catalogue";
import { catalogue as napcat } from "@/server/platforms/napcat/catalogue";
import { createHttpTransport } from "@/server/platforms/napcat/http";
import type { Row } from "@/server/platforms/row";
import type { Send, Wire } from "@/server/platforms/transport";
import { catalogue as yunhu } from "@/server/platforms/yunhu/catalogue";
import { open as openYunhu } from "@/server/platforms/yunhu/driver";
import { HandClock } from "@/test/hand-clock";
import { openLink } from "@/test/im-link";
import { HeardHooks } from "@/test/link-hooks";
import { runCurl, valuesOf } from "@/test/shell";
import { start as startChat68 } from "@/test/simulators/chat68";
import { start as startIm } from "@/test/simulators/im";
import { start as startNapcat } from "@/test/simulators/napcat";
import { start as startYunhu } from "@/test/simulators/yunhu";

/*
 * What the console shows as "what went out" is held against what the other side received, and so is the command made of
 * it, as a shell reads it.
 */

let ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function wireOf(send: Send, row: Row, input: unknown): Promise<Wire> {
  const told: Wire[] = [];
  await send(row, parseInput(row, input), {
    signal: new AbortController().signal,
    onWire: (wire) => told.push(wire),
  });
  const [wire] = told;
  if (!wire || told.length !== 1) throw new Error(`told ${told.length} times`);
  return wire;
}

function curlOf(http: HttpCall | null): { args: string[]; stdin: Buffer } {
  if (!http) throw new Error("there is no such call over HTTP");
  return runCurl(toCurl(http));
}

const jsonOf = (args: readonly string[]): unknown => JSON.parse(valuesOf(args, "--data-raw")[0] ?? "");

test("NapCat over HTTP: JSON and a Bearer header", async () => {
  const there = await startNapcat({ token: "http-Token" });
  const transport = createHttpTransport({ url: there.httpUrl, token: there.token });
  ends.push(
    () => there.close(),
    () => transport.close(),
  );
  const { over, frame, http } = await wireOf(transport.send, napcat.get_friend_list, {});
  expect([over, frame]).toEqual(["http", null]);
  expect(http).toEqual({
    method: "POST",
    path: "/get_friend_list",
    token: "bearer",
    kind: "json",
    content: { no_cache: false },
  });
  const { args } = curlOf(http);
  expect(jsonOf(args)).toEqual({ no_cache: false });
  expect(valuesOf(args, "-H")).toContain("Authorization: Bearer the-token");
});

test("IM: forms and queries, the bare token or none", async () => {
  const there = await startIm();
  const [ann, bob] = [there.world.addPerson("Ann"), there.world.addPerson("Bob")];
  there.world.befriend(ann.id, bob.id);
  const line = openLink(there, ann);
  ends.push(() => there.close(), line.end);
  await line.hooks.connected();
  const { send } = line.link;

  const text = "it's\n@two & more";
  const sent = await wireOf(send, im["post.chat.send"], { toId: bob.id, ope: "friend", type: "text", body: text });
  expect(sent).toMatchObject({ over: "http", http: { kind: "form", token: "raw", path: "/chat/send" } });
  const form = curlOf(sent.http).args;
  expect(valuesOf(form, "--form-string").sort()).toEqual(
    there
      .of("POST /chat/send")
      .flatMap(({ fields }) => fields.map((field) => field.join("=")))
      .sort(),
  );
  expect(valuesOf(form, "-H")).toEqual(["Authorization: the-token"]);

  const read = await wireOf(send, im["get.friends.info"], { toId: bob.id });
  const query = curlOf(read.http).args;
  expect(query[0]).toBe("-G");
  expect(valuesOf(query, "--data-urlencode")).toEqual([`toId=${bob.id}`]);
  expect(there.of("GET /friends/info").at(-1)?.fields).toEqual([["toId", bob.id]]);

  const typing = await wireOf(send, im.ws, { toId: bob.id, status: "normal" });
  expect(typing).toMatchObject({ over: "ws", http: null, frame: { toId: Number(bob.id), type: "input" } });
});

test("Yunhu: its own header, JSON, and the bytes of protobuf beside what they say", async () => {
  const there = await startYunhu();
  const [hooks, clock] = [new HeardHooks(), new HandClock()];
  const link: Link = openYunhu({
    ...{ hooks, clock, accountId: null, random: () => 0 },
    connection: { apiUrl: there.httpUrl, pushUrl: there.wsUrl, userId: "100", deviceId: "desk" },
    credentials: { token: there.token },
  });
  ends.push(
    () => there.close(),
    () => hooks.close(),
    () => link.close(),
  );
  clock.advance(0);
  await hooks.connected();
  const { http } = await wireOf(link.send, yunhu["address-book-list"], { number: "0123456789abcdef" });
  expect(http).toMatchObject({ kind: "protobuf", token: "token", content: { number: "0123456789abcdef" } });
  const { args, stdin } = curlOf(http);
  expect(stdin).toEqual(there.of("address-book-list").at(-1)?.body);
  expect(valuesOf(args, "-H")).toContain("token: the-token");
  const quiet = await wireOf(link.send, yunhu["no-notify"], { chatId: "5", noNotify: true });
  const body = there.of("no-notify").at(-1)?.body.toString("utf8") ?? "";
  expect(jsonOf(curlOf(quiet.http).args)).toEqual(JSON.parse(body));
});

test.each(["ws", "http"] as const)("68chat over %s: wrapped as the helper wants it, no token", async (transport) => {
  const there = await startChat68();
  const [hooks, clock] = [new HeardHooks(), new HandClock()];
  const connection = transport === "ws" ? { transport, wsUrl: there.wsUrl } : { transport, httpUrl: there.httpUrl };
  const reserve = () => Promise.resolve(true);
  const options = { connection, credentials: {}, accountId: null, hooks, clock, random: () => 0, reserve };
  const link = openChat68(options);
  ends.push(
    () => there.close(),
    () => hooks.close(),
    () => link.close(),
  );
  clock.advance(0);
  await hooks.connected();
  const { over, frame, http } = await wireOf(link.send, chat68.ContactsList, {});
  expect(over).toBe(transport);
  const body = there.of("ContactsList").at(-1)?.body;
  expect(body).toMatchObject({ type: "ContactsList", url: expect.stringContaining("/contacts/contactsList") });
  if (transport === "ws") expect(frame).toMatchObject({ type: "request", data: body });
  expect(http).toMatchObject({ path: "/request", token: "none" });
  const { args } = curlOf(http);
  expect(jsonOf(args)).toEqual(body);
  expect(valuesOf(args, "-H")).toEqual(["Content-Type: application/json"]);
});
