import {
  type Actions,
  groupOf,
  id,
  isOn,
  managed,
  owned,
  page,
  passOrDeny,
  personOf,
  placeIn,
  Refusal,
  roleIn,
  toAccount,
  toGroup,
} from "./call";
import { isNear, switchNames } from "./world";

/** Groups, and who wants to be in them. */
export const groupActions: Actions = {
  "GET /chatGroups": {
    needs: [],
    run: ({ world }, me) => page([...world.groups.values()].filter((group) => group.members.has(me.id)).map(toGroup)),
  },
  "GET /chatGroups/info": {
    needs: ["groupId#"],
    run: (call, me) => {
      const group = groupOf(call);
      const isBanned = (personId: string) => (group.mutedUntil.get(personId) ?? 0) > call.world.clock;
      const membersList = [...group.members].map((personId) => ({
        account: toAccount(personOf(call, personId)),
        ...{ role: roleIn(group, personId), remark: "", isBanned: isBanned(personId) },
      }));
      const selfInfo = group.members.has(me.id)
        ? { chatGroupMemberRole: roleIn(group, me.id), isBanned: isBanned(me.id) }
        : { chatGroupMemberRole: "", isBanned: false };
      return { ...toGroup(group), membersList, selfInfo };
    },
  },
  "POST /chatGroups": {
    needs: ["name"],
    run: (call, me) => {
      const group = call.world.addGroup(call.text("name"), me.id);
      Object.assign(group, { intro: call.text("intro"), avatar: call.text("avatar") });
      for (const name of switchNames) group.switches[name] = isOn(call, name);
      return {
        ...toGroup(group),
        createdAt: "2026-01-02T10:41:24.287+08:00",
        updatedAt: "2026-01-02T10:41:24.287+08:00",
      };
    },
  },
  "PUT /chatGroups": {
    needs: ["groupId#", "name"],
    run: (call, me) => {
      const group = owned(call, me);
      group.name = call.text("name");
      group.intro = call.text("intro") || group.intro;
      group.avatar = call.text("avatar") || group.avatar;
      // Written every time: what is left out is switched off.
      for (const name of switchNames) group.switches[name] = isOn(call, name);
      return null;
    },
  },
  "POST /chatGroups/search": {
    needs: ["name"],
    run: ({ world, text }) =>
      page([...world.groups.values()].filter(({ name }) => name.includes(text("name"))).map(toGroup)),
  },
  "GET /chatGroups/common": {
    needs: ["toId#"],
    run: ({ world, text }, me) =>
      page(
        [...world.groups.values()]
          .filter(({ members }) => members.has(me.id) && members.has(text("toId")))
          .map(toGroup),
      ),
  },
  "GET /chatGroups/near": {
    needs: ["longitude", "latitude"],
    run: (call) => {
      const near = [...call.world.groups.values()].filter(({ place }) => isNear(place, placeIn(call)));
      return page(near.map((group) => ({ ...toGroup(group), distance: "245948m" })));
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
  "POST /chatGroups/join": {
    needs: ["groupId#", "reason"],
    run: (call, me) => {
      const { world, text } = call;
      const group = groupOf(call);
      if (group.switches.disbaleAddGroup) throw new Refusal("该群禁止加入");
      if (group.members.has(me.id)) throw new Refusal("已经是群成员");
      if (world.joins.some(({ from, to, status }) => from === me.id && to === group.id && status === "wait"))
        throw new Refusal("已经申请过了");
      world.askJoin(me.id, group.id, text("reason"));
      for (const manager of new Set([group.owner, ...group.managers]))
        call.push(manager, { fromId: id(group.id), toId: id(manager), ope: "system", type: "joinGroup" });
      return null;
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
  "POST /chatGroups/invite": {
    needs: ["groupId#", "toIdList*"],
    // They are in at once: nobody is asked.
    run: (call, me) => {
      const group = managed(call, me);
      for (const personId of call.all("toIdList")) group.members.add(personOf(call, personId).id);
      return null;
    },
  },
  "POST /chatGroups/exit": {
    needs: ["groupId#"],
    run: (call, me) => {
      const group = groupOf(call);
      if (!group.members.has(me.id)) throw new Refusal("不是群成员");
      if (group.owner === me.id) throw new Refusal("群主不能退群");
      group.members.delete(me.id);
      group.managers.delete(me.id);
      return null;
    },
  },
  "POST /chatGroups/dissolve": {
    needs: ["groupId#"],
    run: (call, me) => void call.world.groups.delete(owned(call, me).id),
  },
  "POST /chatGroups/transfer": {
    needs: ["groupId#", "toId#"],
    run: (call, me) => {
      const group = owned(call, me);
      // The new owner is not looked for among the members, and the old one is taken out.
      group.members.delete(me.id);
      group.owner = group.members.has(call.text("toId")) ? call.text("toId") : "";
      return null;
    },
  },
};
