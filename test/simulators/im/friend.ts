import { type Actions, type Call, id, page, passOrDeny, personOf, placeIn, Refusal, toAccount } from "./call";
import { categoriesOf } from "./category";
import { isNear, type Person } from "./world";

function toFriend(call: Call, me: Person, friend: Person): unknown {
  const { remark, label } = call.world.notes.get(`${me.id}-${friend.id}`) ?? { remark: "", label: "" };
  const friendGroups = categoriesOf(call, me)
    .filter(({ members }) => members.has(friend.id))
    .map((category) => ({ id: id(category.id), name: category.name }));
  return { account: toAccount(friend), friendGroups: friendGroups.length === 0 ? null : friendGroups, remark, label };
}

/** Whom a call names, when the caller has them in the list, blocked ones included. */
function friendOf(call: Call, me: Person): Person {
  const friend = personOf(call, call.text("toId"));
  if (!call.world.areFriends(me.id, friend.id)) throw new Refusal("好友不存在");
  return friend;
}

function note(call: Call, me: Person, change: { remark?: string; label?: string }): null {
  const key = `${me.id}-${friendOf(call, me).id}`;
  call.world.notes.set(key, { ...(call.world.notes.get(key) ?? { remark: "", label: "" }), ...change });
  return null;
}

/** Friends, who wants to be one, and who is blocked. */
export const friendActions: Actions = {
  "GET /friends": {
    needs: ["blacklist"],
    run: (call, me) => {
      if (!["0", "1"].includes(call.text("blacklist"))) throw new Refusal("参数错误");
      const { world } = call;
      const isShown = ({ id: other }: Person) =>
        world.areFriends(me.id, other) && world.blocked.has(`${me.id}-${other}`) === (call.text("blacklist") === "1");
      return page([...world.people.values()].filter(isShown).map((friend) => toFriend(call, me, friend)));
    },
  },
  "GET /friends/info": {
    needs: ["toId#"],
    run: (call, me) => page([toFriend(call, me, friendOf(call, me))]),
  },
  "GET /friends/search": {
    needs: ["account"],
    run: ({ world, text }, me) => {
      const names = ({ id: number, username, nickname, email, mobile }: Person) => [
        ...[number, username, nickname, email, mobile],
      ];
      const others = [...world.people.values()].filter((each) => each.id !== me.id);
      return page(others.filter((each) => names(each).includes(text("account"))).map(toAccount));
    },
  },
  "GET /friends/verify": {
    needs: ["toId#"],
    run: ({ world, text }, me) => ({
      isFriend: world.areFriends(text("toId"), me.id),
      isBlacklist: world.blocked.has(`${text("toId")}-${me.id}`),
    }),
  },
  "GET /friends/near": {
    needs: ["longitude", "latitude"],
    run: (call, me) =>
      page(
        [...call.world.people.values()]
          .filter((each) => each.id !== me.id && isNear(each.place, placeIn(call)))
          .map((each) => ({ ...toAccount(each), distance: "120m" })),
      ),
  },
  "POST /friends/add": {
    needs: ["toId#"],
    run: (call, me) => {
      const { world, text } = call;
      const person = personOf(call, text("toId"));
      if (world.areFriends(me.id, person.id)) throw new Refusal("已经是好友了");
      if (world.applies.some(({ from, to, status }) => from === me.id && to === person.id && status === "wait"))
        throw new Refusal("已经申请过了");
      const { createdAt } = world.askFriend(me.id, person.id, text("reason"));
      call.push(person.id, { createdAt, fromId: id(me.id), toId: id(person.id), ope: "system", type: "addFreind" });
      return null;
    },
  },
  // One-sided: the other one keeps the account.
  "DELETE /friends": {
    needs: ["toId#"],
    run: (call, me) => void call.world.friends.delete(`${me.id}-${friendOf(call, me).id}`),
  },
  "POST /friends/blaklist": {
    needs: ["toId#"],
    run: (call, me) => {
      const pair = `${me.id}-${personOf(call, call.text("toId")).id}`;
      // Who was no friend gets an entry for it.
      call.world.friends.add(pair);
      call.world.blocked.add(pair);
      return null;
    },
  },
  "DELETE /friends/blaklist": {
    needs: ["toId#"],
    run: (call, me) => {
      const pair = `${me.id}-${call.text("toId")}`;
      if (!call.world.blocked.delete(pair)) throw new Refusal("黑名单不存在");
      // The entry goes with it: whoever was a friend before is none after.
      call.world.friends.delete(pair);
      return null;
    },
  },
  "PUT /friends/remark": {
    needs: ["toId#", "remark"],
    run: (call, me) => note(call, me, { remark: call.text("remark") }),
  },
  "PUT /friends/label": {
    needs: ["toId#", "label"],
    run: (call, me) => note(call, me, { label: call.text("label") }),
  },
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
};
