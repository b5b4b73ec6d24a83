"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { maximumUpload } from "@/lib/file";
import type { Failure } from "../failure-shape";
import { useTRPC } from "../trpc";
import { UploadError, upload } from "../upload";
import { useAct } from "../use-act";

/** A file on its way: to the desk (`part` of it has gone out), then from there to the platform. */
export interface Going {
  key: number;
  name: string;
  size: number;
  state: "waiting" | "sending" | "handing" | "failed";
  part: number;
  failure: Failure | null;
}

interface Place {
  botId: string;
  groupId: string;
  folderId: string | null;
}

/** Brings files to a group one after the other. What failed stays in the list until it is tried again or taken out. */
export function useUploads(place: Place) {
  const t = useTranslations("files");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [list, setList] = useState<readonly Going[]>([]);
  const files = useRef(new Map<number, { file: File; place: Place; uploadId?: string; name?: string }>());
  const controller = useRef<{ key: number; abort: AbortController } | null>(null);
  const last = useRef(0);
  const hand = useAct(
    trpc.files.upload.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.files.pathFilter()),
    }),
    { done: (_result, { uploadId }) => t("uploaded", { name: nameOf(uploadId) }) },
  );
  const nameOf = (uploadId: string) =>
    [...files.current.values()].find((each) => each.uploadId === uploadId)?.name ?? "";
  const patch = (key: number, change: Partial<Going>) =>
    setList((before) => before.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const drop = (key: number) => {
    if (controller.current?.key === key) controller.current.abort.abort();
    files.current.delete(key);
    setList((before) => before.filter((each) => each.key !== key));
  };

  const carry = async (key: number) => {
    const going = files.current.get(key);
    if (!going) return;
    const abort = new AbortController();
    controller.current = { key, abort };
    try {
      if (going.uploadId === undefined) {
        patch(key, { state: "sending", part: 0, failure: null });
        const onProgress = (part: number) => patch(key, { part });
        const to = { botId: going.place.botId, use: "files.upload" as const };
        const taken = await upload(going.file, { ...to, signal: abort.signal, onProgress });
        going.uploadId = taken.id;
        // The desk may have taken something out of its name: it is told by what it is called from here on.
        going.name = taken.name;
        patch(key, { name: taken.name });
      }
      patch(key, { state: "handing", part: 1, failure: null });
      const done = await hand.run({ ...going.place, uploadId: going.uploadId });
      if (done) drop(key);
      else patch(key, { state: "failed" });
    } catch (error) {
      // Taken out of the list while it went.
      if (!files.current.has(key)) return;
      if (!(error instanceof UploadError)) throw error;
      patch(key, { state: "failed", failure: error.failure });
    }
  };

  const next = list.find(({ state }) => state === "waiting")?.key ?? null;
  const isBusy = list.some(({ state }) => state === "sending" || state === "handing");
  // biome-ignore lint/correctness/useExhaustiveDependencies: one begins when the one before has ended, whatever else is drawn anew.
  useEffect(() => {
    if (next !== null && !isBusy) void carry(next);
  }, [next, isBusy]);
  useEffect(() => () => controller.current?.abort.abort(), []);

  return {
    list,
    add: (chosen: readonly File[]) => {
      const fresh = chosen.map((file): Going => {
        last.current += 1;
        const key = last.current;
        const common = { key, name: file.name, size: file.size, part: 0 };
        if (file.size > maximumUpload) {
          const detail = { limit: maximumUpload };
          const failure = { code: "file_too_large" as const, detail, fields: {}, correlationId: null };
          return { ...common, state: "failed", failure };
        }
        files.current.set(key, { file, place });
        return { ...common, state: "waiting", failure: null };
      });
      setList((before) => [...before, ...fresh]);
    },
    /** Takes it out, and stops it where it is on its way to the desk. */
    drop,
    retry: (key: number) => patch(key, { state: "waiting", failure: null }),
    canRetry: (key: number) => files.current.has(key),
  };
}
