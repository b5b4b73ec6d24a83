"use client";

import { ActionIcon } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconFile,
  IconFolderSymlink,
  IconLock,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FileRow } from "../api";
import { useFailureText } from "../failure";
import { toFailure } from "../failure-shape";
import { Menu } from "../menu";
import { RelativeTime } from "../relative-time";
import { useSupport } from "../support";
import { toast } from "../toast";
import { useTRPC, useTRPCClient } from "../trpc";
import { useAct } from "../use-act";
import type { FileAct } from "./file-dialogue";
import classes from "./files.module.css";
import { useSize } from "./size";

interface FileLineProps {
  at: { botId: string; groupId: string; folderId: string | null };
  file: FileRow;
  may: { manage: boolean; remove: boolean };
  onAct: (act: FileAct) => void;
}

/** A file: what is known of it, and what can be done. */
export function FileLine({ at, file, may, onAct }: FileLineProps) {
  const t = useTranslations("files");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const size = useSize();
  const support = useSupport(at.botId);
  const download = useDownload(at);
  const keep = useAct(
    trpc.files.keep.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.files.pathFilter()) }),
    { done: () => t("kept", { name: file.name }) },
  );
  const can = {
    rename: may.manage && support("files.rename") === "on",
    move: may.manage && support("files.move") === "on",
    keep: may.manage && support("files.keep") === "on" && file.expiresAt !== null,
    remove: may.remove && support("files.remove") === "on",
  };
  const uploader = file.uploaderName ?? file.uploaderId;
  return (
    <li className={classes.row}>
      <IconFile className={classes.icon} size={20} stroke={1.6} aria-hidden="true" />
      <span className={classes.about}>
        <span className={classes.name} title={file.name}>
          {file.name}
        </span>
        <span className={classes.small}>
          {file.size !== null && <span>{size(file.size)}</span>}
          {uploader && <span>{uploader}</span>}
          {file.at && <RelativeTime at={file.at} />}
          {file.expiresAt && (
            <span className={classes.expires}>
              {t.rich("expires", { time: () => file.expiresAt && <RelativeTime at={file.expiresAt} /> })}
            </span>
          )}
        </span>
      </span>
      {support("files.link") === "on" && (
        <ActionIcon
          size={32}
          aria-label={t("download", { name: file.name })}
          loading={download.isRunning}
          onClick={() => void download.run(file)}
        >
          <IconDownload size={16} stroke={1.7} />
        </ActionIcon>
      )}
      {(can.rename || can.move || can.keep || can.remove) && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon size={32} aria-label={t("more", { name: file.name })}>
              <IconDots size={16} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {can.rename && (
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onAct({ do: "rename", file })}>
                {t("rename.act")}
              </Menu.Item>
            )}
            {can.move && (
              <Menu.Item leftSection={<IconFolderSymlink size={15} />} onClick={() => onAct({ do: "move", file })}>
                {t("move.act")}
              </Menu.Item>
            )}
            {can.keep && (
              <Menu.Item leftSection={<IconLock size={15} />} onClick={() => void keep.run({ ...at, fileId: file.id })}>
                {t("keep")}
              </Menu.Item>
            )}
            {can.remove && (
              <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => onAct({ do: "remove", file })}>
                {t("remove.act")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

/** The platform's address holds for a while only, so it is asked for when it is wanted. */
function useDownload({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("files");
  const client = useTRPCClient();
  const textOf = useFailureText();
  const [isRunning, setRunning] = useState(false);
  const run = async (file: FileRow) => {
    setRunning(true);
    try {
      const { address } = await client.files.link.query({ botId, groupId, fileId: file.id, name: file.name });
      if (address === null) return toast({ tone: "bad", title: t("noAddress"), lines: [] });
      Object.assign(document.createElement("a"), { href: address, download: file.name }).click();
    } catch (error) {
      const { what, next } = textOf(toFailure(error));
      toast({ tone: "bad", title: what, lines: [next] });
    } finally {
      setRunning(false);
    }
  };
  return { run, isRunning };
}
