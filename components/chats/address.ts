"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type ChatsQuery, href } from "@/lib/href";
import { changeAddress, presentParameters } from "../search-params";
import { readChatFilter, readChatsQuery } from "./query";

/** The filters and the open conversation, kept in the address, which Next follows without asking for the page again. */
export function useChatsQuery() {
  const parameters = useSearchParams();
  const query = useMemo(() => readChatsQuery(parameters), [parameters]);
  const filter = useMemo(() => readChatFilter(query), [query]);
  return {
    query,
    filter,
    narrow: (patch: ChatsQuery) => changeAddress(href.chats({ ...readChatsQuery(presentParameters()), ...patch })),
    /** Opens a conversation (a step in the history, so that "back" closes it), at one of its messages, or closes with null. */
    open: (id: string | null, at: string | null = null) => {
      const now = readChatsQuery(presentParameters());
      changeAddress(href.chats({ ...now, open: id, at }), !now.open || id === null);
    },
  };
}
