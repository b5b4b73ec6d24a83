import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Piece } from "@/server/platforms/piece";
import type { Uploads } from "./upload";

/** A piece as an operator sends it: what it holds of a file lies among the uploads. */
export type GivenPiece = Exclude<Piece, { source: string }> | { type: "image" | "file"; uploadId: string };

/** What every platform that takes pictures shows as one. */
const pictures: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export interface TakenPieces {
  pieces: Piece[];
  /** They were handed on: the uploads are not needed any more. */
  release(): Promise<void>;
}

/**
 * Pieces with the content of their uploads in them.
 * @throws DeskError `upload_gone`; `invalid_input` for a picture that is none.
 */
export async function takePieces(
  uploads: Uploads,
  actor: Actor,
  botId: string,
  given: readonly GivenPiece[],
): Promise<TakenPieces> {
  const taken: { release(): Promise<void> }[] = [];
  const pieces: Piece[] = [];
  for (const piece of given) {
    if (!("uploadId" in piece)) {
      pieces.push(piece);
      continue;
    }
    const upload = await uploads.take(actor, botId, piece.uploadId);
    const { source, name } = upload;
    if (piece.type === "image" && !pictures.has(upload.type)) throw new DeskError("invalid_input", { field: "image" });
    pieces.push(piece.type === "image" ? { type: "image", source } : { type: "file", source, name });
    taken.push(upload);
  }
  return {
    pieces,
    release: async () => {
      await Promise.all(taken.map((upload) => upload.release()));
    },
  };
}
