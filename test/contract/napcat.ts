import type { Arrival } from "@/server/platforms/arrival";
import { createAdapter } from "@/server/platforms/napcat/adapter";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { createHttpTransport } from "@/server/platforms/napcat/http";
import { toInbound } from "@/server/platforms/napcat/inbound";
import { type Napcat, start } from "@/test/simulators/napcat";
import { usualRules } from "@/test/simulators/napcat/rules";
import { stringify } from "@/test/simulators/napcat/wire";
import type { Group } from "@/test/simulators/napcat/world";
import { adapters, type Ground, type GroupNow, type World } from "./ground";

function toGroup(group: Group | undefined): GroupNow | null {
  if (!group) return null;
  const members = [...group.members.values()];
  const ofRank = (rank: string) => members.filter(({ role }) => role === rank).map(({ userId }) => userId);
  return {
    name: group.groupName,
    intro: "",
    ownerId: ofRank("owner")[0] ?? "",
    admins: ofRank("admin"),
    members: members.map(({ userId }) => userId),
  };
}

/** What a group keeps. */
function shelfOf({ world }: Napcat) {
  const shelf = (groupId: string) => {
    const found = world.groups.get(groupId)?.shelf;
    if (found === undefined) throw new Error("no such group");
    return found;
  };
  const [senderId, time] = [world.account.userId, world.now()];
  return {
    notice: (groupId, text) => {
      const id = shelf(groupId).next("n");
      shelf(groupId).notices.push({ ...{ id, text, senderId, time }, isPinned: false, needsConfirmation: false });
      return id;
    },
    notices: (groupId) => shelf(groupId).notices.map(({ text }) => text),
    highlight: (groupId, id) => void shelf(groupId).essence.push({ messageId: Number(id), operatorId: senderId, time }),
    highlights: (groupId) => shelf(groupId).essence.map(({ messageId }) => String(messageId)),
    folder: (groupId, name) => {
      const id = shelf(groupId).next("/d");
      shelf(groupId).folders.push({ id, name, creatorId: senderId, time });
      return id;
    },
    folders: (groupId) => shelf(groupId).folders.map(({ name }) => name),
    file: (groupId, name, folderId) => {
      const id = shelf(groupId).next("/f");
      shelf(groupId).files.push({ ...{ id, name, time }, folder: folderId ?? "/", size: 7, uploaderId: senderId });
      return id;
    },
    files: (groupId, folderId) =>
      shelf(groupId)
        .files.filter(({ folder }) => folder === (folderId ?? "/"))
        .map(({ name }) => name),
    spoil: (groupId, fileId) => {
      for (const file of shelf(groupId).files) if (file.id === fileId) file.deadTime = time + 86_400;
    },
    isKept: (groupId, fileId) => shelf(groupId).files.some(({ id, deadTime }) => id === fileId && !deadTime),
  } satisfies Partial<World>;
}

