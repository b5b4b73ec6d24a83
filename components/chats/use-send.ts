"use client";

import { useCallback, useRef } from "react";
import { mayHaveHappened } from "../act-state";
import type { ChatSending } from "../api";
import { toFailure } from "../failure-shape";
import { useTRPCClient } from "../trpc";
import { UploadError, upload } from "../upload";
import type { Attached } from "./attach";
import { type Content, type Outgoing, outbox } from "./outbox";
import type { Messages } from "./use-messages";

/** Sends messages one after another, so that they arrive in the order in which they were written. */
export function useSend(
  { id: conversationId, botId }: { id: string; botId: string },
  { put, catchUp }: Pick<Messages, "put" | "catchUp">,
) {
  const client = useTRPCClient();
  const last = useRef(Promise.resolve());

  return useCallback(
    (
      { pieces, attached }: Content,
      { newId = crypto.randomUUID(), instead = null }: { newId?: string; instead?: string | null } = {},
    ) => {
      const leaving = new AbortController();
      const part = attached && attached.uploadId === null ? 0 : null;
      const message: Outgoing = { newId, pieces, attached, instead, part, leaving, at: new Date(), failure: null };
      outbox.put(conversationId, message);
      const fail = (failure: Outgoing["failure"]) => outbox.patch(conversationId, newId, { part: null, failure });
      const deliver = async (all: ChatSending[]) => {
        const given = { id: conversationId, newId, pieces: all, ...(instead === null ? {} : { instead }) };
        const { message: sent } = await client.chats.send.mutate(given);
        if (sent) put(sent);
        outbox.remove(conversationId, newId);
        outbox.forget(newId);
      };
      const carryOut = async () => {
        // Discarded while others went before it.
        if (leaving.signal.aborted) return;
        const onProgress = (now: number) => outbox.patch(conversationId, newId, { part: now });
        const bring = (one: Attached) => bringOnce(one, botId, leaving.signal, onProgress);
        try {
          for (let isAgain = false; ; isAgain = true) {
            const all = attached ? [...pieces, await bring(attached)] : pieces;
            outbox.patch(conversationId, newId, { part: null });
            try {
              return await deliver(all);
            } catch (error) {
              // It waited longer than the desk keeps it: it is brought once more.
              if (!attached || isAgain || toFailure(error).code !== "upload_gone") throw error;
              attached.uploadId = null;
            }
          }
        } catch (error) {
          if (error instanceof UploadError) {
            // Nothing was sent yet, whatever went wrong.
            if (!leaving.signal.aborted) fail({ ...error.failure, isOpen: false });
            return;
          }
          // Stored as failed or unknown, the desk shows it itself; only what never got that far stays here.
          await catchUp();
          const { code, detail } = toFailure(error);
          fail({ code, detail, isOpen: mayHaveHappened(code) });
        }
      };
      last.current = last.current.then(carryOut);
    },
    [client, conversationId, botId, put, catchUp],
  );
}
export type Send = ReturnType<typeof useSend>;

/** Brings a file to the desk, unless it is there. @returns the piece that stands for it. */
async function bringOnce(
  attached: Attached,
  botId: string,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<ChatSending> {
  if (attached.uploadId === null) {
    onProgress(0);
    attached.uploadId = (await upload(attached.file, { botId, use: "messages.send", signal, onProgress })).id;
  }
  return { type: attached.type, uploadId: attached.uploadId };
}
