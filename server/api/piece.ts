import { z } from "zod";
import { lengthOf, mostPieces, mostText } from "@/lib/piece";

const platformId = z.string().min(1).max(64);
/** A file that was brought to /api/upload for this. */
const uploadId = z.uuid();

const Piece = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1).max(mostText) }),
  z.object({ type: z.literal("mention"), userId: platformId }),
  z.object({ type: z.literal("mention_all") }),
  z.object({ type: z.literal("reply"), messageId: z.string().min(1).max(200) }),
  z.object({ type: z.literal("face"), id: platformId }),
  z.object({ type: z.literal("image"), uploadId }),
  z.object({ type: z.literal("file"), uploadId }),
]);

/** What an operator sends: bounded, and something in it that is seen. One upload is all that one call can carry. */
export const Pieces = z
  .array(Piece)
  .min(1)
  .max(mostPieces)
  .refine((pieces) => lengthOf(pieces) <= mostText, "too long")
  .refine((pieces) => pieces.filter(({ type }) => type === "reply").length <= 1, "one answer at most")
  .refine((pieces) => pieces.filter((piece) => "uploadId" in piece).length <= 1, "one upload at most")
  .refine((pieces) => pieces.some(({ type }) => type !== "reply"), "nothing but an answer");
export type Pieces = z.infer<typeof Pieces>;
