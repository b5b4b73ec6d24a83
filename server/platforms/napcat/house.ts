import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Honor, JoinRule } from "../entity";
import { fromSeconds } from "../moment";
import type { NapcatCatalogue } from "./catalogue";

type C = Call<NapcatCatalogue>;

/** How people get in, in QQ's codes. The question travels with the codes that ask one, and with no other. */
function toAddOption(rule: JoinRule) {
  switch (rule.how) {
    case "anyone":
      return { add_type: "1" };
    case "ask":
      return { add_type: "2" };
    case "nobody":
      return { add_type: "3" };
    case "question":
      return rule.answer === null
        ? { add_type: "5", group_question: rule.question }
        : { add_type: "4", group_question: rule.question, group_answer: rule.answer };
  }
}

/** OneBot's words for the honours, in the order QQ shows them. */
const honors = ["talkative", "performer", "legend", "strong_newbie", "emotion"] as const;

async function readHonors(call: C, groupId: string): Promise<Honor[]> {
  const told = await call("get_group_honor_info", { group_id: groupId, type: "all" });
  return honors.flatMap((kind) =>
    told[`${kind}_list`].flatMap(({ user_id: userId, nickname: name, avatar, description: text }) =>
      userId === null ? [] : [{ kind, userId, name, avatar: /^https?:/.test(avatar) ? avatar : null, text }],
    ),
  );
}

/** The rules of a group, and what it says of its members. How it can be joined or found is told by no operation. */
export function houseAdapter(call: C) {
  return {
    "groups.muted": async (groupId) =>
      (await call("get_group_shut_list", { group_id: groupId })).map((member) => ({
        ...{ userId: member.uin, name: member.cardName || member.nick, until: fromSeconds(member.shutUpTime) },
      })),
    "groups.joinRule": async (groupId, rule) => {
      await call("set_group_add_option", { group_id: groupId, ...toAddOption(rule) });
    },
    "groups.findable": async (groupId, isFindable) => {
      // Both, always: what is left out stays as it was, and the group would be findable the other way.
      const isClosed = isFindable ? 0 : 1;
      await call("set_group_search", {
        ...{ group_id: groupId, no_finger_open: isClosed, no_code_finger_open: isClosed },
      });
    },
    "groups.robots": async (groupId, isAllowed) => {
      await call("set_group_robot_add_option", { group_id: groupId, robot_member_switch: isAllowed ? 0 : 1 });
    },
    "groups.honors": (groupId) => readHonors(call, groupId),
  } satisfies Adapter;
}
