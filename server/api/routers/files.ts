import { z } from "zod";
import { cleanFileName, longestFileName, maximumUpload } from "@/lib/file";
import {
  createFolder,
  keepFile,
  linkFile,
  listFiles,
  moveFile,
  readSpace,
  removeFile,
  removeFolder,
  renameFile,
  uploadFile,
} from "@/server/desk/file";
import { takeUpload } from "@/server/desk/upload";
import { botAct, botAsk } from "../bot-act";
import { router } from "../trpc";

const id = z.string().min(1).max(512);
const folderId = id.nullable().default(null);
const group = { botId: z.uuid(), groupId: z.string().trim().min(1).max(64) };
const file = { ...group, fileId: id, folderId };
/** A name and nothing else: what would be taken out of it is refused, so that it is called what was typed. */
const fileName = z
  .string()
  .trim()
  .min(1)
  .max(longestFileName)
  .refine((name) => cleanFileName(name) === name, 'a name without / \\ : * ? " < > | and without invisible signs');

const ofGroup = ({ groupId }: { groupId: string }) => ({ groupId });
const ofFile = ({ groupId, fileId }: { groupId: string; fileId: string }) => ({ groupId, target: fileId });

/** Files of a group, each answer as the platform has it now. */
export const filesRouter = router({
  list: botAsk("files.list", z.object({ ...group, folderId })).query(async ({ ctx, input }) => {
    const { desk, doing } = ctx;
    return { ...(await listFiles(desk, doing, input.groupId, input.folderId)), limit: maximumUpload };
  }),

  space: botAsk("files.space", z.object(group)).query(({ ctx, input }) =>
    readSpace(ctx.desk, ctx.doing, input.groupId),
  ),

  /** An address of the desk's own under which the file can be downloaded for a while. */
  link: botAsk("files.link", z.object({ ...group, fileId: id, name: z.string().max(1_000) })).query(
    async ({ ctx, input }) => {
      const url = await linkFile(ctx.desk, ctx.doing, input.groupId, input.fileId);
      const name = cleanFileName(input.name) || "file";
      return { address: ctx.desk.media.seal(ctx.bot.id, url, "file", "files.view", name) };
    },
  ),

  upload: botAct("files.upload", z.object({ ...group, folderId, uploadId: z.uuid() }), ofGroup).mutation(
    async ({ ctx, input }) => {
      const upload = await takeUpload(ctx.desk, ctx.actor, ctx.bot.id, input.uploadId);
      ctx.change({ after: { name: upload.name, size: upload.size } });
      return await uploadFile(ctx.desk, ctx.doing, input, upload);
    },
  ),

  rename: botAct("files.rename", z.object({ ...file, name: fileName }), ofFile).mutation(({ ctx, input }) =>
    renameFile(ctx.desk, ctx.doing, input, input.name),
  ),

  move: botAct("files.move", z.object({ ...file, to: id.nullable() }), ofFile).mutation(({ ctx, input }) =>
    moveFile(ctx.desk, ctx.doing, input, input.to),
  ),

  remove: botAct("files.remove", z.object(file), ofFile).mutation(({ ctx, input }) =>
    removeFile(ctx.desk, ctx.doing, input),
  ),

  /** Keeps a file that the platform would delete after a while. */
  keep: botAct("files.keep", z.object(file), ofFile).mutation(({ ctx, input }) => keepFile(ctx.desk, ctx.doing, input)),

  createFolder: botAct("folders.create", z.object({ ...group, name: fileName }), ({ groupId, name }) => ({
    ...{ groupId, target: name },
  })).mutation(({ ctx, input }) => createFolder(ctx.desk, ctx.doing, input.groupId, input.name)),

  /** With all that is in it: its name is typed. */
  removeFolder: botAct(
    "folders.remove",
    z.object({ ...group, folderId: id, name: z.string().max(300) }),
    ({ groupId, name }) => ({ groupId, target: name }),
  ).mutation(({ ctx, input }) => removeFolder(ctx.desk, ctx.doing, input, input.name)),
});
