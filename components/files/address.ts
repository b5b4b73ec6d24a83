"use client";

import { useSearchParams } from "next/navigation";
import { href } from "@/lib/href";
import { changeAddress } from "../search-params";

/** The open folder of a group's files, kept in the address: each that is opened is a step in the history. Null: none. */
export function useFolder(botId: string, groupId: string): [string | null, (id: string | null) => void] {
  const id = useSearchParams().get("folder") || null;
  const open = (folder: string | null) => changeAddress(href.group(botId, groupId, { tab: "files", folder }), true);
  return [id, open];
}
