/** One value of the wire. */
export type Wire = string | number | boolean | null | undefined | Wire[] | { [key: string]: Wire };
type Fields = { [key: string]: Wire };

/** What the helper says no with; the transports wrap it differently. */
export class Refused extends Error {
  constructor(
    readonly errorCode: number,
    readonly errorDesc: string,
  ) {
    super(errorDesc);
  }
}

const busy = "很抱歉，服务繁忙，请联系客服 #A0030";

export interface Person {
  uid: number;
  nickName: string;
}
export interface Apply extends Person {
  msg: string;
  modifyTime: number;
  isFriend?: boolean;
}
export interface Group {
  id: number;
  hostId: number;
  name: string;
  members: Person[];
}

function asFields(value: Wire): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Refused(300, busy);
}

/** The helper encodes protobuf from what it gets: an id that is text is not a number, and fails. */
function numberOf(value: Wire): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new Refused(300, busy);
  return value;
}

function toUser({ uid, nickName }: Person, isFriend = false): Fields {
  return {
    uid: String(uid),
    nickName,
    identify: "--",
    createTime: "1746529904000",
    ...(isFriend ? { friendRelation: { bfFriend: true } } : {}),
  };
}

const paths: Record<string, string> = {
  UserInfo: "/user/userInfo",
  ContactsList: "/contacts/contactsList",
  ContactsDetail: "/contacts/contactsDetail",
  ContactsApplyList: "/contacts/contactsApplyList",
  UpdateContactsApply: "/contacts/updateContactsApply",
  GroupDetail: "/group/groupDetail",
  GroupMemberList: "/group/groupMemberListV2",
  GroupReqList: "/group/groupReqList",
  GroupUpdate: "/group/groupUpdate",
};

/** The account behind the helper, and what the helper makes of a call. It shares no code with the desk. */
export class World {
  account: Person = { uid: 4008697, nickName: "Simulated" };
  friends: Person[] = [];
  applies: Apply[] = [];
  groups: Group[] = [];
  /** Where the account's service is now. It moves. */
  host = "https://webbiz.one.example";
  readonly sent: Fields[] = [];
  readonly updates: Fields[] = [];
  readonly usedIds = new Set<string>();
  readonly faults = new Map<string, Refused>();

  /** What `type` answers; throws Refused. `isSocket`: the two transports describe a group differently. */
  answer(type: string, data: Wire, isSocket: boolean): Wire {
    const name = type === "request" ? String(asFields(data).type) : type;
    const fault = this.faults.get(name);
    if (fault !== undefined) {
      this.faults.delete(name);
      throw fault;
    }
    switch (type) {
      case "request":
        return { commonResult: { errCode: 200 }, ...this.relay(asFields(data)) };
      case "getApiUrl":
        return this.host;
      case "getGroups":
        return this.groups.map((group) => this.listed(group, isSocket));
      case "sendMsg":
      case "sendFile":
        return this.send(asFields(data));
      case "deleteMsg": {
        const { id, msgId, customMsgId, isRemoteDeletion } = asFields(data);
        numberOf(id);
        numberOf(msgId);
        if (typeof customMsgId !== "string" || typeof isRemoteDeletion !== "boolean") throw new Refused(300, busy);
        return "ok";
      }
      case "restart68":
        return "restarting";
      default:
        throw new Refused(404, `unknown ${type}`);
    }
  }

  private listed(group: Group, isSocket: boolean): Fields {
    const common = { id: group.id, hostId: group.hostId, name: group.name, memberCount: group.members.length };
    if (!isSocket) return { ...common, qrExpire: null, bfJoinCheck: false, groupNotice: "" };
    return {
      ...common,
      memberType: 1,
      qrExpire: 4070908800000,
      qrUrl: "https://68chat.com?x=1",
      bfJoinCheck: true,
      groupNotice: { notice: "n" },
    };
  }

  private relay(body: Fields): Fields {
    const type = String(body.type);
    const url = new URL(String(body.url));
    // An address that is no longer the service's answers as everything does that goes wrong.
    if (url.origin !== this.host || url.pathname !== paths[type]) throw new Refused(300, busy);
    const data = body.data === undefined ? {} : asFields(body.data);
    switch (type) {
      case "UserInfo":
        return { userInfo: toUser(this.account), bfPassword: true, privacy: 4256, signature: "s" };
      case "ContactsList":
        return {
          contactsList: this.friends.map((friend) => ({ userInfo: toUser(friend, true), letter: "#" })),
          count: this.friends.length,
          pageNum: 1,
        };
      case "ContactsDetail": {
        const found = this.friends.find(({ uid }) => uid === numberOf(data.targetUid));
        if (found === undefined) throw new Refused(300, busy);
        return { contactsDetailBase: { userInfo: toUser(found, true), letter: "#" } };
      }
      case "ContactsApplyList":
        // protobuf leaves an empty list out
        return this.applies.length === 0 ? {} : { recordList: this.applies.map((apply) => this.record(apply)) };
      case "UpdateContactsApply": {
        if (numberOf(data.op) !== 8) throw new Refused(300, busy);
        const apply = this.applies.find(({ uid }) => uid === numberOf(data.applyUid));
        if (apply === undefined) throw new Refused(300, busy);
        apply.isFriend = true;
        this.friends.push(apply);
        return {};
      }
      case "GroupDetail": {
        const group = this.group(data.groupId);
        return { group: { groupId: String(group.id), hostId: String(group.hostId), name: group.name }, right: {} };
      }
      case "GroupMemberList": {
        if (body.protoType !== "group") throw new Refused(300, busy);
        const { members } = this.group(data.groupId);
        const size = numberOf(data.pageSize);
        const start = (numberOf(data.pageNum) - 1) * size;
        const page = members
          .slice(start, start + size)
          .map((user) => ({ user: toUser(user), groupId: String(data.groupId), right: {} }));
        return { members: page, count: String(members.length) };
      }
      case "GroupReqList":
        if (numberOf(data.pageNum) < 1) throw new Refused(300, busy);
        return {};
      case "GroupUpdate":
        this.updates.push(data);
        return { noticeId: "1048785" };
      default:
        throw new Refused(300, busy);
    }
  }

  private group(id: Wire): Group {
    const found = this.groups.find((group) => group.id === numberOf(id));
    if (found === undefined) throw new Refused(300, busy);
    return found;
  }

  private record(apply: Apply): Fields {
    return {
      userInfo: toUser(apply, apply.isFriend === true),
      msg: apply.msg,
      modifyTime: String(apply.modifyTime),
      type: "IDENTIFY",
      bfIdSearch: true,
    };
  }

  private send(message: Fields): Wire {
    numberOf(message.id);
    const id = message.custom_msg_id;
    if (typeof id !== "string" || !/^[1-9]\d{10}$/.test(id)) throw new Refused(300, busy);
    // A repeated id is the same message: accepted, and never sent.
    if (!this.usedIds.has(id)) this.sent.push(message);
    this.usedIds.add(id);
    return "success";
  }
}
