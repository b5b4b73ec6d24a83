import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maximumUpload } from "@/lib/file";
import { noticeFields } from "@/lib/notice";
import { createApiHandler } from "@/server/api/handler";
import { receiveUpload } from "@/server/api/upload";
import { sessionCookieName } from "@/server/auth/session";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { replyUpload } from "@/server/http/upload";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, testConfig, until } from "../desk";
import { addOperator, addSession } from "../people";
import * as chat68 from "../simulators/chat68";
import { Refused } from "../simulators/chat68/wire";
import { type Napcat, start } from "../simulators/napcat";

const log = createLogger("silent");
const groupId = "40001";
let store: TestDatabase;
let team: TestDesk;
let napcat: Napcat;
let helper: chat68.Chat68;
let listener: Listener;
let folder: string;
let base: string;
let botId: string;
let otherBotId: string;
let mei: Seat;
let bo: Seat;

interface Seat {
  cookie: string;
  api: ReturnType<TestDesk["as"]>;
}

beforeAll(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "gatehouse-"));
  listener = new Listener(log, { isDev: false });
  const port = await listener.listen("127.0.0.1", 0);
  base = `http://127.0.0.1:${port}`;
  const config = { ...testConfig(store.url), port, publicUrl: new URL(base), dataDir: folder };
  team = await startDesk(store.url, { config });
  listener.open({
    ...{ config, loopbackKey: "", checks: {}, api: createApiHandler(team.desk), oneBot: team.desk },
    metrics: new Metrics(async () => ({ queue: {}, bots: {} })),
    exportAudit: async (_asked, response) => response.end(),
    exportMembers: async (_asked, response) => response.end(),
    media: async (_asked, response) => response.end(),
    upload: (asked, response) => replyUpload(asked, response, (body) => receiveUpload(team.desk, body), log),
    page: async (_asked, response) => response.end(),
  });
  [napcat, helper] = await Promise.all([start(), chat68.start()]);
  napcat.world.addGroup({ groupId, groupName: "Chess" }, [{ userId: "30001", nickname: "Bob" }]);
  helper.world.groups.push({ id: 900_001, hostId: 4_008_697, name: "Choir", members: [{ uid: 5, nickName: "Cy" }] });
  botId = await team.connect(napcat, "Front door");
  mei = await seat({ roleId: "admin", botId });
  bo = await seat({ roleId: "moderator", botId });
  const owner = await seat("owner");
  const input = { name: "Choir", platform: "chat68" as const, connection: { transport: "ws", wsUrl: helper.wsUrl } };
  otherBotId = (await owner.api.bots.create(input)).id;
  await until(team.desk, async () => (team.desk.connections.isConnected(otherBotId) ? true : undefined));
});
afterAll(async () => {
  await listener.close();
  await team.stop();
  await Promise.all([napcat.close(), helper.close()]);
  await store.drop();
  await rm(folder, { recursive: true });
});

async function seat(...grants: Parameters<typeof addOperator>[1][]): Promise<Seat> {
  const operator = await addOperator(store.database, ...grants);
  const { config } = team.desk;
  const sid = await addSession(store.database, operator.id);
  const token = await encode({ token: { sid, sub: operator.id }, secret: config.secret });
  return { cookie: `${sessionCookieName(config)}=${token}`, api: team.as(await operator.actor(sid)) };
}

interface Sent {
  who?: Seat | null;
  name?: string;
  use?: string;
  bot?: string;
  headers?: Record<string, string>;
  /** Sent without its length. */
  parts?: Buffer[];
}

function post(
  content: Buffer,
  { who = mei, name = "rules.txt", use = "files.upload", bot = botId, ...rest }: Sent = {},
) {
  const { headers = {}, parts } = rest;
  return new Promise<{ status: number; body: { id?: string; name?: string; size?: number; code?: string } }>(
    (resolve, reject) => {
      const query = new URLSearchParams({ botId: bot, use, name });
      const asked = request(`${base}/api/upload?${query}`, {
        method: "POST",
        agent: false,
        headers: {
          ...{ origin: base, "content-type": "application/octet-stream" },
          ...(who === null ? {} : { cookie: who.cookie }),
          ...(parts ? {} : { "content-length": String(content.length) }),
          ...headers,
        },
      });
      let isAnswered = false;
      // Who is refused in the middle finds the connection closed while still sending.
      asked.on("error", (error) => !isAnswered && reject(error));
      asked.once("response", (answer) => {
        isAnswered = true;
        json(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 0, body: body as { code?: string } }),
          reject,
        );
      });
      for (const part of parts ?? []) asked.write(part);
      asked.end(parts ? undefined : content);
    },
  );
}

