import { type Actions, type Call, isOn, managed, owned, Refusal, roleIn } from "./call";
import type { Group } from "./world";

function memberOf(call: Call, group: Group): string {
  const member = call.text("toId");
  if (!group.members.has(member)) throw new Refusal("群成员不存在");
  return member;
}

/** What those who run a group do to those who are in it. */
export const memberActions: Actions = {
  "POST /chatGroups/kick": {
    needs: ["groupId#", "toId#"],
    run: (call, me) => {
      const group = managed(call, me);
      const member = memberOf(call, group);
      if (roleIn(group, member) !== "general") throw new Refusal("不允许操作");
      group.members.delete(member);
      return null;
    },
  },
  "POST /chatGroups/manager": {
    needs: ["groupId#", "toId#"],
    run: (call, me) => {
      const group = owned(call, me);
      const member = memberOf(call, group);
      // Left out, it unmakes.
      if (isOn(call, "isManager")) group.managers.add(member);
      else group.managers.delete(member);
      return null;
    },
  },
  "POST /chatGroups/banned": {
    needs: ["groupId#", "toId#", "minute#"],
    run: (call, me) => {
      const group = managed(call, me);
      const member = memberOf(call, group);
      if (roleIn(group, member) === "owner") throw new Refusal("不允许操作");
      group.mutedUntil.set(member, call.world.clock + Number(call.text("minute")) * 60_000);
      return null;
    },
  },
};
