import { relayContact } from "./contact";
import { noticeOf, relayGroup } from "./group";
import { asFields, busy, type Fields, flagOf, numberOf, type Person, Refused, type Wire } from "./wire";

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
  /** May the account not run it? It may unless a test says so. */
  isForeign?: boolean;
  isMuted?: boolean;
  /** The address in its picture, and until when it leads there. */
  link?: { url: string; until: number };
  notice?: { noticeId: string; text: string; editorUid: number; time: number };
  /** Who may not speak, and for how long as the helper was told. */
  muted?: Map<number, number>;
}

/** A message as it went out. */
export interface Message {
  peer: number;
  type: string;
  customMsgId: string;
  msgId: number;
  fields: Fields;
  /** `both` when the other side lost it, too. */
  deleted: "no" | "here" | "both";
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
  GroupMemberShutup: "/group/groupMemberShutup",
  GroupMemberOnLineStatusList: "/group/groupMemberOnLineStatusList",
  UpdateBlackContacts: "/contacts/updateBlackContacts",
};

/** A message whose every part is a text; what announces a notice or a mute says which. */
function listed(message: Fields): Fields {
  if (!Array.isArray(message.list) || message.list.length === 0) throw new Refused(300, busy);
  for (const part of message.list) {
    const { type, values } = asFields(part);
    const { chatType, content, bfAll, bfShutup } = asFields(values);
    if (type !== "text" || typeof content !== "string") throw new Refused(300, busy);
    if (numberOf(chatType) === 8) flagOf(bfAll);
    if (chatType === 50) flagOf(bfShutup);
  }
  return message;
}

/** The account behind the helper, and what the helper makes of a call. It shares no code with the desk. */
export class World {
  account: Person = { uid: 4008697, nickName: "Simulated" };
  friends: Person[] = [];
  applies: Apply[] = [];
  groups: Group[] = [];
  /** Where the account's service is now. It moves. */
  host = "https://webbiz.one.example";
  readonly sent: Fields[] = [];
  /** What the account said. */
  readonly messages: Message[] = [];
  /** What others said before it. */
  readonly heard: Message[] = [];
  /** Pushes go here. Those about a call come before its answer where the owner does not hold them back. */
  tell: (frame: Fields) => void = () => undefined;
  /** Are messages taken and then not delivered? */
  isLosing = false;
  /** How often the client was started anew. */
  restarts = 0;
  private spoken = 0;
  /** uids */
  readonly blocked = new Set<number>();
  readonly online = new Set<number>();
  /** When everybody was last seen. */
  lastSeen = 1759928661000;
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
        return this.groups.map((group) => this.shown(group, isSocket));
      case "sendMsg":
        return this.send(listed(asFields(data)));
      case "sendFile":
        if (typeof asFields(data).file !== "string") throw new Refused(300, busy);
        return this.send(asFields(data));
      case "deleteMsg":
        return this.delete(asFields(data));
      case "restart68":
        this.restarts++;
        return "restarting";
      default:
        throw new Refused(404, `unknown ${type}`);
    }
  }

  private shown(group: Group, isSocket: boolean): Fields {
    const common = {
      id: group.id,
      hostId: group.hostId,
      name: group.name,
      memberCount: group.members.length,
      bfShutup: group.isMuted === true,
    };
    if (!isSocket) return { ...common, qrExpire: null, bfJoinCheck: false, groupNotice: "" };
    return {
      ...common,
      memberType: group.hostId === this.account.uid ? 2 : 1,
      qrExpire: 4070908800000,
      qrUrl: "https://68chat.com?x=1",
      bfJoinCheck: true,
      groupNotice: noticeOf(group) ?? "",
    };
  }

  private relay(body: Fields): Fields {
    const type = String(body.type);
    const url = new URL(String(body.url));
    // An address that is no longer the service's answers as everything does that goes wrong.
    if (url.origin !== this.host || url.pathname !== paths[type]) throw new Refused(300, busy);
    const data = body.data === undefined ? {} : asFields(body.data);
    return relayContact(this, type, data) ?? relayGroup(this, type, body, data);
  }

  group(id: Wire): Group {
    const found = this.groups.find((group) => group.id === numberOf(id));
    if (found === undefined) throw new Refused(300, busy);
    return found;
  }

  private send(message: Fields): Wire {
    const id = message.custom_msg_id;
    if (typeof id !== "string" || !/^[1-9]\d{10}$/.test(id)) throw new Refused(300, busy);
    const peer = numberOf(message.id);
    if (message.type !== "friend" && message.type !== "group") throw new Refused(300, busy);
    // A repeated id is the same message: accepted, and never sent.
    if (this.usedIds.has(id)) return "success";
    this.usedIds.add(id);
    this.sent.push(message);
    const { type, msgId } = this.keep(peer, message.type, id, message);
    const sendTime = String(Date.now());
    const isLost = this.isLosing;
    const updated = isLost ? { readStatus: 0 } : { MsgID: msgId, readStatus: 1, time: sendTime, sendTime };
    const { readStatus } = updated;
    const list = [{ customMsgId: id, updated }];
    this.tell({ operator: "msgListPropertyUpdate", data: { id: peer, type, list, readStatus } });
    return "success";
  }

  /** The account said something before: a message with both of its ids. */
  say(peer: number, type: "friend" | "group", content: string): Message {
    const customMsgId = String(20_000_000_000 + this.messages.length);
    this.usedIds.add(customMsgId);
    return this.keep(peer, type, customMsgId, { list: [{ type: "text", values: { chatType: 0, content } }] });
  }

  /** The ids of the next message, whoever says it. */
  newIds(): { msgId: number; customMsgId: string } {
    this.spoken++;
    return { msgId: 4_294_967_295 + this.spoken, customMsgId: String(30_000_000_000 + this.spoken) };
  }

  private keep(peer: number, type: "friend" | "group", customMsgId: string, fields: Fields): Message {
    const { msgId } = this.newIds();
    const message: Message = { peer, type, customMsgId, msgId, fields, deleted: "no" };
    this.messages.push(message);
    return message;
  }

  /** Both of a message's ids are needed, and one of them is told by a push only. */
  private delete(data: Fields): Wire {
    const [peer, msgId, isForBoth] = [numberOf(data.id), numberOf(data.msgId), flagOf(data.isRemoteDeletion)];
    if (typeof data.customMsgId !== "string") throw new Refused(300, busy);
    const found = this.messages.find((each) => each.msgId === msgId && each.customMsgId === data.customMsgId);
    if (found?.peer !== peer || found.type !== data.type) throw new Refused(300, busy);
    found.deleted = isForBoth ? "both" : "here";
    return "ok";
  }
}
