import { z } from "zod";
import { carriesFile, field } from "../field";
import { Count, groupId, Id, Link, MaybeId, Nothing, nothing, row, Text, userId, Verdict } from "./field";
import { FileSource, KnownFile, PublicAddress } from "./file-source";

const fileId = field(z.string().min(1).max(512), "文件 ID", "id of the file");
const folderName = z.string().min(1).max(255);
/** A folder by its path from the root, which is `/`. */
const folderPath = z.string().max(512).startsWith("/", "begins with /");
const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\]+$/, "a name, not a path");

const Done = z.union([z.looseObject({ ok: z.boolean().nullish() }), z.null()]).optional();

/** QQ's verdict under its other names. */
const Told = z.looseObject({ retCode: Count, retMsg: Text, clientWording: Text });

const File = z.looseObject({
  group_id: MaybeId,
  file_id: field(Id, "文件 ID", "id of the file"),
  file_name: field(Text, "文件名", "name"),
  busid: MaybeId,
  size: Count,
  file_size: field(Count, "大小（字节）", "size in bytes"),
  upload_time: field(Count, "上传时间（秒）", "uploaded, in unix seconds"),
  dead_time: field(Count, "过期时间（秒），0 为永久", "kept until, in unix seconds; 0 for ever"),
  modify_time: Count,
  download_times: field(Count, "下载次数", "how often fetched"),
  uploader: field(MaybeId, "上传者", "who uploaded it"),
  uploader_name: Text,
});
const Folder = z.looseObject({
  group_id: MaybeId,
  folder_id: field(Id, "文件夹 ID", "id of the folder"),
  folder: Text,
  folder_name: field(Text, "文件夹名称", "name"),
  create_time: field(Count, "创建时间（秒）", "made, in unix seconds"),
  creator: field(MaybeId, "创建者", "who made it"),
  creator_name: Text,
  total_file_count: field(Count, "文件数量", "how many files"),
});
export const Listing = z.looseObject({
  files: z
    .array(File)
    .nullish()
    .transform((value) => value ?? []),
  folders: z
    .array(Folder)
    .nullish()
    .transform((value) => value ?? []),
});

