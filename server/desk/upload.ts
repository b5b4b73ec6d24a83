import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { cleanFileName, maximumUpload, type UploadUse } from "@/lib/file";
import type { Recorder } from "@/server/audit/record";
import type { Database } from "@/server/db/client";
import type { Logger } from "@/server/log";
import { capabilities } from "@/server/platforms/capability";
import { sniffBytes, sniffType } from "@/server/platforms/media-type";
import { findBot } from "./bot";

/** How long an upload waits to be used, ms, and how often what waited longer is removed. */
const keptMs = 3_600_000;
/** How many of one operator may wait or arrive at once, and how much room all of them may take together, bytes. */
const most = { each: 24, bytes: 2_000_000_000 };

/** A file that lies here until an act takes it. */
interface Kept {
  operatorId: string;
  botId: string;
  name: string;
  size: number;
  at: number;
}

/** A file as an act takes it. `source` is its content as a data URL. */
export interface TakenUpload {
  name: string;
  size: number;
  type: string;
  source: string;
  /** It was handed on and is not needed any more. */
  release(): Promise<void>;
}

/** What somebody wants to put here. */
export interface UploadAsked {
  actor: Actor;
  correlationId: string;
  botId: string;
  use: UploadUse;
  name: string;
}

/**
 * Files on their way from a browser to a platform, on disk under names of chance. They are this instance's own and last
 * no longer than an hour; what an earlier life of it left behind goes the same way.
 */
export class Uploads {
  private readonly kept = new Map<string, Kept>();
  private readonly folder: string;
  private cleaning: NodeJS.Timeout | null = null;

  constructor(private readonly parts: { database: Database; recorder: Recorder; log: Logger; dataDir: string }) {
    this.folder = path.join(parts.dataDir, "uploads");
  }

  start(): void {
    this.clean();
    this.cleaning = setInterval(() => this.clean(), keptMs / 4);
  }

  stop(): void {
    if (this.cleaning) clearInterval(this.cleaning);
  }

  /**
   * Takes a file in: permission, record, then its content, counted as it comes.
   * @returns the number it is taken by.
   * @throws DeskError `not_found` for a bot out of sight, `forbidden`, `invalid_input` for a name that is none,
   *   `throttled` when too much waits, `file_too_large`, `aborted` when the browser went away.
   */
  async receive(asked: UploadAsked, body: Readable): Promise<{ id: string; name: string; size: number }> {
    const { actor, correlationId, botId, use } = asked;
    const { database, recorder } = this.parts;
    const event = { correlationId, actor, action: "uploads.create", risk: "write" } as const;
    const bot = await findBot(database, actor, botId);
    if (!bot) {
      await recorder.refuse(event, "not_found");
      throw new DeskError("not_found");
    }
    const permission = capabilities[use];
    const name = cleanFileName(asked.name);
    const about = { ...event, botId, botName: bot.name, platform: bot.platform, target: name, input: { use, name } };
    if (!can(actor, permission, botId)) {
      await recorder.refuse(about, "forbidden");
      throw new DeskError("forbidden", { permission });
    }
    if (name === "") throw new DeskError("invalid_input", { field: "name" });
    const operatorId = actor.id ?? "";
    const all = [...this.kept.values()];
    const taken = all.reduce((sum, { size }) => sum + size, 0);
    if (all.filter((each) => each.operatorId === operatorId).length >= most.each || taken + maximumUpload > most.bytes)
      throw new DeskError("throttled", { seconds: 60 });
    const open = await recorder.begin(about);
    const id = randomUUID();
    // Its place is taken before its content comes, so that many at once are counted as well.
    this.kept.set(id, { operatorId, botId, name, size: maximumUpload, at: Date.now() });
    try {
      const size = await this.write(id, body);
      this.kept.set(id, { operatorId, botId, name, size, at: Date.now() });
      await recorder.settle(open, { outcome: "OK", after: { size } });
      return { id, name, size };
    } catch (cause) {
      await this.remove(id);
      const error = cause instanceof DeskError ? cause : new DeskError("aborted", {}, { cause });
      await recorder.settle(open, { outcome: "FAILED", error: error.code });
      throw error;
    }
  }

  /**
   * The content of an upload, for an act by whoever made it on the bot it was made for. It stays until it is released, so
   * that an act that failed can be tried again. Throws DeskError `upload_gone`.
   */
  async take(actor: Actor, botId: string, id: string): Promise<TakenUpload> {
    const kept = this.kept.get(id);
    if (!kept || kept.operatorId !== actor.id || kept.botId !== botId) throw new DeskError("upload_gone");
    const content = await readFile(this.pathOf(id)).catch((cause: unknown) => {
      throw new DeskError("upload_gone", {}, { cause });
    });
    const head = content.subarray(0, sniffBytes);
    const type =
      sniffType(head, "image") ?? sniffType(head, "video") ?? sniffType(head, "audio") ?? "application/octet-stream";
    return {
      ...{ name: kept.name, size: kept.size, type },
      source: `data:${type};base64,${content.toString("base64")}`,
      release: () => this.remove(id),
    };
  }

  /** How many files lie here. */
  get count(): number {
    return this.kept.size;
  }

  private async write(id: string, body: Readable): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    let size = 0;
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          size += chunk.byteLength;
          if (size > maximumUpload) throw new DeskError("file_too_large", { limit: maximumUpload });
          yield chunk;
        }
      },
      createWriteStream(this.pathOf(id), { flags: "wx", mode: 0o600 }),
    );
    if (size === 0) throw new DeskError("invalid_input", { field: "file" });
    return size;
  }

  private pathOf(id: string): string {
    return path.join(this.folder, id);
  }

  private async remove(id: string): Promise<void> {
    this.kept.delete(id);
    await rm(this.pathOf(id), { force: true }).catch((cause: unknown) =>
      this.parts.log.warn({ err: cause }, "an uploaded file could not be removed; tried again later"),
    );
  }

  /** Removes by the files' own age what nobody took, whichever life of the desk they are from. */
  private clean(): void {
    const old = Date.now() - keptMs;
    for (const [id, { at }] of this.kept) if (at < old) void this.remove(id);
    const sweep = async () => {
      for (const name of await readdir(this.folder)) {
        const file = path.join(this.folder, name);
        if ((await stat(file)).mtimeMs < old) await rm(file, { force: true });
      }
    };
    sweep().catch((cause: unknown) => {
      // Nothing was ever uploaded, or another instance removed the same one.
      const isAway = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
      if (!isAway) this.parts.log.warn({ err: cause }, "uploaded files could not be looked through");
    });
  }
}

/** `Uploads.take` of a desk. */
export function takeUpload(
  { uploads }: { uploads: Uploads },
  actor: Actor,
  botId: string,
  id: string,
): Promise<TakenUpload> {
  return uploads.take(actor, botId, id);
}
