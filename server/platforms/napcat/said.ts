import type { z } from "zod";
import type { Piece } from "../piece";
import type { Message } from "./segment";

type Segments = z.input<typeof Message>;

function toSegment(piece: Piece): Segments[number] {
  switch (piece.type) {
    case "text":
      return { type: "text", data: { text: piece.text } };
    case "mention":
      return { type: "at", data: { qq: piece.userId } };
    case "mention_all":
      return { type: "at", data: { qq: "all" } };
    case "reply":
      return { type: "reply", data: { id: piece.messageId } };
    case "face":
      return { type: "face", data: { id: piece.id } };
    case "image":
      return { type: "image", data: { file: piece.source } };
    case "voice":
      return { type: "record", data: { file: piece.source } };
    case "video":
      return { type: "video", data: { file: piece.source } };
    case "file":
      return { type: "file", data: { file: piece.source, name: piece.name } };
  }
}

/** A message as segments, never as a string: in a string NapCat would carry out the CQ codes somebody typed. */
export function toSegments(pieces: readonly Piece[]): Segments {
  return pieces.map(toSegment);
}