/** A NapCat with an account that runs its groups, and the adapter that the desk uses. */
export async function napcat(): Promise<Ground> {
  let clock = 1_760_000_000;
  const bot = await start({ token: "t", now: () => clock });
  const { world, inbox } = bot;
  const transport = createHttpTransport({ url: bot.httpUrl, token: "t" });
  const made = adapters(catalogue, transport.send, createAdapter);
  let last = 30_000;
  const pushed = (): Arrival => {
    const event = bot.events.filter((each) => each.post_type === "request").at(-1);
    const inbound = toInbound(JSON.parse(stringify(event ?? null)));
    if (inbound.type !== "request") throw new Error("no request was pushed");
    return inbound.arrival;
  };
  const listed = async (kind: Arrival["kind"]): Promise<Arrival> => {
    const { arrivals } = (await made.adapter["requests.list"]?.()) ?? { arrivals: [] };
    const found = arrivals.find((arrival) => arrival.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} is listed`);
    return found;
  };
  const person = (nickname: string, userId = String(++last)) => world.addPerson({ userId, nickname }).userId;
  const known = (userId: string) => world.people.get(userId) ?? { userId, nickname: userId };
  const toldReason = () => String(bot.calls.of("set_group_add_request").at(-1)?.params.reason ?? "");
  const me = world.account.userId;
  return {
    ...made,
    platform: "napcat",
    me,
    longId: "9007199254740993",
    world: {
      profile: () => ({ name: world.account.nickname, signature: world.account.signature ?? "" }),
      person,
      befriend: (id) => void world.addFriend(known(id)),
      isFriend: (id) => world.friends.has(id),
      remarkOf: (id) => world.friends.get(id)?.remark ?? "",
      category: (name, members) => {
        // QQ's own category is always there, and the contract speaks of those one has made.
        world.categories.delete(0);
        const id = world.categories.size + 1;
        world.categories.set(id, name);
        for (const each of members) world.addFriend({ ...known(each), categoryId: id });
        return String(id);
      },
      group: (groupName, { owner = me, members = [] } = {}) => {
        const groupId = String(++last);
        const people = [...new Set([owner, ...members])].map((id) => ({
          ...known(id),
          role: id === owner ? ("owner" as const) : ("member" as const),
        }));
        return world.addGroup({ groupId, groupName }, people).groupId;
      },
      groupOf: (id) => toGroup(world.groups.get(id)),
      isMuted: (groupId, id) => (world.groups.get(groupId)?.members.get(id)?.mutedUntil ?? 0) > clock,
      wait: (seconds) => {
        clock += seconds;
      },
      speak: ({ to, id }, text) => {
        const peer = { to: to === "group" ? ("group" as const) : ("private" as const), id };
        const message = [{ type: "text", data: { text } }];
        const { messageId } = world.chat.add(peer, me, message);
        world.sent.push({ messageId, ...peer, message });
        return String(messageId);
      },
      hear: (from, text) => {
        world.say(from, text);
        return String(world.chat.messages.at(-1)?.messageId);
      },
      isRead: (from) => world.chat.read.has(`private ${from}`),
      said: () =>
        world.sent.map(({ to, id, messageId, message }) => ({
          ...{ to: to === "group" ? "group" : "person", id, messageId: String(messageId) },
          isRecalled: world.chat.find(messageId) === undefined,
          text: JSON.stringify(message).match(/"text":"(.*?)"/)?.[1] ?? "",
        })),
      facesUnder: (id) => [...(world.chat.find(id)?.faces ?? [])],
      poked: () => world.pokes,
      isOnline: () => world.isOnline,
      goOffline: () => world.goOffline(),
      presence: () => JSON.stringify(world.presence),
      isRunning: () => !world.isStopped,
      likedBy: (userId, count) => void world.likers.push({ userId, count, time: clock }),
      liked: () => world.liked,
      leftWith: (nickname) => {
        const userId = person(nickname);
        world.oneWay.set(userId, { userId, nickname, source: "" });
        return userId;
      },
      mute: (groupId, userId, seconds) => {
        const member = world.groups.get(groupId)?.members.get(userId);
        if (member) member.mutedUntil = clock + seconds;
      },
      joinRuleOf: (id) => {
        const { addType, question, answer } = world.groups.get(id)?.rules ?? usualRules();
        return [addType, question, answer].join("|");
      },
      isFindable: (id) => {
        const { noFingerOpen, noCodeFingerOpen } = world.groups.get(id)?.rules ?? usualRules();
        return noFingerOpen === 0 || noCodeFingerOpen === 0;
      },
      takesRobots: (id) => world.groups.get(id)?.rules.robotMemberSwitch === 0,
      honor: (groupId, userId, description) => {
        world.groups.get(groupId)?.honors.push({ kind: "performer", userId, description });
        return "performer";
      },
      isGroupMuted: (id) => world.groups.get(id)?.isMuted === true,
      cardOf: (groupId, id) => world.groups.get(groupId)?.members.get(id)?.card ?? "",
      titleOf: (groupId, id) => world.groups.get(groupId)?.members.get(id)?.title ?? "",
      ...shelfOf(bot),
      asks: {
        friend: async (nickname) => {
          const userId = person(nickname);
          inbox.arriveFriend({ userId, nickname });
          return { arrival: pushed(), isIn: () => world.friends.has(userId), reason: () => "" };
        },
        filtered_friend: async (nickname) => {
          const userId = person(nickname);
          inbox.arriveFiltered({ userId, nickname });
          return { arrival: await listed("filtered_friend"), isIn: () => world.friends.has(userId), reason: () => "" };
        },
        group_join: async (nickname) => {
          const [userId, groupId] = [person(nickname), String(++last)];
          const group = world.addGroup({ groupId, groupName: "Chess" });
          inbox.arriveJoin({ userId, nickname, groupId });
          return { arrival: await listed("group_join"), isIn: () => group.members.has(userId), reason: toldReason };
        },
        group_invite: async (nickname) => {
          const [userId, groupId] = [person(nickname), String(++last)];
          inbox.arriveInvite({ userId, nickname, groupId, groupName: "Go" });
          return { arrival: await listed("group_invite"), isIn: () => world.groups.has(groupId), reason: toldReason };
        },
      },
    },
    close: async () => {
      await transport.close();
      await bot.close();
    },
  };
}
