import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Shelf } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import { notOffered } from "../not-offered";
import type { NapcatCatalogue } from "./catalogue";
import type { Listing } from "./file-rows";

/** As many files of a folder as NapCat is asked for. */
const most = 1000;

function toShelf({ files, folders }: z.output<typeof Listing>): Shelf {
  return {
    files: files.map((file) => ({
      id: file.file_id,
      name: file.file_name,
      size: file.file_size ?? file.size,
      uploaderId: file.uploader,
      uploaderName: file.uploader_name || null,
      at: fromSeconds(file.upload_time),
      expiresAt: fromSeconds(file.dead_time),
      raw: toRaw(file),
    })),
    folders: folders.map((folder) => ({
      id: folder.folder_id,
      name: folder.folder_name,
      fileCount: folder.total_file_count,
      raw: toRaw(folder),
    })),
    isComplete: files.length < most,
  };
}

/** A folder as moving and renaming name it: its id behind a slash, a slash alone for the root. */
function toPath(folderId: string | null): string {
  return folderId === null ? "/" : folderId.startsWith("/") ? folderId : `/${folderId}`;
}

const Made = z.looseObject({
  groupItem: z.looseObject({ folderInfo: z.looseObject({ folderId: z.string().min(1) }) }),
});

/** A group's shelf, and files sent to a person. */
export function fileAdapter(call: Call<NapcatCatalogue>) {
  return {
    "files.list": async (groupId, folderId) => {
      const of = { group_id: groupId, file_count: most };
      if (folderId === null) return toShelf(await call("get_group_root_files", of));
      return toShelf(await call("get_group_files_by_folder", { ...of, folder_id: folderId }));
    },
    "files.upload": async ({ to, id }, { name, source, folderId = null }) => {
      if (to === "group") {
        const folder = folderId === null ? {} : { folder_id: folderId };
        await call("upload_group_file", { group_id: id, file: source, name, ...folder });
        return;
      }
      if (folderId !== null) throw notOffered("folderId");
      await call("upload_private_file", { user_id: id, file: source, name });
    },
    "files.link": async ({ to, id }, fileId) => {
      const { url } =
        to === "group"
          ? await call("get_group_file_url", { group_id: id, file_id: fileId })
          : await call("get_private_file_url", { file_id: fileId });
      if (url === "") throw new PlatformError("bad_answer", { isSent: true, detail: { field: "url" } });
      return url;
    },
    "files.rename": async (groupId, fileId, folderId, name) => {
      const current_parent_directory = toPath(folderId);
      await call("rename_group_file", { group_id: groupId, file_id: fileId, current_parent_directory, new_name: name });
    },
    "files.move": async (groupId, fileId, from, to) => {
      await call("move_group_file", {
        group_id: groupId,
        file_id: fileId,
        current_parent_directory: toPath(from),
        target_parent_directory: toPath(to),
      });
    },
    "files.remove": async (groupId, fileId) => {
      await call("delete_group_file", { group_id: groupId, file_id: fileId });
    },
    "files.keep": async (groupId, fileId) => {
      await call("trans_group_file", { group_id: groupId, file_id: fileId });
    },
    "files.space": async (groupId) => {
      const space = await call("get_group_file_system_info", { group_id: groupId });
      return {
        ...{ used: space.used_space, total: space.total_space },
        ...{ fileCount: space.file_count, fileLimit: space.limit_count },
      };
    },
    "folders.create": async (groupId, name) => {
      // The folder is made whatever the answer looks like.
      const made = Made.safeParse(await call("create_group_file_folder", { group_id: groupId, folder_name: name }));
      return made.success ? made.data.groupItem.folderInfo.folderId : null;
    },
    "folders.remove": async (groupId, folderId) => {
      await call("delete_group_folder", { group_id: groupId, folder_id: folderId });
    },
  } satisfies Adapter;
}
