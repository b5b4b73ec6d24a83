import { z } from "zod";
import { DeskError } from "@/lib/errors";
import { longestNotice, noticeFields } from "@/lib/notice";
import { listNotices, publishNotice, removeNotice } from "@/server/desk/notice";
import { takeUpload } from "@/server/desk/upload";
import { botAct, botAsk } from "../bot-act";
import { router } from "../trpc";

const group = { botId: z.uuid(), groupId: z.string().trim().min(1).max(64) };
const ofGroup = ({ groupId }: { groupId: string }) => ({ groupId });

/** Notices of a group, each answer as the platform has it now. */
export const noticesRouter = router({
  list: botAsk("notices.list", z.object(group)).query(async ({ ctx, input }) => ({
    items: await listNotices(ctx.desk, ctx.doing, input.groupId),
    takes: noticeFields[ctx.bot.platform],
  })),

  publish: botAct(
    "notices.publish",
    z.object({
      ...group,
      text: z.string().trim().min(1).max(longestNotice),
      /** A picture that was uploaded for it. */
      uploadId: z.uuid().optional(),
      isPinned: z.boolean().default(false),
      needsConfirmation: z.boolean().default(false),
      callsAll: z.boolean().default(false),
      /** After a `partly_done` that left it: the members are only told. */
      left: z.enum(["announce"]).optional(),
    }),
    ofGroup,
  ).mutation(async ({ ctx, input }) => {
    const { groupId, uploadId, left, text, isPinned, needsConfirmation, callsAll } = input;
    const upload = uploadId ? await takeUpload(ctx.desk, ctx.actor, ctx.bot.id, uploadId) : undefined;
    if (upload && !upload.type.startsWith("image/")) throw new DeskError("invalid_input", { field: "uploadId" });
    const notice = { text, isPinned, needsConfirmation, callsAll };
    return await publishNotice(ctx.desk, ctx.doing, groupId, notice, { upload, left });
  }),

  remove: botAct("notices.remove", z.object({ ...group, noticeId: z.string().min(1).max(128) }), (input) => ({
    ...{ groupId: input.groupId, target: input.noticeId },
  })).mutation(({ ctx, input }) => removeNotice(ctx.desk, ctx.doing, input.groupId, input.noticeId)),
});
