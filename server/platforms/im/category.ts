import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { ImCatalogue } from "./catalogue";
import { toCategory } from "./person";

/** Friends sorted into drawers. Ids are lists here: an empty one is nothing to do, and is not sent. */
export function categoryCapabilities(call: Call<ImCatalogue>) {
  return {
    "categories.list": async () => (await call("get.friends.groups", {})).items.map(toCategory),
    "categories.create": async (name, userIds) => {
      await call("post.friends.groups", { name, ...(userIds.length === 0 ? {} : { members: [...userIds] }) });
      // The server does not say which number it gave.
      return null;
    },
    "categories.rename": async (groupId, name) => {
      await call("put.friends.groups.name", { groupId, name });
    },
    "categories.remove": async (groupId) => {
      await call("delete.friends.groups", { groupId });
    },
    "categories.assign": async (groupId, userIds) => {
      if (userIds.length > 0) await call("post.friends.groups.members", { groupId, members: [...userIds] });
    },
    "categories.unassign": async (groupId, userIds) => {
      if (userIds.length > 0) await call("delete.friends.groups.members", { groupId, members: [...userIds] });
    },
  } satisfies Adapter;
}
