import { createAdapter } from "@/server/platforms/chat68/adapter";
import { catalogue } from "@/server/platforms/chat68/catalogue";
import { open } from "@/server/platforms/chat68/driver";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { start } from "@/test/simulators/chat68";
import { adapters, type Ground } from "./ground";

/** A helper with an account behind it, and the adapter that the desk uses. */
export async function chat68(): Promise<Ground> {
  const helper = await start();
  const { world } = helper;
  const [hooks, clock] = [new HeardHooks(), new HandClock()];
  const used = new Set<string>();
  const link = open({
    connection: { transport: "http", httpUrl: helper.httpUrl },
    ...{ credentials: {}, accountId: null, hooks, clock, random: () => 0 },
    reserve: async (value) => !used.has(value) && used.add(value) !== undefined,
  });
  clock.advance(0);
  await hooks.connected();
  const made = adapters(catalogue, link.send, createAdapter);
  const names = new Map<string, string>();
  let last = 5_000_000;
  let elapsed = 0;
  const messageOf = (messageId: string) => world.messages.find(({ msgId }) => String(msgId) === messageId);
  const known = (id: string) => ({ uid: Number(id), nickName: names.get(id) ?? id });
  return {
    ...made,
    platform: "chat68",
    me: String(world.account.uid),
    longId: "9007199254740991",
    world: {
      profile: () => ({ name: world.account.nickName, signature: "" }),
      person: (name, id = String(++last)) => {
        names.set(id, name);
        return id;
      },
      befriend: (id) => void world.friends.push(known(id)),
      block: (id) => void world.blocked.add(Number(id)),
      isBlocked: (id) => world.blocked.has(Number(id)),
      isFriend: (id) => world.friends.some(({ uid }) => uid === Number(id)),
      group: (name, { owner = String(world.account.uid), members = [] } = {}) => {
        const id = ++last;
        const people = [...new Set([String(world.account.uid), owner, ...members])];
        for (const each of people) world.online.add(Number(each));
        world.groups.push({ id, hostId: Number(owner), name, members: people.map(known) });
        return String(id);
      },
      groupOf: (id) => {
        const found = world.groups.find((group) => group.id === Number(id));
        if (!found) return null;
        const members = found.members.map(({ uid }) => String(uid));
        return { name: found.name, intro: "", ownerId: String(found.hostId), admins: [], members };
      },
      isMuted: (groupId, userId) => (world.group(Number(groupId)).muted?.get(Number(userId)) ?? 0) > elapsed,
      linkOf: (id) => {
        const url = `https://68chat.example?qrCode=c${id}`;
        world.group(Number(id)).link = { url, until: Date.now() + 86_400_000 };
        return url;
      },
      restarts: () => world.restarts,
      isGroupMuted: (id) => world.group(Number(id)).isMuted === true,
      isThere: (_groupId, userId) => world.online.has(Number(userId)),
      leaveScreen: (_groupId, userId) => void world.online.delete(Number(userId)),
      notice: (id, text) => {
        const notice = { noticeId: "1", text, editorUid: world.account.uid, time: world.lastSeen };
        world.group(Number(id)).notice = notice;
        return null;
      },
      notices: (id) => {
        const { notice } = world.group(Number(id));
        return notice ? [notice.text] : [];
      },
      wait: (seconds) => {
        elapsed += seconds;
      },
      speak: ({ to, id }, content) => String(world.say(Number(id), to === "group" ? "group" : "friend", content).msgId),
      handleOf: (messageId) => ({ customMsgId: messageOf(messageId)?.customMsgId ?? "" }),
      said: () =>
        world.messages.map(({ peer, type, msgId, deleted, fields }) => ({
          ...{ to: type === "group" ? "group" : "person", id: String(peer), messageId: String(msgId) },
          isRecalled: deleted === "both",
          text: JSON.stringify(fields.list).match(/"content":"(.*?)"/)?.[1] ?? "",
        })),
      asks: {
        friend: async (nickName) => {
          const uid = ++last;
          world.applies.push({ uid, nickName, msg: "hi", modifyTime: 1_759_928_661_000 + uid });
          const { arrivals } = (await made.adapter["requests.list"]?.()) ?? { arrivals: [] };
          const arrival = arrivals.find(({ applicantId }) => applicantId === String(uid));
          if (arrival === undefined) throw new Error("nobody is listed");
          return { arrival, isIn: () => world.friends.some((friend) => friend.uid === uid), reason: () => "" };
        },
      },
    },
    close: async () => {
      await link.close();
      hooks.close();
      await helper.close();
    },
  };
}
