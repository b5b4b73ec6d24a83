import { busy, type Fields, numberOf, type Person, Refused, toUser } from "./wire";
import type { Apply, World } from "./world";

/** A friend, with whether they are there: protobuf leaves out what is false. */
function known(world: World, friend: Person): Fields {
  const online = world.online.has(friend.uid) ? { online: true } : {};
  const userOnOrOffline = { uid: String(friend.uid), ...online, createTime: String(world.lastSeen), bfShow: true };
  return { ...toUser(friend, true), userOnOrOffline };
}

function record(apply: Apply): Fields {
  return {
    userInfo: toUser(apply, apply.isFriend === true),
    msg: apply.msg,
    modifyTime: String(apply.modifyTime),
    type: "IDENTIFY",
    bfIdSearch: true,
  };
}

/** What the account's service answers about itself and people, null for what is about something else; throws Refused. */
export function relayContact(world: World, type: string, data: Fields): Fields | null {
  switch (type) {
    case "UserInfo":
      return { userInfo: toUser(world.account), bfPassword: true, privacy: 4256, signature: "s" };
    case "ContactsList":
      return {
        contactsList: world.friends.map((friend) => ({ userInfo: known(world, friend), letter: "#" })),
        count: world.friends.length,
        pageNum: 1,
      };
    case "ContactsDetail": {
      const found = world.friends.find(({ uid }) => uid === numberOf(data.targetUid));
      if (found === undefined) throw new Refused(300, busy);
      return { contactsDetailBase: { userInfo: toUser(found, true), letter: "#" } };
    }
    case "ContactsApplyList":
      // protobuf leaves an empty list out
      return world.applies.length === 0 ? {} : { recordList: world.applies.map((apply) => record(apply)) };
    case "UpdateContactsApply": {
      if (numberOf(data.op) !== 8) throw new Refused(300, busy);
      const apply = world.applies.find(({ uid }) => uid === numberOf(data.applyUid));
      if (apply === undefined) throw new Refused(300, busy);
      apply.isFriend = true;
      world.friends.push(apply);
      return {};
    }
    case "UpdateBlackContacts": {
      const uid = numberOf(data.targetUid);
      if (data.op === 6) world.blocked.add(uid);
      else if (data.op !== 7 || !world.blocked.delete(uid)) throw new Refused(300, busy);
      return {};
    }
    default:
      return null;
  }
}
