import { type Group, type Person, switchNames, type World } from "./world";

/** What a handler is given: the account that calls (none before signing in) and what it sent. */
export interface Call {
  world: World;
  me: Person | null;
  text(name: string): string;
  all(name: string): string[];
  /** A push to every socket of an account. */
  push(to: string, message: Record<string, unknown>): void;
  mint(person: Person): string;
}

/** The server's one way to say no: HTTP 200, code 1 and a Chinese text. */
export class Refusal extends Error {}

interface Action {
  /** Names that must be there and not be empty; a name ending in # must be an integer that is not 0. */
  needs: readonly string[];
  isAnonymous?: true;
  run(call: Call, me: Person): unknown;
}

const id = (text: string) => Number(text);

function toAccount(person: Person): Record<string, unknown> {
  const { username, email, mobile, nickname } = person;
  return { id: id(person.id), username, email, mobile, nickname, avatar: "", gender: "", birth: "", age: 0, intro: "" };
}

function toGroup(group: Group): Record<string, unknown> {
  const { name, intro, switches, members } = group;
  return { id: id(group.id), name, avatar: "", intro, members: members.size, members_limit: 500, ...switches };
}

/** An empty list is null, as Go writes it. */
function page(items: readonly unknown[]): unknown {
  return { items: items.length === 0 ? null : items, total: items.length };
}

function personOf({ world }: Call, personId: string): Person {
  const person = world.people.get(personId);
  if (!person) throw new Refusal("用户不存在");
  return person;
}

function groupOf(call: Call, name = "groupId"): Group {
  const group = call.world.groups.get(call.text(name));
  if (!group) throw new Refusal("群不存在");
  return group;
}

function managed(call: Call, me: Person): Group {
  const group = groupOf(call);
  if (group.owner !== me.id && !group.managers.has(me.id)) throw new Refusal("没有权限");
  return group;
}

function passOrDeny(call: Call): "pass" | "deny" {
  const status = call.text("status");
  if (status !== "pass" && status !== "deny") throw new Refusal("参数错误");
  return status;
}

function signIn(call: Call, person: Person | undefined): unknown {
  if (!person) throw new Refusal("账号或密码错误");
  return { token: call.mint(person), needUpdatePassword: person.password === "" };
}

function byCode(call: Call, name: "email" | "mobile"): unknown {
  const address = call.text(name);
  if (call.world.codes.get(address) !== call.text("captcha")) throw new Refusal("验证码错误");
  call.world.codes.delete(address);
  const known = [...call.world.people.values()].find((person) => person[name] === address);
  // An address nobody knows becomes an account.
  return signIn(call, known ?? call.world.addPerson("", { [name]: address }));
}

