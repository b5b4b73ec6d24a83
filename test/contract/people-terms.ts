import { expect } from "vitest";
import type { Adapter, Capability } from "@/server/platforms/adapter";
import { type Ground, need } from "./ground";

/** One capability, held to its word on whatever platform has it: it calls nothing else, and looks at the world only. */
export type Term = (able: Required<Adapter>, ground: Ground) => Promise<void>;

/** What every platform's capability has to bring about: people and groups. */
export const peopleTerms = {
  "profile.get": async (able, ground) => {
    const { id, name } = await able["profile.get"]();
    expect({ id, name }).toEqual({ id: ground.me, name: need(ground, "profile")().name });
  },
  "profile.update": async (able, ground) => {
    await able["profile.update"]({ signature: "at the desk" });
    const before = need(ground, "profile")();
    expect(before.signature).toBe("at the desk");
    await able["profile.update"]({ name: "Newer" });
    expect(need(ground, "profile")()).toEqual({ ...before, name: "Newer" });
  },

  "presence.get": async (able, ground) => {
    expect(await able["presence.get"]()).toMatchObject({ isOnline: true });
    need(ground, "goOffline")();
    expect(await able["presence.get"]()).toMatchObject({ isOnline: false });
  },
  "presence.presets": async (able) => {
    const presets = await able["presence.presets"]();
    expect(presets.length).toBeGreaterThan(0);
    expect(presets.filter(({ id, zh, en }) => !id || !zh || !en)).toEqual([]);
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  },
  "presence.set": async (able, ground) => {
    // Every one that is offered puts the account into a state of its own.
    const states = new Set<string>();
    const presets = await able["presence.presets"]();
    for (const { id } of presets) {
      await able["presence.set"](id);
      states.add(need(ground, "presence")());
    }
    expect(states.size).toBe(presets.length);
  },

  "friends.list": async (able, ground) => {
    const [near, far] = [need(ground, "person")("Ann"), need(ground, "person")("Far", ground.longId)];
    need(ground, "person")("Stranger");
    for (const id of [near, far]) need(ground, "befriend")(id);
    need(ground, "group")("Chess");
    const friends = await able["friends.list"]();
    expect(friends.map(({ id }) => id).sort()).toEqual([near, far].sort());
    expect(friends.find(({ id }) => id === near)).toMatchObject({ name: "Ann" });
  },
  "friends.search": async (able, ground) => {
    const id = need(ground, "person")("Ann");
    need(ground, "person")("Bob");
    expect(await able["friends.search"]("Ann")).toMatchObject([{ id, name: "Ann" }]);
    expect(await able["friends.search"]("nobody")).toEqual([]);
  },
  "friends.add": async (able, ground) => {
    const id = need(ground, "person")("Ann");
    await able["friends.add"](id, "from the desk");
    expect(need(ground, "wooed")()).toEqual([{ id, reason: "from the desk" }]);
    expect(need(ground, "isFriend")(id)).toBe(false);
  },
  "friends.remove": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    for (const id of [ann, bob]) need(ground, "befriend")(id);
    await able["friends.remove"](ann);
    expect([ann, bob].map(need(ground, "isFriend"))).toEqual([false, true]);
  },
  "friends.remark": async (able, ground) => {
    const id = need(ground, "person")("Ann");
    need(ground, "befriend")(id);
    await able["friends.remark"](id, "the boss");
    expect(need(ground, "remarkOf")(id)).toBe("the boss");
  },
  "friends.label": async (able, ground) => {
    const id = need(ground, "person")("Ann");
    need(ground, "befriend")(id);
    await able["friends.label"](id, "client");
    expect(need(ground, "labelOf")(id)).toBe("client");
  },
  "friends.blocked": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    need(ground, "befriend")(bob);
    need(ground, "block")(ann);
    expect((await able["friends.blocked"]()).map(({ id }) => id)).toEqual([ann]);
  },
  "friends.block": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    await able["friends.block"](ann);
    expect([ann, bob].map(need(ground, "isBlocked"))).toEqual([true, false]);
  },
  "friends.unblock": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    for (const id of [ann, bob]) need(ground, "block")(id);
    await able["friends.unblock"](ann);
    expect([ann, bob].map(need(ground, "isBlocked"))).toEqual([false, true]);
  },
  "people.get": async (able, ground) => {
    const id = need(ground, "person")("Ann");
    need(ground, "befriend")(id);
    expect(await able["people.get"](id)).toMatchObject({ id, name: "Ann" });
  },

  "categories.list": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const id = need(ground, "category")("Club", [ann]);
    const found = (await able["categories.list"]()).find((each) => each.id === id);
    expect(found).toMatchObject({ name: "Club", friends: [{ id: ann, name: "Ann" }] });
  },
  "categories.create": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const id = await able["categories.create"]("Club", [ann]);
    expect(need(ground, "categories")()).toEqual([{ name: "Club", members: [ann] }]);
    if (id !== null) expect(need(ground, "categoryOf")(id)).toMatchObject({ name: "Club" });
    await able["categories.create"]("Empty", []);
    expect(need(ground, "categories")()).toContainEqual({ name: "Empty", members: [] });
  },
  "categories.rename": async (able, ground) => {
    const [id, other] = [need(ground, "category")("Club", []), need(ground, "category")("Other", [])];
    await able["categories.rename"](id, "Society");
    expect([id, other].map((each) => need(ground, "categoryOf")(each)?.name)).toEqual(["Society", "Other"]);
  },
  "categories.remove": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    need(ground, "befriend")(ann);
    const id = need(ground, "category")("Club", [ann]);
    await able["categories.remove"](id);
    expect(need(ground, "categoryOf")(id)).toBeNull();
    expect(need(ground, "isFriend")(ann)).toBe(true);
  },
  "categories.assign": async (able, ground) => {
    const people = ["Ann", "Bob", "Cid"].map((name) => need(ground, "person")(name));
    const id = need(ground, "category")("Club", people.slice(0, 1));
    await able["categories.assign"](id, people.slice(1));
    expect(need(ground, "categoryOf")(id)?.members).toEqual(people);
  },
  "categories.unassign": async (able, ground) => {
    const people = ["Ann", "Bob", "Cid"].map((name) => need(ground, "person")(name));
    const id = need(ground, "category")("Club", people);
    await able["categories.unassign"](id, people.slice(1));
    expect(need(ground, "categoryOf")(id)?.members).toEqual(people.slice(0, 1));
    // Nobody is nothing to do, and not everybody.
    await able["categories.unassign"](id, []);
    expect(need(ground, "categoryOf")(id)?.members).toEqual(people.slice(0, 1));
  },

  "groups.list": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    need(ground, "befriend")(need(ground, "person")("Ann"));
    expect(await able["groups.list"]()).toMatchObject([{ id, name: "Chess" }]);
  },
  "groups.search": async (able, ground) => {
    const id = need(ground, "group")("Chess", { owner: need(ground, "person")("Ann"), isForeign: true });
    need(ground, "group")("Go");
    expect(await able["groups.search"]("Chess")).toMatchObject([{ id, name: "Chess" }]);
  },
  "groups.get": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    need(ground, "group")("Go");
    const group = await able["groups.get"](id);
    expect(group).toMatchObject({ id, name: "Chess" });
    // What is told is true; what is not told is null.
    expect([need(ground, "groupOf")(id)?.ownerId, null, ""]).toContain(group.ownerId);
    expect(["owner", null]).toContain(group.ownRole);
  },
  "groups.create": async (able, ground) => {
    const id = await able["groups.create"]({ name: "Chess", intro: "for all" });
    expect(need(ground, "groupNamed")("Chess")).toMatchObject({ intro: "for all", ownerId: ground.me });
    if (id !== null) expect(need(ground, "groupOf")(id)).toMatchObject({ name: "Chess" });
  },
  "groups.update": async (able, ground) => {
    const id = need(ground, "group")("Chess");
    await able["groups.update"](id, { name: "Go" });
    expect(need(ground, "groupOf")(id)).toMatchObject({ name: "Go" });
  },
  "groups.join": async (able, ground) => {
    const id = need(ground, "group")("Chess", { owner: need(ground, "person")("Ann"), isForeign: true });
    await able["groups.join"](id, "let me play");
    expect(need(ground, "askedToJoin")()).toEqual([{ groupId: id, reason: "let me play" }]);
  },
  "groups.invite": async (able, ground) => {
    const people = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess");
    await able["groups.invite"](id, people);
    expect(need(ground, "groupOf")(id)?.members).toEqual(expect.arrayContaining(people));
  },
  "groups.leave": async (able, ground) => {
    const owner = need(ground, "person")("Ann");
    const [left, kept] = [need(ground, "group")("Chess", { owner }), need(ground, "group")("Go", { owner })];
    await able["groups.leave"](left);
    expect(need(ground, "groupOf")(left)?.members ?? []).not.toContain(ground.me);
    expect(need(ground, "groupOf")(kept)?.members).toContain(ground.me);
  },
  "groups.dissolve": async (able, ground) => {
    const [gone, kept] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    await able["groups.dissolve"](gone);
    expect([gone, kept].map((id) => need(ground, "groupOf")(id) === null)).toEqual([true, false]);
  },
  "groups.transfer": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    await able["groups.transfer"](id, ann);
    expect(need(ground, "groupOf")(id)?.ownerId).toBe(ann);
  },

  "members.list": async (able, ground) => {
    const people = [need(ground, "person")("Ann"), need(ground, "person")("Far", ground.longId)];
    const id = need(ground, "group")("Chess", { members: people });
    const members = await able["members.list"](id);
    expect(members.map((each) => each.id).sort()).toEqual([ground.me, ...people].sort());
    expect(members.find((each) => each.id === people[0])).toMatchObject({ name: "Ann" });
    expect(["owner", "unknown"]).toContain(members.find((each) => each.id === ground.me)?.role);
  },
  "members.get": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    expect(await able["members.get"](id, ann)).toMatchObject({ id: ann, name: "Ann", role: "member" });
  },
  "members.kick": async (able, ground) => {
    const people = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess", { members: people });
    await able["members.kick"](id, people[0] ?? "");
    expect(need(ground, "groupOf")(id)?.members.sort()).toEqual([ground.me, people[1] ?? ""].sort());
  },
  "members.mute": async (able, ground) => {
    const people = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess", { members: people });
    const isMuted = () => people.map((each) => need(ground, "isMuted")(id, each));
    await able["members.mute"](id, people[0] ?? "", 90);
    need(ground, "wait")(89);
    expect(isMuted()).toEqual([true, false]);
    need(ground, "wait")(60);
    expect(isMuted()).toEqual([false, false]);
  },
  "groups.muteAll": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    const isMuted = () => [id, other].map(need(ground, "isGroupMuted"));
    await able["groups.muteAll"](id, true);
    expect(isMuted()).toEqual([true, false]);
    await able["groups.muteAll"](id, false);
    expect(isMuted()).toEqual([false, false]);
  },
  "members.card": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    for (const card of ["Doorkeeper", ""]) {
      await able["members.card"](id, ann, card);
      expect(need(ground, "cardOf")(id, ann)).toBe(card);
    }
  },
  "members.title": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    for (const title of ["Champion", ""]) {
      await able["members.title"](id, ann, title);
      expect(need(ground, "titleOf")(id, ann)).toBe(title);
    }
  },
  "members.presence": async (able, ground) => {
    const people = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess", { members: people });
    need(ground, "leaveScreen")(id, people[1] ?? "");
    const told = await able["members.presence"](id, people);
    expect(told.map(({ userId, isOnline }) => [userId, isOnline])).toEqual(
      people.map((each) => [each, need(ground, "isThere")(id, each)]),
    );
  },
  "members.promote": async (able, ground) => {
    const people = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess", { members: people });
    for (const each of people) await able["members.promote"](id, each, true);
    await able["members.promote"](id, people[1] ?? "", false);
    expect(need(ground, "groupOf")(id)?.admins).toEqual([people[0]]);
  },
} satisfies Partial<Record<Capability, Term>>;
