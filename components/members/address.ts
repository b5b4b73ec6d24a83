"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type GroupQuery, href } from "@/lib/href";
import { changeAddress, presentParameters } from "../search-params";
import { readMembersQuery } from "./query";

/** The address of a group's members: what they are narrowed to, their order, who is open. */
export function useMembersAddress(botId: string, groupId: string) {
  const parameters = useSearchParams();
  return useMemo(() => {
    const read = readMembersQuery(parameters);
    const addressFrom = ({ query }: typeof read, patch: GroupQuery) =>
      href.group(botId, groupId, { ...query, ...patch });
    const readNow = () => readMembersQuery(presentParameters());
    return {
      ...read,
      addressOf: (patch: GroupQuery) => addressFrom(read, patch),
      narrow: (patch: GroupQuery) => changeAddress(addressFrom(readNow(), patch)),
      show: (id: string | null) => {
        const now = readNow();
        changeAddress(addressFrom(now, { open: id }), !now.open || id === null);
      },
    };
  }, [parameters, botId, groupId]);
}
