import { z } from "zod";
import { maximumFile } from "@/lib/file";
import { lengthOf, mostPieces, mostText } from "@/lib/piece";

/** A data URL is a third longer than what it holds. */
const mostContent = Math.ceil((maximumFile * 4) / 3) + 200;
const address = z.url({ protocol: /^https?$/ }).max(2_048);
const platformId = z.string().min(1).max(64);

function content(pattern: RegExp) {
  return z.string().max(mostContent).regex(pattern);
}

const picture = z.union([content(/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/), address]);
const file = z.union([content(/^data:[\w.+-]+\/[\w.+-]+;base64,[A-Za-z0-9+/]+=*$/), address]);

const Piece = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1).max(mostText) }),
  z.object({ type: z.literal("mention"), userId: platformId }),
  z.object({ type: z.literal("mention_all") }),
  z.object({ type: z.literal("reply"), messageId: z.string().min(1).max(200) }),
  z.object({ type: z.literal("face"), id: platformId }),
  z.object({ type: z.literal("image"), source: picture }),
  z.object({
    type: z.literal("file"),
    source: file,
    // No path, and nothing that a file system reads as one.
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^/\\:*?"<>|\p{Cc}]+$/u),
  }),
]);

/** What an operator sends: bounded, one answer at most, and something in it that is seen. */
export const Pieces = z
  .array(Piece)
  .min(1)
  .max(mostPieces)
  .refine((pieces) => lengthOf(pieces) <= mostText, "too long")
  .refine((pieces) => pieces.filter(({ type }) => type === "reply").length <= 1, "one answer at most")
  .refine((pieces) => pieces.some(({ type }) => type !== "reply"), "nothing but an answer");
export type Pieces = z.infer<typeof Pieces>;
