/** The longest text of one message: what the strictest platform that can send still takes. */
export const mostText = 4_000;
export const mostPieces = 50;

/** How long the text of a message is. */
export function lengthOf(pieces: readonly { type: string; text?: string }[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.type === "text" ? (piece.text?.length ?? 0) : 0), 0);
}
