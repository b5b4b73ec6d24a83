import { describe, expect, test } from "vitest";
import { adapter, group, napcat, now, picture, setUp } from "../napcat-ground";

setUp();

describe("notices and highlights", () => {
  test("a notice is published, listed and removed", async () => {
    await adapter["notices.publish"]("40001", {
      text: "Rules",
      image: picture,
      isPinned: true,
      needsConfirmation: true,
    });
    expect(group.shelf.notices).toMatchObject([{ text: "Rules", isPinned: true, needsConfirmation: true }]);
    const [notice] = await adapter["notices.list"]("40001");
    expect(notice).toMatchObject({ text: "Rules", authorId: "10001", at: new Date(now * 1000) });
    await adapter["notices.remove"]("40001", notice?.id ?? "");
    expect(group.shelf.notices).toEqual([]);
    await expect(adapter["notices.remove"]("40001", "n9")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "公告不存在",
    });
    const calling = adapter["notices.publish"]("40001", { text: "x", callsAll: true });
    await expect(calling).rejects.toMatchObject({ code: "not_offered", isSent: false });
  });

  test("a message is highlighted and taken back; a refusal hidden in an ok is a failure", async () => {
    napcat.world.say("30002", "well said", "40001");
    const ref = { to: "group", id: "40001", messageId: String(napcat.world.chat.messages[0]?.messageId) } as const;
    await adapter["essence.add"](ref);
    await expect(adapter["essence.list"]("40001")).resolves.toMatchObject([
      {
        messageId: ref.messageId,
        senderId: "30002",
        senderName: "Bob",
        operatorId: "10001",
        pieces: [{ type: "text", text: "well said" }],
      },
    ]);
    await adapter["essence.remove"](ref);
    expect(group.shelf.essence).toEqual([]);
    napcat.world.putMember(group, { ...napcat.world.account, role: "member" });
    await expect(adapter["essence.add"](ref)).rejects.toMatchObject({
      code: "not_carried_out",
      text: expect.stringContaining("没有权限"),
    });
  });
});

describe("files", () => {
  const chess = { to: "group", id: "40001" } as const;

  test("a file is uploaded, found, moved, renamed, linked and deleted", async () => {
    const folderId = await adapter["folders.create"]("40001", "Games");
    await adapter["files.upload"](chess, { name: "a.pgn", source: picture });
    const root = await adapter["files.list"]("40001", null);
    expect(root).toMatchObject({
      files: [{ name: "a.pgn", size: 5, uploaderId: "10001", expiresAt: null }],
      folders: [{ id: folderId, name: "Games", fileCount: 0 }],
      isComplete: true,
    });
    const id = root.files[0]?.id ?? "";
    await adapter["files.move"]("40001", id, null, folderId);
    await adapter["files.rename"]("40001", id, folderId, "b.pgn");
    await expect(adapter["files.list"]("40001", folderId)).resolves.toMatchObject({ files: [{ id, name: "b.pgn" }] });
    await expect(adapter["files.link"](chess, id)).resolves.toBe(`${napcat.world.filesAt}/${encodeURIComponent(id)}`);
    await adapter["files.remove"]("40001", id);
    await adapter["folders.remove"]("40001", folderId ?? "");
    expect([group.shelf.files, group.shelf.folders]).toEqual([[], []]);
  });

  test("a file goes into the folder it was meant for", async () => {
    const folderId = await adapter["folders.create"]("40001", "Games");
    await adapter["files.upload"](chess, { name: "a.pgn", source: picture, folderId });
    expect(group.shelf.files).toMatchObject([{ folder: folderId }]);
    const person = adapter["files.upload"]({ to: "person", id: "30001" }, { name: "a", source: picture, folderId });
    await expect(person).rejects.toMatchObject({ code: "not_offered", isSent: false });
    await adapter["files.upload"]({ to: "person", id: "30001" }, { name: "a.pgn", source: picture });
    expect(napcat.world.sent).toMatchObject([{ to: "private", id: "30001" }]);
    await expect(adapter["files.link"]({ to: "person", id: "30001" }, "f")).resolves.toBe(`${napcat.world.filesAt}/f`);
  });

  test("refusals hidden in a list, in retCode and in result.retCode are failures", async () => {
    await expect(adapter["files.remove"]("40001", "/none")).rejects.toMatchObject({ code: "not_carried_out" });
    await expect(adapter["folders.remove"]("40001", "/none")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "文件夹不存在",
    });
    await adapter["folders.create"]("40001", "Games");
    await expect(adapter["folders.create"]("40001", "Games")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "文件夹已存在",
    });
  });
});
