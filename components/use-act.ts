"use client";

import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { getUntypedClient } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { mayHaveHappened, stateOf, toneOf } from "./act-state";
import { useFailureText } from "./failure";
import { type Failure, toFailure } from "./failure-shape";
import { runningActs } from "./running-acts";
import { toast } from "./toast";
import { useTRPCClient } from "./trpc";

/** What `trpc.<router>.<procedure>.mutationOptions(...)` makes. */
type ActOptions<In, Out, Fault, Context> = UseMutationOptions<Out, Fault, In, Context> & { trpc: { path: string } };

export interface ActTexts<In, Out> {
  /** What has happened, as the title of the toast. Without it only failures and what is unconfirmed are told of. */
  done?: (result: Out, input: In) => string;
  /** The failure is shown where the act was asked for (with `error`), so no toast repeats it. */
  isFailureShown?: boolean;
}

export interface Act<In, Out, Fault> {
  /** Runs it; null when it failed or was cancelled, of which a toast tells. Never throws. */
  run: (input: In) => Promise<Out | null>;
  isRunning: boolean;
  /** Stops waiting. It may have happened all the same, and that is said. */
  cancel: () => void;
  error: Fault | null;
  /** Forgets the failure. */
  reset: () => void;
}

/**
 * Runs a mutation and tells how it went: green for what was confirmed, neutral for what was sent and not seen yet, amber
 * for what failed and may have happened, red for what did not. While it runs, the line at the top (act-line.tsx) shows
 * that it takes its time, and then offers to cancel.
 */
export function useAct<In, Out, Fault, Context>(
  options: ActOptions<In, Out, Fault, Context>,
  { done, isFailureShown = false }: ActTexts<In, Out> = {},
): Act<In, Out, Fault> {
  const t = useTranslations("act");
  const client = useTRPCClient();
  const textOf = useFailureText();
  const controllers = useRef(new Set<AbortController>());
  const tellFailure = (error: unknown, isCancelled: boolean) => {
    const failure: Pick<Failure, "code" | "detail"> = isCancelled ? { code: "aborted", detail: {} } : toFailure(error);
    const { what, not, next } = textOf(failure);
    // The platform's own words, as they are.
    const words = typeof failure.detail.text === "string" ? failure.detail.text : "";
    toast({
      tone: mayHaveHappened(failure.code) ? "odd" : "bad",
      title: what,
      lines: [words, not, next].filter((line) => line !== ""),
    });
  };
  const mutation = useMutation({
    ...options,
    mutationFn: async (input: In) => {
      const controller = new AbortController();
      controllers.current.add(controller);
      const end = runningActs.begin(() => controller.abort());
      const stopped = new Promise<never>((_resolve, reject) => {
        controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
      });
      try {
        // The path names the very procedure whose options these are; the untyped call is the one that takes a signal.
        const call = getUntypedClient(client).mutation(options.trpc.path, input, { signal: controller.signal });
        // A call that is batched with others is not given up by them: whoever cancels need not wait for that.
        return (await Promise.race([call, stopped])) as Out;
      } catch (error) {
        if (!isFailureShown || controller.signal.aborted) tellFailure(error, controller.signal.aborted);
        throw error;
      } finally {
        controllers.current.delete(controller);
        end();
      }
    },
  });
  const run = async (input: In): Promise<Out | null> => {
    try {
      const result = await mutation.mutateAsync(input);
      const state = stateOf(result);
      const title = done?.(result, input);
      if (title !== undefined || state === "sent")
        toast({ tone: toneOf(state), title: title ?? t("sent"), lines: state === "sent" ? [t("sentText")] : [] });
      return result;
    } catch {
      return null;
    }
  };
  return {
    run,
    isRunning: mutation.isPending,
    cancel: () => {
      for (const controller of controllers.current) controller.abort();
    },
    error: mutation.error,
    reset: mutation.reset,
  };
}
