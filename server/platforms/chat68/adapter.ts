import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { notOffered, plainText } from "../not-offered";
import type { MessageRef, Peer, Piece } from "../piece";
import type { Chat68Catalogue } from "./catalogue";
import { groupAdapter } from "./groups";
import { memberAdapter } from "./members";
import { drawMessageId } from "./message-id";
import { toFriend, toPerson } from "./person";
import { accept, answerRequest, checkRequest, listRequests } from "./request";
import { Connection } from "./settings";

type IsOn = (operation: string) => boolean;

/** What a message is found by beside its id. Both come with pushes only. */
const Handle = z.looseObject({ customMsgId: z.string() });

/**
 * Sends words. The answer says that they were accepted; the message's own id comes with a push, if at all, which names it
 * by the id of ours that is the handle.
 */
async function send(call: Call<Chat68Catalogue>, { to, id, pieces }: Peer & { pieces: readonly Piece[] }) {
  const type = to === "group" ? "group" : "friend";
  const customMsgId = drawMessageId();
  const list = [{ values: { content: plainText(pieces) } }];
  await call("sendMsg", { id, type, custom_msg_id: customMsgId, list });
  return { messageId: null, handle: { customMsgId } };
}

/** Throws `not_offered` for a message that no push has told of: its own id alone does not find it. */
async function recall(call: Call<Chat68Catalogue>, { to, id, messageId: msgId, handle }: MessageRef): Promise<void> {
  const found = Handle.safeParse(handle);
  if (!found.success) throw notOffered("handle");
  const { customMsgId } = found.data;
  // On both sides: deleting it here alone takes it back from nobody.
  const type = to === "group" ? "group" : "friend";
  await call("deleteMsg", { id, type, msgId, customMsgId, isRemoteDeletion: true });
}

/** What the vendor's own client can do and its document does not have. */
function beyond(call: Call<Chat68Catalogue>, isOn: IsOn): Adapter {
  return {
    ...(isOn(accept) ? { "requests.answer": (request) => answerRequest(call, isOn(accept), request) } : {}),
    ...(isOn("UpdateBlackContacts#6")
      ? { "friends.block": async (targetUid) => void (await call("UpdateBlackContacts#6", { targetUid })) }
      : {}),
    ...(isOn("UpdateBlackContacts#7")
      ? { "friends.unblock": async (targetUid) => void (await call("UpdateBlackContacts#7", { targetUid })) }
      : {}),
  };
}

/**
 * Taking a message back needs both ways: what finds it comes with a push, and the operation is there over HTTP only.
 */
function canRecall(connection: unknown): boolean {
  if (connection === undefined) return true;
  const { data: way } = Connection.safeParse(connection);
  return way?.transport === "ws" && way.httpUrl !== undefined;
}

/**
 * 68chat's capabilities over `call`, which parses by the row, checks and records. `isOn` says which operations beyond the
 * vendor's document are switched on for this bot: without them no request can be answered and nobody blocked; `connection` how
 * the helper is reached: with one of its two ways alone no message can be taken back. Files are not among them: the helper sends any file of its own computer by its path, and nothing can be uploaded to it.
 */
export function createAdapter(
  rawCall: (name: string, input: unknown) => Promise<unknown>,
  isOn: IsOn = () => false,
  connection?: unknown,
): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as Call<Chat68Catalogue>;
  return {
    "profile.get": async () => {
      const { userInfo, signature } = await call("UserInfo", {});
      return { ...toPerson(userInfo), signature: userInfo.signature || signature };
    },
    "clients.restart": async () => {
      // It ends the socket, too, so the answer to it may be lost over that: then nobody knows.
      await call("restart68", {});
    },
    "friends.list": async () => (await call("ContactsList", {})).contactsList.map(toFriend),
    "people.get": async (userId) => {
      const { contactsDetailBase } = await call("ContactsDetail", { targetUid: userId });
      return toPerson(contactsDetailBase.userInfo);
    },
    "requests.list": () => listRequests(call, isOn),
    "requests.check": (request) => checkRequest(call, request),
    ...groupAdapter(call),
    ...memberAdapter(call),
    "messages.send": (message) => send(call, message),
    ...(canRecall(connection) ? { "messages.recall": (message) => recall(call, message) } : {}),
    ...beyond(call, isOn),
  };
}
