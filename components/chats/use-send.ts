"use client";

import { useCallback, useRef } from "react";
import type { ChatSending } from "../api";
import { toFailure } from "../failure-shape";
import { useTRPCClient } from "../trpc";
import { outbox } from "./outbox";
import type { Messages } from "./use-messages";

/** Sends messages one after another, so that they arrive in the order in which they were written. */
export function useSend(conversationId: string, { put, catchUp }: Pick<Messages, "put" | "catchUp">) {
  const client = useTRPCClient();
  const last = useRef(Promise.resolve());

  return useCallback(
    (
      pieces: ChatSending[],
      { newId = crypto.randomUUID(), instead = null }: { newId?: string; instead?: string | null } = {},
    ) => {
      const message = { newId, pieces, instead, at: new Date(), failure: null };
      outbox.put(conversationId, message);
      const carryOut = async () => {
        try {
          const { message: sent } = await client.chats.send.mutate({
            ...{ id: conversationId, newId, pieces },
            ...(instead === null ? {} : { instead }),
          });
          if (sent) put(sent);
          outbox.remove(conversationId, newId);
          outbox.forget(newId);
        } catch (error) {
          // Stored as failed or unknown, the desk shows it itself; only what never got that far stays here.
          await catchUp();
          outbox.put(conversationId, { ...message, failure: toFailure(error).code });
        }
      };
      last.current = last.current.then(carryOut);
    },
    [client, conversationId, put, catchUp],
  );
}
export type Send = ReturnType<typeof useSend>;
