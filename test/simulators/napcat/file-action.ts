import {
  type Action,
  contentOf,
  define,
  findGroup,
  needPackets,
  needRank,
  type Params,
  Refusal,
  sizeOf,
} from "./define";
import { type File, takeOut } from "./shelf";
import type { Wire, WireObject } from "./wire";
import type { Group, World } from "./world";

function toFile(world: World, group: Group, file: File): WireObject {
  return {
    group_id: BigInt(group.groupId),
    file_id: file.id,
    file_name: file.name,
    busid: 102,
    // Text, although the document's table calls it a number.
    file_size: String(file.size),
    upload_time: file.time,
    dead_time: file.deadTime ?? 0,
    modify_time: file.time,
    download_times: 0,
    uploader: BigInt(file.uploaderId),
    uploader_name: world.people.get(file.uploaderId)?.nickname ?? "",
  };
}

function list(world: World, group: Group, folder: string, count: unknown): Wire {
  const files = group.shelf.files.filter((file) => file.folder === folder).slice(0, Number(count ?? 50));
  const folders = folder === "/" ? group.shelf.folders : [];
  return {
    files: files.map((file) => toFile(world, group, file)),
    folders: folders.map((each) => ({
      group_id: BigInt(group.groupId),
      folder_id: each.id,
      folder: each.id,
      folder_name: each.name,
      create_time: each.time,
      creator: BigInt(each.creatorId),
      creator_name: "",
      total_file_count: group.shelf.files.filter((file) => file.folder === each.id).length,
    })),
  };
}

/** The folder that a parameter names, "/" for the root. */
function folderOf(group: Group, value: unknown): string {
  const id = String(value ?? "/");
  if (id !== "/" && !group.shelf.folders.some((folder) => folder.id === id)) throw new Refusal("文件夹不存在");
  return id;
}

function fileOf(group: Group, params: Params): File {
  const file = group.shelf.files.find(({ id }) => id === String(params.file_id));
  if (!file) throw new Refusal("文件不存在");
  return file;
}

/** The file, which must lie where the caller says. */
function fileIn(group: Group, params: Params): File {
  const file = fileOf(group, params);
  if (file.folder !== String(params.current_parent_directory)) throw new Refusal("文件目录错误");
  return file;
}

function url(world: World, fileId: unknown): Wire {
  needPackets(world);
  return { url: `${world.filesAt}/${encodeURIComponent(String(fileId))}` };
}

const told = (retCode: number, clientWording = "") => ({ retCode, retMsg: clientWording, clientWording });

/** A group's files, and files sent to a person. */
export const fileActions: Readonly<Record<string, Action>> = {
  get_group_root_files: define({ group_id: "id", "file_count?": "number" }, (params, world) =>
    list(world, findGroup(world, params), "/", params.file_count),
  ),
  get_group_files_by_folder: define(
    { group_id: "id", "folder_id?": "string", "folder?": "string", "file_count?": "number" },
    (params, world) => {
      const group = findGroup(world, params);
      return list(world, group, folderOf(group, params.folder ?? params.folder_id), params.file_count);
    },
  ),
  get_group_file_url: define({ group_id: "id", file_id: "string" }, (params, world) =>
    url(world, fileOf(findGroup(world, params), params).id),
  ),
  get_private_file_url: define({ file_id: "string" }, (params, world) => url(world, params.file_id)),
  upload_group_file: define(
    { group_id: "id", file: "string", name: "string", "folder?": "string", "folder_id?": "string" },
    (params, world) => {
      const group = findGroup(world, params);
      const size = sizeOf(params.file);
      const folder = folderOf(group, params.folder ?? params.folder_id);
      const uploaderId = world.account.userId;
      const [id, name] = [group.shelf.next("/f"), String(params.name)];
      const content = contentOf(params.file);
      const file = { id, name, size, folder, uploaderId, time: world.now(), ...(content ? { content } : {}) };
      group.shelf.files.push(file);
      const who = { group_id: BigInt(group.groupId), user_id: BigInt(uploaderId) };
      world.emit(world.make.notice("group_upload", { ...who, file: { id, name, size, busid: 102 } }));
      return null;
    },
  ),
  upload_private_file: define({ user_id: "id", file: "string", name: "string" }, (params, world) => {
    const id = String(params.user_id);
    if (!world.people.has(id)) throw new Refusal("无法获取用户信息");
    sizeOf(params.file);
    const message = [{ type: "file", data: { file: String(params.name) } }];
    const messageId = world.utter({ to: "private", id }, world.account.userId, message);
    world.sent.push({ messageId, to: "private", id, message });
    return null;
  }),
  get_group_file_system_info: define({ group_id: "id" }, (params, world) => {
    const { files, fileLimit, total } = findGroup(world, params).shelf;
    const used_space = files.reduce((sum, { size }) => sum + size, 0);
    // Sizes are text: they may be more than a number holds.
    return {
      ...{ file_count: files.length, limit_count: fileLimit },
      ...{ used_space: String(used_space), total_space: String(total) },
    };
  }),
  trans_group_file: define({ group_id: "id", file_id: "string" }, (params, world) => {
    needPackets(world);
    fileOf(findGroup(world, params), params).deadTime = 0;
    return { ok: true };
  }),
  move_group_file: define(
    { group_id: "id", file_id: "string", current_parent_directory: "string", target_parent_directory: "string" },
    (params, world) => {
      needPackets(world);
      const group = findGroup(world, params);
      fileIn(group, params).folder = folderOf(group, params.target_parent_directory);
      return { ok: true };
    },
  ),
  rename_group_file: define(
    { group_id: "id", file_id: "string", current_parent_directory: "string", new_name: "string" },
    (params, world) => {
      needPackets(world);
      fileIn(findGroup(world, params), params).name = String(params.new_name);
      return { ok: true };
    },
  ),
  // A file that is not there is told in a list inside an ok.
  delete_group_file: define({ group_id: "id", file_id: "string" }, (params, world) => {
    const { shelf } = findGroup(world, params);
    const id = String(params.file_id);
    const isThere = takeOut(shelf.files, (file) => file.id === id);
    const lists = isThere
      ? { successFileIdList: [id], failFileIdList: [] }
      : { successFileIdList: [], failFileIdList: [id] };
    return { result: 0, errMsg: "", transGroupFileResult: { result: told(0), ...lists } };
  }),
  create_group_file_folder: define({ group_id: "id", folder_name: "string" }, (params, world) => {
    const group = findGroup(world, params);
    needRank(world, group, "admin");
    const name = String(params.folder_name);
    if (group.shelf.folders.some((folder) => folder.name === name))
      return { result: told(1, "文件夹已存在"), groupItem: null };
    const id = group.shelf.next("/d");
    group.shelf.folders.push({ id, name, creatorId: world.account.userId, time: world.now() });
    const folderInfo = { folderId: id, folderName: name, parentFolderId: "/" };
    return { result: told(0), groupItem: { peerId: group.groupId, type: 2, folderInfo } };
  }),
  delete_group_folder: define({ group_id: "id", folder_id: "string" }, (params, world) => {
    const group = findGroup(world, params);
    needRank(world, group, "admin");
    return takeOut(group.shelf.folders, ({ id }) => id === String(params.folder_id))
      ? told(0)
      : told(1, "文件夹不存在");
  }),
};
