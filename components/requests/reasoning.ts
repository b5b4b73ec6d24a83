"use client";

import { useQuery } from "@tanstack/react-query";
import { useNow } from "next-intl";
import { placeholdersIn } from "@/lib/placeholder";
import type { Verb } from "@/lib/request";
import type { RequestDetail } from "../api";
import { useSessionInfo } from "../shell/access";
import { useTRPC } from "../trpc";
import { blanksIn, fillBlanks, valuesOf } from "./blanks";
import type { Draft } from "./draft";

const none: readonly Verb[] = [];

/** What the typed reason amounts to: the text that would go out, what it still lacks, and for which decisions it is needed. */
export function useReasoning(request: RequestDetail, draft: Draft) {
  const trpc = useTRPC();
  const now = useNow();
  const operator = useSessionInfo()?.operator.name ?? "";
  const needed = useQuery(trpc.preferences.get.queryOptions()).data?.reasonFor[request.kind] ?? none;
  const values = valuesOf(request, operator, now);
  return {
    /** Blanks filled; what the desk knows by itself is filled by the server. */
    text: fillBlanks(draft.reason, draft.blanks).trim(),
    values,
    /** Decisions on this kind of request that need a reason and are offered at all. */
    needed: needed.filter((verb) => verb === "ignore" || request.answers[verb]),
    hasPlaceholders: placeholdersIn(draft.reason).length > 0,
    ...blanksIn(draft.reason, draft.blanks, values),
  };
}

export type Reasoning = ReturnType<typeof useReasoning>;