const put = async (content: string, sent?: Sent) => (await post(Buffer.from(content), sent)).body.id ?? "";
const kept = () => readdir(path.join(folder, "uploads"));
const refused = async (sent: Sent, content = Buffer.from("x")) => {
  const { status, body } = await post(content, sent);
  return [status, body.code];
};
const list = (folderId: string | null = null) => mei.api.files.list({ botId, groupId, folderId });

describe("a file on its way to a platform", () => {
  test("is kept under a name of chance, called by a clean one, and stands in the record", async () => {
    const { status, body } = await post(Buffer.from("one"), { name: "../..\\evil/\u202Egpj.exe" });
    expect([status, body.name, body.size]).toEqual([200, "gpj.exe", 3]);
    expect(await kept()).toEqual([body.id]);
    const { items } = await (await seat("owner")).api.audit.list({ action: "uploads.create" });
    expect(items[0]).toMatchObject({ target: "gpj.exe", outcome: "OK", platform: "napcat" });
  });

  test("is refused without a session, a permission, a bot in sight, a name, our origin or our type", async () => {
    const before = (await kept()).length;
    expect(await refused({ who: null })).toEqual([401, "signed_out"]);
    expect(await refused({ who: await seat({ roleId: "auditor", botId }) })).toEqual([403, "forbidden"]);
    expect(await refused({ bot: otherBotId })).toEqual([404, "not_found"]);
    expect(await refused({ name: "../" })).toEqual([400, "invalid_input"]);
    expect(await refused({ use: "members.kick" })).toEqual([400, "invalid_input"]);
    expect(await refused({ headers: { origin: "https://evil.example" } })).toEqual([403, "wrong_origin"]);
    expect(await refused({ headers: { "content-type": "text/plain" } })).toEqual([400, "invalid_input"]);
    expect(await refused({}, Buffer.alloc(0))).toEqual([400, "invalid_input"]);
    expect((await kept()).length).toBe(before);
  });

  test("is not taken in past the limit, announced or not, and leaves nothing behind", async () => {
    const before = (await kept()).length;
    const large = Buffer.alloc(maximumUpload + 1);
    expect(await refused({ headers: { "content-length": String(large.length) } }, large)).toEqual([
      413,
      "file_too_large",
    ]);
    expect(await refused({ parts: [large] })).toEqual([413, "file_too_large"]);
    await expect.poll(async () => (await kept()).length).toBe(before);
  });

  test("is for who brought it, on that bot, and gone when it was handed on or has waited too long", async () => {
    const uploadId = await put("two");
    await expect(bo.api.files.upload({ botId, groupId, uploadId })).rejects.toThrow("upload_gone");
    await expect(mei.api.files.upload({ botId, groupId, uploadId })).resolves.toEqual({ state: "confirmed" });
    await expect(mei.api.files.upload({ botId, groupId, uploadId })).rejects.toThrow("upload_gone");
    expect(await kept()).not.toContain(uploadId);
    const forgotten = path.join(folder, "uploads", "forgotten");
    await writeFile(forgotten, "x");
    await utimes(forgotten, 1, 1);
    team.desk.uploads.stop();
    team.desk.uploads.start();
    await expect.poll(kept).not.toContain("forgotten");
  });

  test("stays for another try when the platform refused it", async () => {
    const uploadId = await put("three");
    await expect(mei.api.files.upload({ botId, groupId: "49999", uploadId })).rejects.toThrow("platform_refused");
    await expect(mei.api.files.upload({ botId, groupId, uploadId })).resolves.toEqual({ state: "confirmed" });
  });

  test("may be as large as is said: the platform takes it", async () => {
    const uploadId = (await post(Buffer.alloc(maximumUpload), { name: "large.bin" })).body.id ?? "";
    await expect(mei.api.files.upload({ botId, groupId, uploadId })).resolves.toEqual({ state: "confirmed" });
    expect((await list()).files.find(({ name }) => name === "large.bin")?.size).toBe(maximumUpload);
  });
});

