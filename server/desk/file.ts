import { systemActor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter, Capability } from "@/server/platforms/adapter";
import type { Shelf, Space } from "@/server/platforms/entity";
import { type Able, able, type Doing, type Done, perform } from "./perform";
import type { TakenUpload } from "./upload";

/** A file of a group as a screen shows it. */
export interface FileRow {
  id: string;
  name: string;
  size: number | null;
  uploaderId: string | null;
  /** What the list of members calls them, else the platform. */
  uploaderName: string | null;
  at: Date | null;
  expiresAt: Date | null;
}

/** What lies in one folder. `isComplete` false: there is more than the platform told. */
export interface ShelfRow {
  files: FileRow[];
  folders: { id: string; name: string; fileCount: number | null }[];
  isComplete: boolean;
}

export interface FileParts {
  database: Database;
  connections: Connections;
  bus: Bus;
}

/** Which file of which folder; `folderId` null: in none. */
export interface FileRef {
  groupId: string;
  folderId: string | null;
  fileId: string;
}

/** Lists a folder as the platform has it now. */
export async function listFiles(
  parts: FileParts,
  doing: Doing<"files.list">,
  groupId: string,
  folderId: string | null,
): Promise<ShelfRow> {
  const adapter = await able(parts, doing);
  const shelf = await adapter["files.list"](groupId, folderId);
  const known = await parts.database.knownMember.findMany({
    where: { botId: doing.botId, groupId, userId: { in: shelf.files.flatMap(({ uploaderId }) => uploaderId ?? []) } },
    select: { userId: true, name: true, card: true },
  });
  const names = new Map(known.map(({ userId, name, card }) => [userId, card || name]));
  return {
    files: shelf.files.map(({ raw: _raw, ...file }) => ({
      ...file,
      uploaderName: names.get(file.uploaderId ?? "") ?? file.uploaderName,
    })),
    folders: shelf.folders.map(({ raw: _raw, ...folder }) => folder),
    isComplete: shelf.isComplete,
  };
}

/** How much room there is and how much of it is taken. */
export async function readSpace(parts: FileParts, doing: Doing<"files.space">, groupId: string): Promise<Space> {
  return await (await able(parts, doing))["files.space"](groupId);
}

/** Where a file can be fetched for a while: the platform's own address. */
export async function linkFile(
  parts: FileParts,
  doing: Doing<"files.link">,
  groupId: string,
  fileId: string,
): Promise<string> {
  return await (await able(parts, doing))["files.link"]({ to: "group", id: groupId }, fileId);
}

/** Hands an upload to the platform. It is kept for another try unless the platform said yes. */
export async function uploadFile(
  parts: FileParts,
  doing: Doing<"files.upload">,
  at: { groupId: string; folderId: string | null },
  upload: TakenUpload,
): Promise<{ state: Done }> {
  const { groupId, folderId } = at;
  const before = new Set((await glance(parts, doing, groupId, folderId))?.files.map(({ id }) => id));
  const done = await told(
    parts,
    doing,
    (adapter) =>
      adapter["files.upload"]({ to: "group", id: groupId }, { name: upload.name, source: upload.source, folderId }),
    async (adapter) => {
      const shelf = await adapter["files.list"]?.(groupId, folderId);
      return shelf?.files.some(({ id, name }) => name === upload.name && !before.has(id)) ?? null;
    },
  );
  await upload.release();
  return done;
}

export function renameFile(parts: FileParts, doing: Doing<"files.rename">, file: FileRef, name: string) {
  const { groupId, folderId, fileId } = file;
  return told(
    parts,
    doing,
    (adapter) => adapter["files.rename"](groupId, fileId, folderId, name),
    seen(groupId, folderId, ({ files }) => files.some((each) => each.id === fileId && each.name === name)),
  );
}

/** @param to null: out of all folders. */
export function moveFile(parts: FileParts, doing: Doing<"files.move">, file: FileRef, to: string | null) {
  const { groupId, folderId, fileId } = file;
  return told(
    parts,
    doing,
    (adapter) => adapter["files.move"](groupId, fileId, folderId, to),
    seen(groupId, to, ({ files }) => files.some(({ id }) => id === fileId)),
  );
}

export function removeFile(parts: FileParts, doing: Doing<"files.remove">, { groupId, folderId, fileId }: FileRef) {
  return told(
    parts,
    doing,
    (adapter) => adapter["files.remove"](groupId, fileId),
    // Of a list that was cut off nothing proves that something is gone.
    seen(groupId, folderId, ({ files, isComplete }) => isComplete && !files.some(({ id }) => id === fileId)),
  );
}

/** Keeps a file that the platform would delete after a while. */
export function keepFile(parts: FileParts, doing: Doing<"files.keep">, { groupId, folderId, fileId }: FileRef) {
  return told(
    parts,
    doing,
    (adapter) => adapter["files.keep"](groupId, fileId),
    seen(groupId, folderId, ({ files }) => files.some(({ id, expiresAt }) => id === fileId && expiresAt === null)),
  );
}

export function createFolder(parts: FileParts, doing: Doing<"folders.create">, groupId: string, name: string) {
  return told(
    parts,
    doing,
    (adapter) => adapter["folders.create"](groupId, name),
    seen(groupId, null, ({ folders }) => folders.some((folder) => folder.name === name)),
  );
}

/**
 * Removes a folder with what is in it, after a look whether it is the one whose name was typed. Throws DeskError
 * `not_found`, `name_mismatch`.
 */
export function removeFolder(
  parts: FileParts,
  doing: Doing<"folders.remove">,
  folder: { groupId: string; folderId: string },
  typed: string,
) {
  const { groupId, folderId } = folder;
  return told(
    parts,
    doing,
    async (adapter) => {
      const there = (await glance(parts, doing, groupId, null))?.folders.find(({ id }) => id === folderId);
      if (!there) throw new DeskError("not_found");
      if (typed.trim() !== there.name.trim()) throw new DeskError("name_mismatch");
      await adapter["folders.remove"](groupId, folderId);
    },
    seen(groupId, null, ({ folders }) => !folders.some(({ id }) => id === folderId)),
  );
}

/** Reads a folder back and says of it whether the act is seen. */
function seen(groupId: string, folderId: string | null, isThere: (shelf: Shelf) => boolean) {
  return async (adapter: Adapter) => {
    const shelf = await adapter["files.list"]?.(groupId, folderId);
    return shelf ? isThere(shelf) : null;
  };
}

/** The desk's own look before an act; null where the platform does not answer it. */
async function glance({ connections }: FileParts, doing: Doing, groupId: string, folderId: string | null) {
  const { botId, correlationId } = doing;
  const reader = connections.adapter(botId, { actor: systemActor, correlationId });
  try {
    return (await reader?.["files.list"]?.(groupId, folderId)) ?? null;
  } catch {
    // What is wrong with the platform the act itself will tell.
    return null;
  }
}

/** Carries it out and tells the other screens, whatever became of it: who looks at the folder reads it again. */
async function told<C extends Capability>(
  parts: FileParts,
  doing: Doing<C>,
  run: (able: Able<C>) => Promise<unknown>,
  look: (adapter: Adapter) => Promise<boolean | null>,
): Promise<{ state: Done }> {
  try {
    const { state } = await perform(parts, doing, run, look);
    return { state };
  } finally {
    await parts.bus.publish({ topic: "shelf", id: doing.botId, botId: doing.botId, version: 1 });
  }
}
