import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { PlatformError } from "../error";
import { notOffered } from "../not-offered";
import type { ImCatalogue } from "./catalogue";
import { addressed, degrees, given, givenAs } from "./given";
import { toFriend, toGroup, toPerson } from "./person";

/** The account's own profile, its friends and who it has blocked. */
export function friendCapabilities(call: Call<ImCatalogue>) {
  const listed = async (blacklist: boolean) => (await call("get.friends", { blacklist })).items.map(toFriend);
  return {
    "profile.get": async () => toPerson((await call("get.me.info", {})).account),
    "profile.update": async ({ name, signature, avatar }) => {
      const picture = avatar === undefined ? {} : { avatar: addressed("avatar", avatar) };
      const change = { ...givenAs("nickname", "name", name), ...givenAs("intro", "signature", signature), ...picture };
      if (Object.keys(change).length > 0) await call("put.me.update.info", change);
    },
    "friends.list": () => listed(false),
    "friends.search": async (words) => (await call("get.friends.search", { account: words })).items.map(toPerson),
    "friends.add": async (toId, reason) => {
      await call("post.friends.add", { toId, ...(reason === "" ? {} : { reason }) });
    },
    "friends.remove": async (toId, also = {}) => {
      // Who is blocked can ask again all the same, and the other's list is out of reach.
      if (also.block) throw notOffered("block");
      if (also.vanish) throw notOffered("vanish");
      await call("delete.friends", { toId });
    },
    "friends.remark": async (toId, remark) => {
      await call("put.friends.remark", { toId, remark: given("remark", remark) });
    },
    "friends.label": async (toId, label) => {
      await call("put.friends.label", { toId, label: given("label", label) });
    },
    "friends.blocked": () => listed(true),
    "friends.block": async (toId) => {
      await call("post.friends.blaklist", { toId });
    },
    "friends.unblock": async (toId) => {
      await call("delete.friends.blaklist", { toId });
    },
    "people.get": async (userId) => {
      // The search looks at names and numbers, too: only the id is taken for an answer.
      const { items } = await call("get.friends.search", { account: userId });
      const found = items.find(({ id }) => id === userId);
      if (found === undefined) throw new PlatformError("platform_refused", { isSent: true });
      return toPerson(found);
    },
    "people.groups": async (toId) => (await call("get.chatGroups.common", { toId })).items.map(toGroup),
    "people.nearby": async (place) => (await call("get.friends.near", degrees(place))).items.map(toPerson),
  } satisfies Adapter;
}
