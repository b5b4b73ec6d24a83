import { asFields, busy, type Fields, flagOf, numberOf, Refused, toUser, type Wire } from "./wire";
import type { Group, World } from "./world";

/** A group's notice as both of its readers show it; undefined where there is none. */
export function noticeOf({ id, notice }: Group): Fields | undefined {
  if (notice === undefined) return undefined;
  const { text, editorUid, time, noticeId } = notice;
  const user = toUser({ uid: editorUid, nickName: "editor" });
  const editUser = { user, groupId: String(id), score: "807415200000" };
  return { editUser, notice: text, releaseTime: String(time), noticeId };
}

/** The invitation in its picture; no end is far away. */
export function linkOf({ id, link }: Group): Fields {
  return {
    qrUrl: link?.url ?? `https://68chat.example?qrCode=${id}`,
    qrExpire: String(link?.until ?? 4_070_908_800_000),
  };
}

/** Only who runs a group changes it. */
function managed(world: World, id: Wire): Group {
  const group = world.group(id);
  if (group.isForeign === true) throw new Refused(301, "没有权限");
  return group;
}

function update(world: World, data: Fields): Fields {
  const param = asFields(data.groupParam);
  switch (numberOf(data.op)) {
    // Deletes the group, whatever else the call was meant to do.
    case 1:
      world.groups = world.groups.filter((group) => group !== managed(world, param.groupId));
      return {};
    case 11:
      managed(world, param.groupId).isMuted = flagOf(param.shutup);
      return {};
    case 12: {
      flagOf(param.bfAll);
      if (typeof param.notice !== "string") throw new Refused(300, busy);
      const notice = { noticeId: "1048785", text: param.notice, editorUid: world.account.uid, time: world.lastSeen };
      managed(world, param.groupId).notice = notice;
      return { noticeId: notice.noticeId };
    }
    default:
      throw new Refused(300, busy);
  }
}

function listMembers(world: World, body: Fields, data: Fields): Fields {
  if (body.protoType !== "group") throw new Refused(300, busy);
  const { members } = world.group(data.groupId);
  const size = numberOf(data.pageSize);
  const start = (numberOf(data.pageNum) - 1) * size;
  const page = members
    .slice(start, start + size)
    .map((user) => ({ user: toUser(user), groupId: String(data.groupId), right: {} }));
  return { members: page, count: String(members.length) };
}

function listPresence(world: World, body: Fields, data: Fields): Fields {
  if (body.protoType !== "group" || !Array.isArray(data.uids)) throw new Refused(300, busy);
  const { members } = world.group(data.groupId);
  const asked = data.uids.map(numberOf).filter((uid) => members.some((member) => member.uid === uid));
  const list = asked.map((uid) => ({
    uid: String(uid),
    // protobuf leaves out what is false
    ...(world.online.has(uid) ? { online: true } : {}),
    createTime: String(world.lastSeen),
  }));
  return list.length === 0 ? {} : { userOnLineStatusList: list };
}

/** What the account's service answers about groups; throws Refused. */
export function relayGroup(world: World, type: string, body: Fields, data: Fields): Fields {
  switch (type) {
    case "GroupDetail": {
      const group = world.group(data.groupId);
      const notice = noticeOf(group);
      return {
        group: {
          groupId: String(group.id),
          hostId: String(group.hostId),
          name: group.name,
          memberCount: String(group.members.length),
        },
        right: group.isForeign === true ? {} : { bfUpdateData: true, bfPushNotice: true },
        ...(notice ? { groupNotice: notice } : {}),
        ...(group.isForeign === true ? {} : { memberType: group.hostId === world.account.uid ? "HOST" : "MANAGE" }),
        ...linkOf(group),
      };
    }
    case "GroupMemberList":
      return listMembers(world, body, data);
    case "GroupMemberOnLineStatusList":
      return listPresence(world, body, data);
    case "GroupMemberShutup": {
      const group = managed(world, data.groupId);
      const [uid, time] = [numberOf(data.targetUid), numberOf(data.shutupTime)];
      if (time <= 0 || !group.members.some((member) => member.uid === uid)) throw new Refused(300, busy);
      group.muted = new Map(group.muted).set(uid, time);
      return {};
    }
    case "GroupReqList":
      if (numberOf(data.pageNum) < 1) throw new Refused(300, busy);
      return {};
    case "GroupUpdate":
      return update(world, data);
    default:
      throw new Refused(300, busy);
  }
}
