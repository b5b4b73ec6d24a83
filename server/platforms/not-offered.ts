import { PlatformError } from "./error";
import type { Piece } from "./piece";

/** What an adapter throws for a value this platform has no way to carry out. Nothing has been sent. */
export function notOffered(field: string): PlatformError {
  return new PlatformError("not_offered", { isSent: false, detail: { field } });
}

/**
 * The text of a message made of nothing else. Throws `not_offered`, naming the kind, for any other piece: leaving it out
 * in silence would say something that was not said.
 */
export function plainText(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => {
    if (piece.type !== "text") throw notOffered(piece.type);
    return piece.text;
  });
  return texts.join("");
}
