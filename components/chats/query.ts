import type { ChatsQuery } from "@/lib/href";

/** Conversations asked for at once. */
export const listSize = 50;
/** Messages asked for at once. */
export const pageSize = 50;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What the API takes to narrow the list. */
export interface ChatFilter {
  botId?: string;
  text?: string;
  unread?: boolean;
}

/** Reads the address of the messages. What is not of the expected kind is left out, so an old link still opens. */
export function readChatsQuery(parameters: { get(name: string): string | null }): ChatsQuery {
  const idOf = (name: string) => {
    const value = parameters.get(name);
    return value && uuid.test(value) ? value : null;
  };
  return {
    bot: idOf("bot"),
    text: parameters.get("text")?.slice(0, 200) ?? null,
    unread: parameters.get("unread") === "on" ? "on" : null,
    open: idOf("open"),
    at: idOf("at"),
  };
}

export function readChatFilter({ bot, text, unread }: ChatsQuery): ChatFilter {
  return { ...(bot ? { botId: bot } : {}), ...(text ? { text } : {}), ...(unread === "on" ? { unread: true } : {}) };
}