const fileCount = field(z.int().min(1).max(1000).default(50), "最多返回多少个文件", "how many files at most");
const packetTrap = { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." };
const pathTrap = { zh: "文件夹以路径表示，须以 / 开头。", en: "The folder is named by its path, beginning with /." };
const hostTrap = {
  zh: "地址由 NapCat 所在主机自行访问，不接受该主机上的路径。",
  en: "NapCat's host fetches the address by itself; paths of that host are not taken.",
};

/** Files: a group's shelf, private ones, and NapCat's own cache. */
export const fileRows = {
  get_group_file_system_info: row("get_group_file_system_info", {
    zh: "获取群文件系统信息",
    en: "Get how full a group's shelf is",
    line: 7894,
    capabilities: ["files.space"],
    permission: "files.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.looseObject({
      file_count: field(Count, "文件总数", "files"),
      limit_count: field(Count, "文件上限", "files at most"),
      used_space: field(Count, "已用空间（字节）", "bytes used"),
      total_space: field(Count, "空间上限（字节）", "bytes at most"),
    }),
  }),
  get_group_root_files: row("get_group_root_files", {
    zh: "获取群根目录文件列表",
    en: "List a group's files",
    line: 8022,
    capabilities: ["files.list"],
    permission: "files.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId, file_count: fileCount }),
    output: Listing,
  }),
  get_group_files_by_folder: row("get_group_files_by_folder", {
    zh: "获取群子目录文件列表",
    en: "List the files of a folder",
    line: 8130,
    capabilities: ["files.list"],
    permission: "files.view",
    risk: "read",
    input: z
      .strictObject({
        group_id: groupId,
        folder_id: field(
          z.string().min(1).max(512).optional(),
          "文件夹 ID，与 folder 二选一",
          "the folder, or else folder",
        ),
        folder: field(
          z.string().min(1).max(512).optional(),
          "文件夹，与 folder_id 二选一",
          "the folder, or else folder_id",
        ),
        file_count: fileCount,
      })
      .refine((value) => (value.folder_id === undefined) !== (value.folder === undefined), {
        path: ["folder_id"],
        message: "exactly one of folder_id and folder",
      }),
    output: Listing,
  }),
  get_group_file_url: row("get_group_file_url", {
    zh: "获取群文件链接",
    en: "Get where a group's file can be fetched",
    line: 8242,
    capabilities: ["files.link"],
    permission: "files.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId, file_id: fileId }),
    output: z.looseObject({ url: Link }),
    traps: [packetTrap],
  }),
  get_private_file_url: row("get_private_file_url", {
    zh: "获取私聊文件链接",
    en: "Get where a private file can be fetched",
    line: 8302,
    capabilities: ["files.link"],
    permission: "files.view",
    risk: "read",
    input: z.strictObject({ file_id: fileId }),
    output: z.looseObject({ url: Link }),
    traps: [packetTrap],
  }),
  get_file: row("get_file", {
    zh: "获取文件信息",
    en: "Get a file of a message",
    line: 7459,
    permission: "files.view",
    risk: "read",
    input: z
      .strictObject({
        file: field(KnownFile.optional(), "消息中的文件名，与 file_id 二选一", "name from a message, or else file_id"),
        file_id: field(KnownFile.optional(), "消息中的文件 ID，与 file 二选一", "id from a message, or else file"),
      })
      .refine((value) => (value.file === undefined) !== (value.file_id === undefined), {
        path: ["file"],
        message: "exactly one of file and file_id",
      }),
    output: z.looseObject({
      file: field(Text, "NapCat 主机上的路径", "where it lies on NapCat's host"),
      url: Link,
      file_size: field(MaybeId, "文件大小（字节）", "size in bytes"),
      file_name: field(Text, "文件名", "name"),
      base64: field(Text, "Base64 内容", "the content, in base64"),
    }),
    traps: [
      {
        zh: "可能返回 NapCat 所在主机上的文件内容，因此不接受路径。",
        en: "Can answer the content of files on NapCat's host: paths are not taken.",
      },
    ],
  }),
  upload_group_file: row("upload_group_file", {
    zh: "上传群文件",
    en: "Upload a file to a group",
    line: 7525,
    capabilities: ["files.upload"],
    permission: "files.manage",
    risk: "write",
    input: z
      .strictObject({
        group_id: groupId,
        file: FileSource,
        name: field(fileName, "文件名", "name of the file"),
        folder: field(
          z.string().max(512).optional(),
          "文件夹 ID，与 folder_id 只填其一",
          "id of the folder, or else folder_id",
        ),
        folder_id: field(
          z.string().max(512).optional(),
          "文件夹 ID，与 folder 只填其一",
          "id of the folder, or else folder",
        ),
      })
      .refine((value) => value.folder_id === undefined || value.folder === undefined, {
        path: ["folder_id"],
        message: "at most one of folder_id and folder",
      }),
    output: Nothing,
    traps: [hostTrap, { zh: "folder 和 folder_id 填的都是 ID。", en: "folder and folder_id are both ids." }],
  }),
  upload_private_file: row("upload_private_file", {
    zh: "上传私聊文件",
    en: "Send a file to a person",
    line: 7835,
    capabilities: ["files.upload"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({ user_id: userId, file: FileSource, name: field(fileName, "文件名", "name of the file") }),
    output: Nothing,
    traps: [hostTrap],
  }),
  move_group_file: row("move_group_file", {
    zh: "移动群文件",
    en: "Move a group's file",
    line: 7271,
    capabilities: ["files.move"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      file_id: fileId,
      current_parent_directory: field(folderPath, "当前所在目录，根目录为 /", "folder it is in; / is the root"),
      target_parent_directory: field(folderPath, "目标目录", "folder it goes to"),
    }),
    output: Done,
    traps: [pathTrap, packetTrap],
  }),
  rename_group_file: row("rename_group_file", {
    zh: "重命名群文件",
    en: "Rename a group's file",
    line: 7395,
    capabilities: ["files.rename"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      file_id: fileId,
      current_parent_directory: field(folderPath, "当前所在目录，根目录为 /", "folder it is in; / is the root"),
      new_name: field(fileName, "新文件名", "the new name"),
    }),
    output: Done,
    traps: [pathTrap, packetTrap],
  }),
  trans_group_file: row("trans_group_file", {
    zh: "转存为永久文件",
    en: "Keep a group's file for ever",
    line: 7335,
    capabilities: ["files.keep"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({ group_id: groupId, file_id: fileId }),
    output: Done,
    traps: [packetTrap],
  }),
  create_group_file_folder: row("create_group_file_folder", {
    zh: "创建群文件夹",
    en: "Make a folder",
    line: 7588,
    capabilities: ["folders.create"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({ group_id: groupId, folder_name: field(folderName, "文件夹名称", "name of the folder") }),
    output: z.looseObject({
      result: Told.nullish(),
      groupItem: z
        .looseObject({
          peerId: MaybeId,
          type: Count,
          folderInfo: z
            .looseObject({
              folderId: field(Text, "文件夹 ID", "id of the folder"),
              folderName: Text,
              parentFolderId: Text,
            })
            .nullish(),
        })
        .nullish(),
    }),
    traps: [{ zh: "失败信息藏在 result.retCode 中。", en: "A refusal hides in result.retCode." }],
  }),
  delete_group_file: row("delete_group_file", {
    zh: "删除群文件",
    en: "Delete a group's file",
    line: 7689,
    capabilities: ["files.remove"],
    permission: "files.remove",
    risk: "destructive",
    target: ["group_id"],
    input: z.strictObject({ group_id: groupId, file_id: fileId }),
    output: Verdict.extend({
      transGroupFileResult: z
        .looseObject({
          result: Told.nullish(),
          successFileIdList: z.array(z.string()).nullish(),
          failFileIdList: z.array(z.string()).nullish(),
        })
        .nullish(),
    }),
    traps: [
      {
        zh: "失败信息藏在 transGroupFileResult 或其失败文件列表中。",
        en: "A refusal hides in transGroupFileResult, or in its list of files that failed.",
      },
    ],
  }),
  delete_group_folder: row("delete_group_folder", {
    zh: "删除群文件夹",
    en: "Delete a folder",
    line: 7771,
    capabilities: ["folders.remove"],
    permission: "files.remove",
    risk: "destructive",
    target: ["group_id"],
    input: z.strictObject({
      group_id: groupId,
      folder_id: field(z.string().min(1).max(512), "文件夹 ID", "id of the folder"),
    }),
    output: Told,
    traps: [{ zh: "失败信息藏在 retCode 中。", en: "A refusal hides in retCode." }],
  }),
  download_file: row("download_file", {
    zh: "下载文件到缓存目录",
    en: "Put a file into NapCat's cache",
    line: 7958,
    permission: "platform.manage",
    risk: "write",
    input: z
      .strictObject({
        url: field(PublicAddress.optional(), "下载地址，与 base64 二选一", "where it is fetched from, or else base64"),
        base64: field(
          carriesFile(z.string().min(1).max(30_000_000), "base64").optional(),
          "Base64 内容，与 url 二选一",
          "the content in base64, or else url",
        ),
        name: field(fileName.optional(), "文件名", "name of the file"),
        headers: field(
          z.union([z.string().max(8192), z.array(z.string().max(2048)).max(50)]).optional(),
          "请求头，每行或每项为 Key=Value",
          "request headers, Key=Value each",
        ),
      })
      .refine((value) => (value.url === undefined) !== (value.base64 === undefined), {
        path: ["url"],
        message: "exactly one of url and base64",
      }),
    output: z.looseObject({ file: field(Text, "下载后的路径", "where it lies now") }),
    secretInput: ["headers"],
    traps: [
      hostTrap,
      {
        zh: "自定义请求头会让 NapCat 所在主机以他人的凭据发出请求。",
        en: "Headers of one's own make NapCat's host speak with somebody's credentials.",
      },
    ],
  }),
  clean_cache: row("clean_cache", {
    zh: "清空缓存",
    en: "Clear NapCat's cache",
    line: 8358,
    permission: "platform.manage",
    risk: "destructive",
    input: nothing,
    output: Nothing,
    traps: [
      {
        zh: "新版本还会删除该账号的图片、语音、视频、文件和日志。",
        en: "Newer versions delete pictures, voices, videos, files and logs of the account, too.",
      },
    ],
  }),
};
