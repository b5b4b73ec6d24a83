import { expect } from "vitest";
import type { Capability } from "@/server/platforms/adapter";
import { textOnly } from "@/server/platforms/piece";
import { type Ground, need } from "./ground";
import type { Term } from "./people-terms";

const file = "data:text/plain;base64,aGVsbG8=";

/** Somebody the account knows. */
function friend(ground: Ground, name = "Ann"): string {
  const id = need(ground, "person")(name);
  need(ground, "befriend")(id);
  return id;
}

/** What every platform's capability has to bring about: what is said, and what a group keeps. */
export const talkTerms = {
  "messages.send": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const group = need(ground, "group")("Chess");
    const said = await able["messages.send"]({ to: "person", id: ann, pieces: textOnly("[CQ:at,qq=all] 你好 & <b>") });
    await able["messages.send"]({ to: "group", id: group, pieces: textOnly("hello") });
    const [first, second, ...rest] = need(ground, "said")();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ to: "person", id: ann, text: "[CQ:at,qq=all] 你好 & <b>" });
    expect(second).toMatchObject({ to: "group", id: group, text: "hello" });
    if (said.messageId !== null) expect(said.messageId).toBe(first?.messageId);
  },
  "messages.recall": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const peer = { to: "person", id: ann } as const;
    const [messageId] = ["one", "two"].map((text) => need(ground, "speak")(peer, text));
    const handle = ground.world.handleOf?.(messageId ?? "") ?? null;
    await able["messages.recall"]({ ...peer, messageId: messageId ?? "", handle });
    expect(need(ground, "said")().map(({ isRecalled }) => isRecalled)).toEqual([true, false]);
  },
  "messages.history": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const peer = { to: "person", id: ann } as const;
    need(ground, "hear")(need(ground, "person")("Bob"), "elsewhere");
    for (const turn of [1, 2]) {
      need(ground, "speak")(peer, `own ${turn}`);
      need(ground, "hear")(ann, `theirs ${turn}`);
    }
    const heard: [string, boolean | null][] = [];
    let cursor: string | null = null;
    do {
      const { items, next } = await able["messages.history"](peer, cursor, 3);
      for (const { pieces, isOwn } of items) heard.push([pieces[0]?.type === "text" ? pieces[0].text : "", isOwn]);
      // Something is said while the pages are turned: nothing is lost for it, and nothing told twice.
      if (cursor === null) need(ground, "hear")(ann, "meanwhile");
      cursor = next;
    } while (cursor !== null);
    expect(heard).toEqual([
      ["theirs 2", false],
      ["own 2", true],
      ["theirs 1", false],
      ["own 1", true],
    ]);
  },
  "messages.read": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    for (const id of [ann, bob]) need(ground, "hear")(id, "hello");
    await able["messages.read"]({ to: "person", id: ann });
    expect([ann, bob].map(need(ground, "isRead"))).toEqual([true, false]);
  },
  "messages.get": async (able, ground) => {
    const ann = friend(ground);
    const [one, other] = ["one", "other"].map((text) => need(ground, "hear")(ann, text));
    const peer = { to: "person", id: ann } as const;
    const found = await able["messages.get"]({ ...peer, messageId: one ?? "" });
    expect(found).toMatchObject({ id: one, senderId: ann, isOwn: false, pieces: textOnly("one") });
    expect((await able["messages.get"]({ ...peer, messageId: other ?? "" })).pieces).toEqual(textOnly("other"));
  },
  "messages.forward": async (able, ground) => {
    const ann = friend(ground);
    const group = need(ground, "group")("Chess");
    const messageId = need(ground, "hear")(ann, "news");
    await able["messages.forward"]({ to: "person", id: ann, messageId }, { to: "group", id: group });
    expect(need(ground, "said")()).toMatchObject([{ to: "group", id: group, text: "news" }]);
  },
  "messages.react": async (able, ground) => {
    const ann = friend(ground);
    const messageId = need(ground, "hear")(ann, "news");
    for (const isOn of [true, false]) {
      await able["messages.react"]({ to: "person", id: ann, messageId }, "76", isOn);
      expect(need(ground, "facesUnder")(messageId)).toEqual(isOn ? ["76"] : []);
    }
  },
  "messages.poke": async (able, ground) => {
    const ann = friend(ground);
    const group = need(ground, "group")("Chess", { members: [ann] });
    await able["messages.poke"](ann, null);
    await able["messages.poke"](ann, group);
    expect(need(ground, "poked")()).toEqual([
      { userId: ann, groupId: null },
      { userId: ann, groupId: group },
    ]);
  },
  "conversations.list": async (able, ground) => {
    const [ann, bob] = [friend(ground), friend(ground, "Bob")];
    for (const id of [ann, bob]) need(ground, "hear")(id, "hello");
    const told = await able["conversations.list"](10);
    expect(told.map(({ to, id, name }) => [to, id, name])).toEqual([
      ["person", bob, "Bob"],
      ["person", ann, "Ann"],
    ]);
    expect(await able["conversations.list"](1)).toHaveLength(1);
  },

  "notices.list": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    need(ground, "notice")(id, "Rules");
    expect((await able["notices.list"](id)).map(({ text }) => text)).toEqual(["Rules"]);
    expect(await able["notices.list"](other)).toEqual([]);
  },
  "notices.publish": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    await able["notices.publish"](id, { text: "Rules" });
    expect([id, other].map(need(ground, "notices"))).toEqual([["Rules"], []]);
  },
  "notices.remove": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const [one] = ["Rules", "Times"].map((text) => need(ground, "notice")(id, text));
    await able["notices.remove"](id, one ?? "");
    expect(need(ground, "notices")(id)).toEqual(["Times"]);
  },

  "essence.list": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const peer = { to: "group", id } as const;
    const [messageId] = ["one", "two"].map((text) => need(ground, "speak")(peer, text));
    need(ground, "highlight")(id, messageId ?? "");
    expect(await able["essence.list"](id)).toMatchObject([{ messageId, senderId: ground.me, pieces: textOnly("one") }]);
  },
  "essence.add": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const messageId = need(ground, "speak")({ to: "group", id }, "one");
    await able["essence.add"]({ to: "group", id, messageId });
    expect(need(ground, "highlights")(id)).toEqual([messageId]);
  },
  "essence.remove": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const peer = { to: "group", id } as const;
    const spoken = ["one", "two"].map((text) => need(ground, "speak")(peer, text));
    for (const messageId of spoken) need(ground, "highlight")(id, messageId);
    await able["essence.remove"]({ ...peer, messageId: spoken[0] ?? "" });
    expect(need(ground, "highlights")(id)).toEqual(spoken.slice(1));
  },

  "files.list": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const folderId = need(ground, "folder")(id, "Games");
    const [loose, kept] = [need(ground, "file")(id, "a.txt", null), need(ground, "file")(id, "b.txt", folderId)];
    expect(await able["files.list"](id, null)).toMatchObject({
      ...{ files: [{ id: loose, name: "a.txt" }], folders: [{ id: folderId, name: "Games" }], isComplete: true },
    });
    expect(await able["files.list"](id, folderId)).toMatchObject({ files: [{ id: kept, name: "b.txt" }], folders: [] });
  },
  "files.upload": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const folderId = need(ground, "folder")(id, "Games");
    const peer = { to: "group", id } as const;
    await able["files.upload"](peer, { name: "a.txt", source: file });
    await able["files.upload"](peer, { name: "b.txt", source: file, folderId });
    expect([null, folderId].map((each) => need(ground, "files")(id, each))).toEqual([["a.txt"], ["b.txt"]]);
  },
  "files.link": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const [one, other] = ["a.txt", "b.txt"].map((name) => need(ground, "file")(id, name, null));
    const links = [one, other].map((each) => able["files.link"]({ to: "group", id }, each ?? ""));
    const [first, second] = await Promise.all(links);
    expect(first).toMatch(/^https?:\/\//);
    expect(second).not.toBe(first);
  },
  "files.rename": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const folderId = need(ground, "folder")(id, "Games");
    const [loose, kept] = [need(ground, "file")(id, "a.txt", null), need(ground, "file")(id, "a.txt", folderId)];
    await able["files.rename"](id, loose, null, "b.txt");
    await able["files.rename"](id, kept, folderId, "c.txt");
    expect([null, folderId].map((each) => need(ground, "files")(id, each))).toEqual([["b.txt"], ["c.txt"]]);
  },
  "files.move": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const folderId = need(ground, "folder")(id, "Games");
    const fileId = need(ground, "file")(id, "a.txt", null);
    await able["files.move"](id, fileId, null, folderId);
    expect(need(ground, "files")(id, folderId)).toEqual(["a.txt"]);
    await able["files.move"](id, fileId, folderId, null);
    expect(need(ground, "files")(id, null)).toEqual(["a.txt"]);
  },
  "files.remove": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const [one] = ["a.txt", "b.txt"].map((name) => need(ground, "file")(id, name, null));
    await able["files.remove"](id, one ?? "");
    expect(need(ground, "files")(id, null)).toEqual(["b.txt"]);
  },
  "files.keep": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const [one, other] = ["a.txt", "b.txt"].map((name) => need(ground, "file")(id, name, null));
    for (const each of [one, other]) need(ground, "spoil")(id, each ?? "");
    await able["files.keep"](id, one ?? "");
    expect([one, other].map((each) => need(ground, "isKept")(id, each ?? ""))).toEqual([true, false]);
  },
  "files.space": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    for (const name of ["a.txt", "b.txt"]) need(ground, "file")(id, name, null);
    const [full, empty] = [await able["files.space"](id), await able["files.space"](other)];
    // What is told is true; what is not told is null.
    expect([2, null]).toContain(full.fileCount);
    expect([0, null]).toContain(empty.fileCount);
    if (full.used !== null) expect(full.used).toBeGreaterThan(empty.used ?? 0);
    for (const [part, whole] of [
      [full.used, full.total],
      [full.fileCount, full.fileLimit],
    ])
      expect(part ?? 0).toBeLessThanOrEqual(whole ?? Number.POSITIVE_INFINITY);
  },
  "folders.create": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    await able["folders.create"](id, "Games");
    expect(need(ground, "folders")(id)).toEqual(["Games"]);
  },
  "folders.remove": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    const [one] = ["Games", "Times"].map((name) => need(ground, "folder")(id, name));
    await able["folders.remove"](id, one ?? "");
    expect(need(ground, "folders")(id)).toEqual(["Times"]);
  },
} satisfies Partial<Record<Capability, Term>>;
