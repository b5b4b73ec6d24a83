import { createAdapter } from "@/server/platforms/im/adapter";
import { catalogue } from "@/server/platforms/im/catalogue";
import { openLink } from "@/test/im-link";
import { type Im, start } from "@/test/simulators/im";
import type { Group, Person } from "@/test/simulators/im/world";
import { type Asking, adapters, type Ground, type GroupNow, type World } from "./ground";

function toGroup(group: Group | undefined): GroupNow | null {
  if (!group) return null;
  const { name, intro, owner: ownerId, managers, members } = group;
  return { name, intro, ownerId, admins: [...managers], members: [...members] };
}

function worldOf({ world }: Im, me: Person): Omit<Partial<World>, "asks"> {
  const note = (id: string) => world.notes.get(`${me.id}-${id}`) ?? { remark: "", label: "" };
  return {
    profile: () => ({ name: me.nickname, signature: me.about?.intro ?? "" }),
    person: (name, id) => world.addPerson(name, id === undefined ? {} : { id }).id,
    befriend: (id) => world.befriend(me.id, id),
    isFriend: (id) => world.areFriends(me.id, id),
    block: (id) => {
      world.friends.add(`${me.id}-${id}`);
      world.blocked.add(`${me.id}-${id}`);
    },
    isBlocked: (id) => world.blocked.has(`${me.id}-${id}`),
    wooed: () => world.applies.filter(({ from }) => from === me.id).map(({ to: id, reason }) => ({ id, reason })),
    remarkOf: (id) => note(id).remark,
    labelOf: (id) => note(id).label,
    category: (name, members) => world.addCategory(me.id, name, members).id,
    categoryOf: (id) => {
      const found = world.categories.get(id);
      return found ? { name: found.name, members: [...found.members] } : null;
    },
    categories: () => [...world.categories.values()].map(({ name, members }) => ({ name, members: [...members] })),
    group: (name, { owner = me.id, members = [], isForeign = false } = {}) =>
      world.addGroup(name, owner, isForeign ? members : [me.id, ...members]).id,
    groupOf: (id) => toGroup(world.groups.get(id)),
    groupNamed: (name) => toGroup([...world.groups.values()].find((group) => group.name === name)),
    askedToJoin: () =>
      world.joins.filter(({ from }) => from === me.id).map(({ to: groupId, reason }) => ({ groupId, reason })),
    isMuted: (groupId, userId) => (world.groups.get(groupId)?.mutedUntil.get(userId) ?? 0) > world.clock,
    wait: (seconds) => {
      world.clock += seconds * 1000;
    },
    joinRuleOf: (id) => (world.groups.get(id)?.switches.disbaleAddGroup ? "nobody" : "ask"),
    standAt: (id, place) => {
      const person = world.people.get(id);
      if (person) person.place = place;
    },
    lieAt: (id, place) => {
      const group = world.groups.get(id);
      if (group) group.place = place;
    },
    said: () =>
      world.messages
        .filter(({ from }) => from === me.id)
        .map(({ ope, to: id, id: messageId, body: text, isRecalled }) => ({
          ...{ to: ope === "group" ? "group" : "person", id, messageId, text, isRecalled },
        })),
    speak: ({ to, id }, text) =>
      world.say({ from: me.id, to: id, ope: to === "group" ? "group" : "friend", type: "text", body: text }).id,
    hear: (from, text) => world.say({ from, to: me.id, ope: "friend", type: "text", body: text }).id,
    isRead: (from) => world.messages.filter((each) => each.from === from).every(({ isRead }) => isRead),
  };
}

/** A server with an account that is signed in, and the adapter that the desk uses. */
export async function im(): Promise<Ground> {
  const server = await start();
  const me = server.world.addPerson("Me");
  const line = openLink(server, me);
  await line.hooks.connected();
  const made = adapters(catalogue, line.link.send, createAdapter);
  const listed = async (): Promise<Asking["arrival"]> => {
    const arrival = (await made.adapter["requests.list"]?.())?.arrivals.at(-1);
    if (arrival === undefined) throw new Error("nobody is listed");
    return arrival;
  };
  return {
    ...made,
    platform: "im",
    me: me.id,
    longId: "9007199254740993",
    world: {
      ...worldOf(server, me),
      asks: {
        friend: async (name) => {
          const apply = server.world.askFriend(server.world.addPerson(name).id, me.id, "it is me");
          const isIn = () => server.world.areFriends(me.id, apply.from);
          return { arrival: await listed(), isIn, reason: () => apply.denyReason };
        },
        group_join: async (name) => {
          const group = server.world.addGroup("Chess", me.id);
          const apply = server.world.askJoin(server.world.addPerson(name).id, group.id, "let me play");
          return { arrival: await listed(), isIn: () => group.members.has(apply.from), reason: () => apply.denyReason };
        },
      },
    },
    close: async () => {
      await line.end();
      await server.close();
    },
  };
}
