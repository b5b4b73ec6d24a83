import type { Call } from "../client";
import type { Page } from "../entity";
import { PlatformError } from "../error";
import type { Message, Peer } from "../piece";
import type { NapcatCatalogue } from "./catalogue";
import { toMessage } from "./heard";
import type { ReceivedMessage } from "./received";

type C = Call<NapcatCatalogue>;

/** As many as NapCat is asked for at once. */
const most = 100;

function seqOf(message: ReceivedMessage): bigint | null {
  return message.real_seq !== null && /^\d{1,20}$/.test(message.real_seq) ? BigInt(message.real_seq) : null;
}

/** Positive when `a` is newer. The number in the conversation is exact; where it is missing, the second must do. */
function compare(a: ReceivedMessage, b: ReceivedMessage): number {
  const [x, y] = [seqOf(a), seqOf(b)];
  if (x !== null && y !== null) return x > y ? 1 : x < y ? -1 : 0;
  return (a.time ?? 0) - (b.time ?? 0);
}

async function read(call: C, peer: Peer, cursor: string | null, limit: number): Promise<ReceivedMessage[]> {
  // Only with the order reversed does a page lead back in time from its first message, under two names by version.
  const from = cursor === null ? {} : { message_seq: cursor, reverseOrder: true, reverse_order: true };
  // The page begins with the message it is asked from.
  const page = { ...from, count: Math.min(most, cursor === null ? limit : limit + 1) };
  try {
    const { messages } =
      peer.to === "group"
        ? await call("get_group_msg_history", { group_id: peer.id, ...page })
        : await call("get_friend_msg_history", { user_id: peer.id, ...page });
    return messages;
  } catch (error) {
    // A conversation without messages is an error that says there is no such message.
    const isEmpty = error instanceof PlatformError && error.code === "platform_refused" && cursor === null;
    if (isEmpty && /消息.*不存在/.test(error.text ?? "")) return [];
    throw error;
  }
}

/**
 * A page of a conversation, newest first. Some versions answer forward in time whatever they are asked: what is not older
 * than the message the page begins at is left out, and where nothing is, the history ends here instead of going round.
 */
export async function readHistory(call: C, peer: Peer, cursor: string | null, limit: number): Promise<Page<Message>> {
  const found = await read(call, peer, cursor, limit);
  const start = cursor === null ? undefined : found.find((message) => message.message_id === cursor);
  const older = start === undefined ? found : found.filter((message) => compare(message, start) < 0);
  if (cursor !== null && start === undefined)
    throw new PlatformError("bad_answer", { isSent: true, detail: { field: "message_seq" } });
  const items = older.toSorted((a, b) => compare(b, a)).slice(0, limit);
  const oldest = items.at(-1)?.message_id ?? null;
  return { items: items.map((message) => toMessage(message, peer)), next: oldest };
}
