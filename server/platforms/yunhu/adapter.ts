import type { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Friend, Group } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { notOffered } from "../not-offered";
import type { YunhuCatalogue } from "./catalogue";
import type { BookEntry, BookSection } from "./friend-rows";
import { answerRequest, checkRequest, letIn, listRequests } from "./request";

type Kind = "person" | "group" | "bot";
type Section = z.output<typeof BookSection>;

const kinds: Readonly<Record<number, Kind>> = { 1: "person", 2: "group", 3: "bot" };

/** Newer servers number a section's kind; the document has three names for it. */
function kindOf({ chat_type, list_name }: Section): Kind | null {
  const numbered = kinds[chat_type ?? 0];
  if (numbered !== undefined) return numbered;
  if (list_name.includes("机器人")) return "bot";
  if (list_name.includes("群")) return "group";
  return list_name.includes("用户") || list_name.includes("好友") ? "person" : null;
}

const ranks: Readonly<Record<number, Group["ownRole"]>> = { 0: "member", 2: "admin", 100: "owner" };

function toFriend(entry: z.output<typeof BookEntry>): Friend {
  const { chat_id: id, name, remark, avatar_url } = entry;
  const untold = { signature: null, sex: null, label: null, isOnline: null };
  return { id, name, remark, avatar: avatar_url || null, ...untold, raw: toRaw(entry) };
}

function toGroup(entry: z.output<typeof BookEntry>): Group {
  const { chat_id: id, name, remark, avatar_url, permisson_level } = entry;
  const untold = { memberCount: null, memberLimit: null, ownerId: null, intro: null, isMuted: null };
  const ownRole = ranks[permisson_level] ?? null;
  return { id, name, remark, avatar: avatar_url || null, ownRole, ...untold, raw: toRaw(entry) };
}

/** Friends and groups, as the address book has them; bots are neither. */
function bookCapabilities(call: Call<YunhuCatalogue>) {
  const book = async (kind: Kind) => {
    // Never with a known MD5: an unchanged book comes back empty and would look like having no friends.
    const { data } = await call("address-book-list", {});
    return data.filter((section) => kindOf(section) === kind).flatMap((section) => section.data);
  };
  return {
    "friends.list": async () => (await book("person")).map(toFriend),
    "friends.add": async (chatId, remark) => {
      await call("apply", { chatId, chatType: 1, remark });
    },
    "friends.remove": async (chatId, also = {}) => {
      if (also.block) throw notOffered("block");
      if (also.vanish) throw notOffered("vanish");
      // With another kind the same operation leaves a group.
      await call("delete-friend", { chatId, chatType: 1 });
    },
    "groups.list": async () => (await book("group")).map(toGroup),
    "groups.get": async (groupId) => {
      const found = (await book("group")).find(({ chat_id }) => chat_id === groupId);
      if (found === undefined) throw new PlatformError("platform_refused", { isSent: true });
      return toGroup(found);
    },
    "groups.join": async (chatId, remark) => {
      await call("apply#2", { chatId, chatType: 2, remark });
    },
    "groups.leave": async (chatId) => {
      await call("delete-friend#2", { chatId, chatType: 2 });
    },
  } satisfies Adapter;
}

/**
 * Yunhu's capabilities over `call`, which parses by the row, checks and records. `isOn` says which operations beyond the
 * vendor's document are switched on for this bot: without `agree-invite` who wants to join a group can be seen and not
 * answered.
 */
export function createAdapter(
  rawCall: (name: string, input: unknown) => Promise<unknown>,
  isOn: (operation: string) => boolean = () => false,
): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as Call<YunhuCatalogue>;
  const canLetIn = () => isOn(letIn);
  return {
    ...bookCapabilities(call),
    "requests.list": () => listRequests(call, isOn),
    "requests.answer": (request) => answerRequest(call, canLetIn(), request),
    "requests.check": (request) => checkRequest(call, request),
  };
}
