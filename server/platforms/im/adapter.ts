import { z } from "zod";
import type { Adapter, Member } from "../adapter";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { ImCatalogue } from "./catalogue";
import { editGroup } from "./group-edit";
import type { GroupMember } from "./group-rows";
import { answerRequest, checkRequest, listRequests } from "./request";

const roles = { owner: "owner", manager: "admin", general: "member" } as const;

function toMember({ account, role, remark }: z.output<typeof GroupMember>): Member {
  return { id: account.id, name: account.nickname || account.username, card: remark, role: roles[role] };
}

const Sent = z.object({ id: z.union([z.string(), z.number()]) });

/**
 * IM's capabilities over `call`, which parses by the row, checks and records. Whether the account is online is not among
 * them: the server keeps its own answer to that wrong.
 */
export function createAdapter(rawCall: (name: string, input: unknown) => Promise<unknown>): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as Call<ImCatalogue>;
  return {
    "profile.get": async () => {
      const { account } = await call("get.me.info", {});
      return { accountId: account.id, nickname: account.nickname || account.username };
    },
    "friends.list": async () => {
      const { items } = await call("get.friends", { blacklist: false });
      return items.map(({ account, remark }) => ({
        id: account.id,
        name: account.nickname || account.username,
        remark,
      }));
    },
    "groups.list": async () => {
      const { items } = await call("get.chatGroups", {});
      return items.map(({ id, name, members }) => ({ id, name, memberCount: members }));
    },
    "members.list": async (groupId) => (await call("get.chatGroups.info", { groupId })).membersList.map(toMember),
    "people.get": async (userId) => {
      // The search looks at names and numbers, too: only the id is taken for an answer.
      const { items } = await call("get.friends.search", { account: userId });
      const found = items.find(({ id }) => id === userId);
      if (found === undefined) throw new PlatformError("platform_refused", { isSent: true });
      return { id: found.id, name: found.nickname || found.username };
    },
    "groups.edit": (groupId, change) => editGroup(call, groupId, change),
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    "messages.send": async ({ to, id, text }) => {
      const ope = to === "group" ? "group" : "friend";
      const answer = await call("post.chat.send", { toId: id, ope, type: "text", body: text });
      // A message is sent whatever its answer looks like.
      const sent = Sent.safeParse(answer);
      return { messageId: sent.success ? String(sent.data.id) : null };
    },
  };
}