/** What the server can do, by method and path. Everything else is its 404. */
export const actions: Readonly<Record<string, Action>> = {
  "GET /captcha/image": {
    needs: ["type"],
    isAnonymous: true,
    run: ({ world }) => {
      const key = `key${world.captchas.size + 1}`;
      world.captchas.set(key, "abcd");
      return { key, captcha: Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64") };
    },
  },
  "GET /captcha/email": {
    needs: ["email"],
    isAnonymous: true,
    run: ({ world, text }) => void world.codes.set(text("email"), "1234"),
  },
  "GET /captcha/mobile": {
    needs: ["mobile"],
    isAnonymous: true,
    run: ({ world, text }) => void world.codes.set(text("mobile"), "1234"),
  },
  "POST /login/basic": {
    needs: ["account", "password", "captchaKey", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => {
      const { world, text } = call;
      const isRight = world.captchas.get(text("captchaKey")) === text("captcha");
      // A picture is good for one try.
      world.captchas.delete(text("captchaKey"));
      if (!isRight) throw new Refusal("验证码错误");
      const names = (person: Person) => [person.username, person.email, person.mobile];
      const found = [...world.people.values()].find((person) => names(person).includes(text("account")));
      return signIn(call, found?.password === text("password") ? found : undefined);
    },
  },
  "POST /login/email": {
    needs: ["email", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => byCode(call, "email"),
  },
  "POST /login/mobile": {
    needs: ["mobile", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => byCode(call, "mobile"),
  },
  "GET /me/info": { needs: [], run: (_call, me) => ({ account: toAccount(me) }) },
  "GET /friends": {
    needs: ["blacklist"],
    run: (call, me) => {
      if (!["0", "1"].includes(call.text("blacklist"))) throw new Refusal("参数错误");
      const { world } = call;
      const friends = [...world.people.values()].filter((person) => world.areFriends(me.id, person.id));
      const shown = call.text("blacklist") === "1" ? [] : friends;
      return page(shown.map((friend) => ({ account: toAccount(friend), friendGroups: null, remark: "", label: "" })));
    },
  },
  "GET /friends/info": {
    needs: ["toId#"],
    run: (call, me) => {
      const friend = personOf(call, call.text("toId"));
      if (!call.world.areFriends(me.id, friend.id)) throw new Refusal("不是好友");
      return page([{ account: toAccount(friend), friendGroups: null, remark: "", label: "" }]);
    },
  },
  "GET /friends/search": {
    needs: ["account"],
    run: ({ world, text }) => {
      const names = (person: Person) => [person.id, person.username, person.nickname];
      return page([...world.people.values()].filter((each) => names(each).includes(text("account"))).map(toAccount));
    },
  },
  "DELETE /friends": {
    needs: ["toId#"],
    run: ({ world, text }, me) => void world.friends.delete(`${me.id}-${text("toId")}`),
  },
  "DELETE /friends/groups/members": { needs: ["groupId#", "members"], run: () => null },
  "POST /friends/groups/members": { needs: ["groupId#", "members"], run: () => null },
  "GET /friends/add/applies": {
    needs: [],
    run: (call, me) => {
      const waiting = call.world.applies.filter((apply) => apply.to === me.id && apply.status === "wait");
      return page(
        waiting.map(({ from, createdAt, reason, denyReason, status }) => ({
          ...{ createdAt, fromAccount: toAccount(personOf(call, from)) },
          ...{ applyReason: reason, denyReason, status, replyTime: null },
        })),
      );
    },
  },
  "POST /friends/add/reply": {
    needs: ["toId#", "status"],
    run: (call, me) => {
      const { world, text } = call;
      const status = passOrDeny(call);
      const apply = world.applies.find(
        (each) => each.from === text("toId") && each.to === me.id && each.status === "wait",
      );
      if (!apply) throw new Refusal("申请不存在");
      Object.assign(apply, { status, denyReason: text("reason") });
      if (status === "pass") world.befriend(apply.from, me.id);
      return null;
    },
  },
  "GET /chatGroups": {
    needs: [],
    run: ({ world }, me) => page([...world.groups.values()].filter((group) => group.members.has(me.id)).map(toGroup)),
  },
  "GET /chatGroups/info": {
    needs: ["groupId#"],
    run: (call, me) => {
      const group = groupOf(call);
      const roleOf = (personId: string) =>
        personId === group.owner ? "owner" : group.managers.has(personId) ? "manager" : "general";
      const membersList = [...group.members].map((personId) => ({
        account: toAccount(personOf(call, personId)),
        ...{ role: roleOf(personId), remark: "", isBanned: false },
      }));
      return { ...toGroup(group), membersList, selfInfo: { chatGroupMemberRole: roleOf(me.id), isBanned: false } };
    },
  },
  "PUT /chatGroups": {
    needs: ["groupId#", "name"],
    run: (call, me) => {
      const group = managed(call, me);
      group.name = call.text("name");
      group.intro = call.text("intro") || group.intro;
      // Written every time: what is left out is switched off.
      for (const name of switchNames) group.switches[name] = call.text(name) === "1";
      return null;
    },
  },
  "POST /chatGroups/transfer": {
    needs: ["groupId#", "toId#"],
    run: (call, me) => {
      const group = groupOf(call);
      if (group.owner !== me.id) throw new Refusal("没有权限");
      // The new owner is not looked for among the members, and the old one is taken out.
      group.members.delete(me.id);
      group.owner = group.members.has(call.text("toId")) ? call.text("toId") : "";
      return null;
    },
  },
  "GET /chatGroups/join": {
    needs: [],
    run: (call, me) => {
      const { world } = call;
      const ours = world.joins.filter(({ to }) => {
        const group = world.groups.get(to);
        return group?.owner === me.id || group?.managers.has(me.id);
      });
      return page(
        ours.map(({ from, to, createdAt, reason, denyReason, status }) => {
          const group = world.groups.get(to);
          const joined = { account: toAccount(personOf(call, from)), chatGroup: group ? toGroup(group) : null };
          return { createdAt, ...joined, applyReason: reason, denyReason, status, replyTime: null };
        }),
      );
    },
  },
  "POST /chatGroups/join/reply": {
    needs: ["groupId#", "accountId#", "status"],
    run: (call, me) => {
      const group = managed(call, me);
      const status = passOrDeny(call);
      const isIt = (to: string, from: string) => to === group.id && from === call.text("accountId");
      const apply = call.world.joins.find((each) => isIt(each.to, each.from) && each.status === "wait");
      if (!apply) throw new Refusal("申请不存在");
      Object.assign(apply, { status, denyReason: call.text("reason") });
      if (status === "pass") group.members.add(apply.from);
      return null;
    },
  },
  "POST /chat/send": {
    needs: ["toId#", "ope", "type", "isPrivate", "body"],
    run: (call, me) => {
      const { world, text } = call;
      const [to, ope, type, body] = [text("toId"), text("ope"), text("type"), text("body")];
      if (!["friend", "group"].includes(ope) || !["0", "1"].includes(text("isPrivate"))) throw new Refusal("参数错误");
      if (ope === "friend" && !world.areFriends(me.id, to)) throw new Refusal("对方不是你的好友");
      if (ope === "group" && !world.groups.get(to)?.members.has(me.id)) throw new Refusal("你不在群里");
      const message = { id: String(world.messages.length + 1), from: me.id, to, ope, type, body };
      const isPrivate = text("isPrivate") === "1";
      world.messages.push({ ...message, isPrivate });
      const sent = { id: id(message.id), createdAt: "2026-01-02T00:06:09.58+08:00", fromId: id(me.id), toId: id(to) };
      const answer = { ...sent, ope, type, body, isPrivate, status: "normal" };
      if (ope === "friend") call.push(to, answer);
      return answer;
    },
  },
};
