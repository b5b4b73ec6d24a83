"use client";

import { useTranslations } from "next-intl";
import type { ChangeEvent, ClipboardEvent, DragEvent } from "react";
import { useState } from "react";
import { maximumUpload } from "@/lib/file";
import type { ChatDetail } from "../api";
import { toast } from "../toast";
import { toAttached, useTray } from "./attach";

/** Attaching files to what is being written, by button, pasting or dropping. What cannot be sent is told at once. */
export function useAttach({ id, can: { pieces } }: ChatDetail) {
  const t = useTranslations("chats");
  const [tray, changeTray] = useTray(id);
  const [isOver, setOver] = useState(false);
  const can = { image: pieces.image === "yes", file: pieces.file === "yes" };
  const isOffered = can.image || can.file;
  const megabytes = maximumUpload / 1_000_000;

  const add = (files: readonly File[]) => {
    const fresh = files.flatMap((file) => {
      const read = toAttached(file, can);
      if ("attached" in read) return [read.attached];
      const lines = [t(`refused.${read.refused}`, { megabytes })];
      toast({ tone: "bad", title: t("attachRefused", { name: file.name }), lines });
      return [];
    });
    changeTray((now) => [...now, ...fresh]);
  };
  return {
    ...{ tray, can, isOffered, isOver, megabytes },
    remove: (key: string) => changeTray((now) => now.filter((each) => each.key !== key)),
    clear: () => changeTray(() => []),
    onChosen: (event: ChangeEvent<HTMLInputElement>) => {
      const files = [...(event.currentTarget.files ?? [])];
      event.currentTarget.value = "";
      add(files);
    },
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0 || !isOffered) return;
      event.preventDefault();
      add(files);
    },
    dropping: {
      "data-over": isOver || undefined,
      onDragOver: (event: DragEvent) => {
        if (!isOffered) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!isOffered) return;
        event.preventDefault();
        add([...event.dataTransfer.files]);
      },
    },
  };
}
