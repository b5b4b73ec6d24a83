import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { notOffered } from "../not-offered";
import { beforehand } from "../steps";
import { WireId } from "../wire";
import type { ImCatalogue } from "./catalogue";
import { addressed, degrees, given, givenAs } from "./given";
import { editGroup } from "./group-edit";
import { toGroup, toWholeGroup } from "./person";

const Created = z.looseObject({ id: WireId });

/** Groups the account is in, runs or wants to be in. */
export function groupCapabilities(call: Call<ImCatalogue>) {
  return {
    "groups.list": async () => (await call("get.chatGroups", {})).items.map(toGroup),
    "groups.search": async (name) => (await call("post.chatGroups.search", { name })).items.map(toGroup),
    "groups.get": async (groupId) => toWholeGroup(await call("get.chatGroups.info", { groupId })),
    "groups.nearby": async (place) => (await call("get.chatGroups.near", degrees(place))).items.map(toGroup),
    "groups.create": async ({ name, intro, avatar }) => {
      const picture = avatar === undefined ? {} : { avatar: addressed("avatar", avatar) };
      const answer = await call("post.chatGroups", { name, ...(intro ? { intro } : {}), ...picture });
      // A group is made whatever the answer looks like.
      return Created.safeParse(answer).data?.id ?? null;
    },
    "groups.update": async (groupId, { name, intro, avatar, remark }) => {
      if (remark !== undefined) throw notOffered("remark");
      const picture = avatar === undefined ? {} : { avatar: addressed("avatar", avatar) };
      const change = { ...givenAs("name", "name", name), ...givenAs("intro", "intro", intro), ...picture };
      if (Object.keys(change).length > 0) await editGroup(call, groupId, change);
    },
    "groups.joinRule": async (groupId, { how }) => {
      // Who applies is always asked about; what can be chosen is whether anybody may apply.
      if (how !== "ask" && how !== "nobody") throw notOffered("how");
      await editGroup(call, groupId, { disbaleAddGroup: how === "nobody" });
    },
    "groups.join": async (groupId, reason) => {
      // The server wants to know why.
      await call("post.chatGroups.join", { groupId, reason: given("reason", reason) });
    },
    "groups.invite": async (groupId, userIds) => {
      if (userIds.length > 0) await call("post.chatGroups.invite", { groupId, toIdList: [...userIds] });
    },
    "groups.leave": async (groupId) => {
      await call("post.chatGroups.exit", { groupId });
    },
    "groups.dissolve": async (groupId) => {
      await call("post.chatGroups.dissolve", { groupId });
    },
    "groups.transfer": async (groupId, toId) => {
      // The server does not look, and would leave the group without owner. The link looks again, for whoever calls it raw.
      const { membersList } = await beforehand(call("get.chatGroups.info", { groupId }));
      if (!membersList.some(({ account }) => account.id === toId)) throw notOffered("userId");
      await call("post.chatGroups.transfer", { groupId, toId });
    },
  } satisfies Adapter;
}
