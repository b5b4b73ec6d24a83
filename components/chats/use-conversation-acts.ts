"use client";

import { useEffect, useMemo, useRef } from "react";
import type { ChatMessage, ChatSending } from "../api";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import type { MessageActs } from "./message";
import { type Content, type Outgoing, outbox } from "./outbox";
import type { Send } from "./use-send";

/** What a message that is shown could be sent again as; null where it held what only the sending tab had. */
function contentOf({ id, pieces }: ChatMessage): Content | null {
  const own = outbox.contentOf(id);
  if (own) return own;
  const again = pieces.flatMap((piece): ChatSending[] => {
    switch (piece.type) {
      case "text":
      case "mention_all":
      case "face":
        return [piece];
      case "mention":
        return [{ type: "mention", userId: piece.userId }];
      case "reply":
        return [{ type: "reply", messageId: piece.messageId }];
      default:
        return [];
    }
  });
  return again.length === pieces.length ? { pieces: again, attached: null } : null;
}

type Given = Pick<MessageActs, "onReply" | "onMenu" | "onJump">;

/** The acts on the messages of a conversation, the same object from one drawing to the next. */
export function useConversationActs(id: string, send: Send, given: Given) {
  const trpc = useTRPC();
  const react = useAct(trpc.chats.react.mutationOptions());
  const discard = useAct(trpc.chats.discard.mutationOptions());
  const current = useRef({ given, deliver: send, react, discard });
  useEffect(() => {
    current.current = { given, deliver: send, react, discard };
  });
  return useMemo(() => {
    const acts: MessageActs = {
      onReply: (message) => current.current.given.onReply(message),
      onMenu: (message, opener) => current.current.given.onMenu(message, opener),
      onJump: (at) => current.current.given.onJump(at),
      onReact: (message, faceId, isOn) => void current.current.react.run({ id, message: message.id, faceId, isOn }),
      onAgain: (message) => {
        const content = contentOf(message);
        // What failed is replaced; what may have gone out stays beside the new one.
        if (content)
          current.current.deliver(content, { instead: message.sent?.state === "failed" ? message.id : null });
      },
      onDiscard: (message) => void current.current.discard.run({ id, message: message.id }),
      canAgain: (message) => contentOf(message) !== null,
    };
    const onOutgoing = {
      again: (message: Outgoing) => current.current.deliver(message, message),
      discard: ({ newId, leaving }: Outgoing) => {
        leaving.abort();
        outbox.remove(id, newId);
        outbox.forget(newId);
      },
    };
    return { acts, onOutgoing };
  }, [id]);
}