describe("the files of a group", () => {
  test("are listed, called anew, moved, kept and deleted, each seen to have happened", async () => {
    const shelf = napcat.world.groups.get(groupId)?.shelf;
    await mei.api.files.upload({ botId, groupId, uploadId: await put("four", { name: "four.txt" }) });
    const file = (await list()).files.find(({ name }) => name === "four.txt");
    const fileId = file?.id ?? "";
    const at = { botId, groupId, fileId, folderId: null };
    expect(await mei.api.files.rename({ ...at, name: "vier.txt" })).toEqual({ state: "confirmed" });
    expect(await mei.api.files.createFolder({ botId, groupId, name: "Old" })).toEqual({ state: "confirmed" });
    const folderId = (await list()).folders[0]?.id ?? "";
    expect(await mei.api.files.move({ ...at, to: folderId })).toEqual({ state: "confirmed" });
    expect(await list(folderId)).toMatchObject({
      isComplete: true,
      files: [{ id: fileId, name: "vier.txt", size: 4 }],
    });
    const stored = shelf?.files.find(({ id }) => id === fileId);
    Object.assign(stored ?? {}, { deadTime: 1_900_000_000 });
    expect((await list(folderId)).files[0]?.expiresAt).toEqual(new Date(1_900_000_000_000));
    expect(await mei.api.files.keep({ ...at, folderId })).toEqual({ state: "confirmed" });
    expect((await mei.api.files.link({ botId, groupId, fileId, name: "vier.txt" })).address).toMatch(
      /^\/media\/[\w-]+$/,
    );
    expect(await mei.api.files.space({ botId, groupId })).toMatchObject({ fileLimit: 5_000, used: expect.any(Number) });
    await expect(mei.api.files.removeFolder({ botId, groupId, folderId, name: "Other" })).rejects.toThrow(
      "name_mismatch",
    );
    expect(await mei.api.files.remove({ ...at, folderId })).toEqual({ state: "confirmed" });
    expect(await mei.api.files.removeFolder({ botId, groupId, folderId, name: "Old" })).toEqual({ state: "confirmed" });
    expect((await list()).folders).toEqual([]);
  });

  test("get no name that is a path or a trick", async () => {
    for (const name of ["a/b", "..", "con.txt", "x\u202Etxt.exe", " ", "a".repeat(201)])
      await expect(mei.api.files.createFolder({ botId, groupId, name }), name).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
  });
});

describe("notices", () => {
  test("are published as the platform takes them, seen, and taken down", async () => {
    const shelf = napcat.world.groups.get(groupId)?.shelf;
    const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(80)]);
    const uploadId = (await post(png, { use: "notices.publish", name: "a.png" })).body.id ?? "";
    const notice = { text: "The hall is closed.", isPinned: true, needsConfirmation: true };
    expect(await mei.api.notices.publish({ botId, groupId, ...notice, uploadId })).toEqual({ state: "confirmed" });
    expect(shelf?.notices[0]).toMatchObject(notice);
    const { items, takes } = await mei.api.notices.list({ botId, groupId });
    expect([items[0]?.text, takes]).toEqual(["The hall is closed.", noticeFields.napcat]);
    await expect(
      mei.api.notices.publish({
        botId,
        groupId,
        text: "x",
        uploadId: await put("no picture", { use: "notices.publish" }),
      }),
    ).rejects.toThrow("invalid_input");
    await expect(mei.api.notices.publish({ botId, groupId, text: "x", callsAll: true })).rejects.toThrow("not_offered");
    expect(await mei.api.notices.remove({ botId, groupId, noticeId: items[0]?.id ?? "" })).toEqual({
      state: "confirmed",
    });
  });

  test("that were set while the members were not told say so, and the telling alone is made up for", async () => {
    const { api } = await seat("owner");
    const at = { botId: otherBotId, groupId: "900001" };
    helper.world.faults.set("sendMsg", new Refused(300, "busy"));
    const failed = await api.notices.publish({ ...at, text: "Rehearsal at eight." }).catch((cause: Error) => cause);
    expect(failed).toMatchObject({ message: "partly_done" });
    expect(helper.world.groups[0]?.notice?.text).toBe("Rehearsal at eight.");
    expect(await api.notices.publish({ ...at, text: "Rehearsal at eight.", left: "announce" })).toEqual({
      state: "sent",
    });
    expect((await api.notices.list(at)).items).toMatchObject([{ id: null, text: "Rehearsal at eight." }]);
  });
});
