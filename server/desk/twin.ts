import { openStates } from "@/lib/request";
import type { Prisma } from "@/server/db/generated/client";

/** States in which a request can still be answered in another's place. */
export const twinStates = [...openStates, "ignored", "sent"] as const;

/** An undecided request of the same bot that the platform may answer in this one's place (protocols: NapCat's friend flag is a second). */
export async function findTwin(
  tx: Prisma.TransactionClient,
  request: { id: string; botId: string; twinKey: string | null; applicantId: string },
): Promise<{ id: string; applicantId: string; applicantName: string } | null> {
  if (request.twinKey === null) return null;
  return await tx.request.findFirst({
    where: {
      botId: request.botId,
      twinKey: request.twinKey,
      id: { not: request.id },
      applicantId: { not: request.applicantId },
      state: { in: [...twinStates] },
    },
    select: { id: true, applicantId: true, applicantName: true },
  });
}
