"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CallTrace, ConsoleAnswer } from "../api";
import { toFailure } from "../failure-shape";
import { useTRPC, useTRPCClient } from "../trpc";
import { callFilled } from "./raw-call";
import type { Json } from "./schema";
import { traceOf } from "./trace";

export type Faults = Readonly<Record<string, string>>;

/** How long what is typed has to stand still before its faults are looked for again, ms. */
const settleMs = 300;

/** An input with a file in it is not sent twice: the call itself finds its faults. In characters. */
const maximumChecked = 100_000;

export interface OperationCall {
  /** Looks for faults first; with none, calls. */
  start(input: Json, target: string | undefined): void;
  /** Tells what is in the form, so that faults go as they are mended. */
  edit(input: Json): void;
  faults: Faults;
  /** How often it was tried with faults in it. */
  tries: number;
  isPending: boolean;
  error: unknown;
  /** Of a call that failed: what had gone out. */
  failed: CallTrace | null;
  done: ConsoleAnswer | undefined;
}

/** The call of one operation: its faults, found by the server with nothing sent to the platform, then the call itself. */
export function useCall(botId: string, operation: string): OperationCall {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [faults, setFaults] = useState<Faults>({});
  const [tries, setTries] = useState(0);
  const [edited, edit] = useState<Json>(undefined);
  const [settled] = useDebouncedValue(edited, settleMs);
  const call = useMutation({
    mutationFn: async ({ input, target }: { input: Json; target: string | undefined }) => {
      const found = sizeOf(input) > maximumChecked ? {} : await client.console.check.query({ botId, operation, input });
      setFaults(found);
      if (Object.keys(found).length > 0) {
        setTries((count) => count + 1);
        return undefined;
      }
      return await callFilled(client, { botId, operation, input, ...(target === undefined ? {} : { target }) });
    },
    // What an answer holds must not wait in a cache for somebody to look.
    gcTime: 0,
    onError: (error) => {
      const failure = toFailure(error);
      if (failure.code !== "invalid_input") return;
      setFaults(failure.fields);
      setTries((count) => count + 1);
    },
    onSettled: () => queryClient.invalidateQueries(trpc.console.history.queryFilter({ botId })),
  });
  useEffect(() => {
    if (tries === 0 || settled === undefined || sizeOf(settled) > maximumChecked) return;
    let isStale = false;
    client.console.check.query({ botId, operation, input: settled }).then(
      (found) => isStale || setFaults(found),
      // Only a hint is missing: the call looks again.
      () => undefined,
    );
    return () => {
      isStale = true;
    };
  }, [client, botId, operation, settled, tries]);
  return {
    start: (input, target) => call.mutate({ input, target }),
    edit,
    faults,
    tries,
    isPending: call.isPending,
    error: call.isError && Object.keys(faults).length === 0 ? call.error : null,
    failed: call.isError ? traceOf(call.error) : null,
    done: call.data,
  };
}

/** About how many characters an input has as JSON. */
function sizeOf(value: Json): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, inner]) => sum + name.length + sizeOf(inner), 0);
}
