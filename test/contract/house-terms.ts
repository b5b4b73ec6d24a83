import { expect } from "vitest";
import { joinWaysOf } from "@/lib/join-rule";
import type { Capability } from "@/server/platforms/adapter";
import { need } from "./ground";
import type { Term } from "./people-terms";

/** What every platform's capability has to bring about: how a group is kept, and how the account shows itself. */
export const houseTerms = {
  "profile.likes": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    need(ground, "likedBy")(ann, 3);
    need(ground, "wait")(60);
    need(ground, "likedBy")(bob, 1);
    const likers = await able["profile.likes"]();
    expect(likers.map(({ userId, name, times }) => [userId, name, times])).toEqual([
      [bob, "Bob", 1],
      [ann, "Ann", 3],
    ]);
  },
  "presence.word": async (able, ground) => {
    const before = need(ground, "presence")();
    await able["presence.word"]("gone fishing", "76");
    const now = need(ground, "presence")();
    expect(now).not.toBe(before);
    expect(now).toContain("gone fishing");
  },
  "clients.exit": async (able, ground) => {
    expect(need(ground, "isRunning")()).toBe(true);
    // Who stops may be gone before the answer: then nobody may say that nothing happened.
    await able["clients.exit"]().catch((error: unknown) => expect(error).toMatchObject({ isSent: true }));
    expect(need(ground, "isRunning")()).toBe(false);
  },
  "friends.oneWay": async (able, ground) => {
    const id = need(ground, "leftWith")("Ann");
    need(ground, "befriend")(need(ground, "person")("Bob"));
    expect(await able["friends.oneWay"]()).toMatchObject([{ id, name: "Ann" }]);
  },
  "people.like": async (able, ground) => {
    const [ann] = ["Ann", "Bob"].map((name) => need(ground, "person")(name));
    await able["people.like"](ann ?? "", 3);
    expect(need(ground, "liked")()).toEqual([{ userId: ann, times: 3 }]);
  },
  "groups.muted": async (able, ground) => {
    const people = ["Ann", "Bob", "Cid"].map((name) => need(ground, "person")(name));
    const id = need(ground, "group")("Chess", { members: people });
    need(ground, "mute")(id, people[0] ?? "", 600);
    need(ground, "mute")(id, people[1] ?? "", 60);
    need(ground, "wait")(120);
    const [muted, ...rest] = await able["groups.muted"](id);
    expect(rest).toEqual([]);
    expect(muted).toMatchObject({ userId: people[0], name: "Ann" });
  },
  "groups.joinRule": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    const before = need(ground, "joinRuleOf")(other);
    const seen = new Set<string>();
    const every = [
      { how: "anyone" },
      { how: "ask" },
      { how: "nobody" },
      { how: "question", question: "Who opens?", answer: null },
      { how: "question", question: "Who opens?", answer: "White" },
    ] as const;
    const rules = every.filter(({ how }) => joinWaysOf[ground.platform].includes(how));
    for (const rule of rules) {
      await able["groups.joinRule"](id, rule);
      const now = need(ground, "joinRuleOf")(id);
      seen.add(now);
      // A question that is not asked, and an answer nobody gave, must not stay behind.
      expect(now.includes("Who opens?")).toBe(rule.how === "question");
      expect(now.includes("White")).toBe(rule.how === "question" && rule.answer !== null);
    }
    expect(seen.size).toBe(rules.length);
    expect(need(ground, "joinRuleOf")(other)).toBe(before);
  },
  "groups.link": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    const links = [id, other].map(need(ground, "linkOf"));
    expect([await able["groups.link"](id), await able["groups.link"](other)]).toEqual(links);
  },
  "groups.nearby": async (able, ground) => {
    const [near, far] = ["Chess", "Go"].map((name) => need(ground, "group")(name));
    need(ground, "lieAt")(near ?? "", { latitude: 31.3, longitude: 121.4 });
    need(ground, "lieAt")(far ?? "", { latitude: -31.3, longitude: 121.4 });
    expect(await able["groups.nearby"]({ latitude: 31.2, longitude: 121.5 })).toMatchObject([
      { id: near, name: "Chess" },
    ]);
  },
  "people.nearby": async (able, ground) => {
    const [ann, bob] = [need(ground, "person")("Ann"), need(ground, "person")("Bob")];
    need(ground, "standAt")(ann, { latitude: 31.3, longitude: 121.4 });
    need(ground, "standAt")(bob, { latitude: 31.3, longitude: -121.4 });
    expect(await able["people.nearby"]({ latitude: 31.2, longitude: 121.5 })).toMatchObject([{ id: ann, name: "Ann" }]);
  },
  "people.groups": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    need(ground, "group")("Go");
    expect(await able["people.groups"](ann)).toMatchObject([{ id, name: "Chess" }]);
  },
  "clients.restart": async (able, ground) => {
    const before = need(ground, "restarts")();
    await able["clients.restart"]();
    expect(need(ground, "restarts")()).toBe(before + 1);
  },
  "groups.findable": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    for (const isFindable of [false, true]) {
      await able["groups.findable"](id, isFindable);
      expect([id, other].map(need(ground, "isFindable"))).toEqual([isFindable, true]);
    }
  },
  "groups.robots": async (able, ground) => {
    const [id, other] = [need(ground, "group")("Chess"), need(ground, "group")("Go")];
    const before = need(ground, "takesRobots")(other);
    for (const isAllowed of [false, true]) {
      await able["groups.robots"](id, isAllowed);
      expect([id, other].map(need(ground, "takesRobots"))).toEqual([isAllowed, before]);
    }
  },
  "groups.honors": async (able, ground) => {
    const ann = need(ground, "person")("Ann");
    const id = need(ground, "group")("Chess", { members: [ann] });
    const kind = need(ground, "honor")(id, ann, "seven days in a row");
    expect(await able["groups.honors"](id)).toMatchObject([
      { kind, userId: ann, name: "Ann", text: "seven days in a row" },
    ]);
    expect(await able["groups.honors"](need(ground, "group")("Go"))).toEqual([]);
  },
} satisfies Partial<Record<Capability, Term>>;
